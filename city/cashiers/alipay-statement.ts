import type { StatementLine } from './cashier'
import { readShanghai } from './shanghai'
import { fenOf } from './yuan'
import { unzip } from './zip'

/**
 * Reads Alipay's bill of a day (`bill_type=trade`): a zip with a list and its sums by shop, both CSV in GBK. Lines that begin with
 * `#` are no entries, but the last of them hold counts and sums; fields may end in a tab, refunds have a minus.
 * `null` when a line cannot be read or the sums differ: a bill is believed whole or not at all.
 * https://opendocs.alipay.com/open/204/106262
 */
export function readAlipayStatement(zip: Buffer): StatementLine[] | null {
  const gbk = new TextDecoder('gbk')
  const list = unzip(zip)?.find(({ name }) => gbk.decode(name).endsWith('_业务明细.csv'))
  if (list === undefined) return null
  const rows = gbk.decode(list.content).split(/\r?\n/)
  const entries = rows.filter((row) => row.trim() !== '' && !row.startsWith('#'))
  const columns = (entries[0] ?? '').split(',').map((name) => name.trim())
  if (!columns.includes('商户订单号')) return null
  const lines: StatementLine[] = []
  const received = { paid: 0, refunded: 0 }
  for (const row of entries.slice(1)) {
    const fields = row.split(',').map((field) => field.trim())
    const line = fields.length === columns.length ? readLine(columns, fields) : null
    if (line === null) return null
    const { receivedFen, ...rest } = line
    received[rest.kind] += receivedFen
    lines.push(rest)
  }
  const adds = (kind: StatementLine['kind'], sum: RegExp) => {
    const [, count, yuan = ''] = sum.exec(rows.find((row) => sum.test(row)) ?? '') ?? []
    const isSum = Math.abs(fenOf(yuan) ?? Number.NaN) === Math.abs(received[kind])
    return Number(count) === lines.filter((line) => line.kind === kind).length && isSum
  }
  const isWhole =
    adds('paid', /^#交易合计：(\d+)笔，商家实收共(-?[\d.]+)元/) &&
    adds('refunded', /^#退款合计：(\d+)笔，商家实收退款共(-?[\d.]+)元/)
  return isWhole ? lines : null
}

function readLine(columns: string[], fields: string[]): (StatementLine & { receivedFen: number }) | null {
  const field = (name: string) => fields[columns.indexOf(name)] ?? ''
  const kind = field('业务类型') === '交易' ? 'paid' : field('业务类型') === '退款' ? 'refunded' : null
  const amountFen = fenOf(field('订单金额（元）'))
  const receivedFen = fenOf(field('商家实收（元）'))
  const at = readShanghai(field('完成时间'))
  if (kind === null || amountFen === null || receivedFen === null || at === null) return null
  return {
    kind,
    reference: field('商户订单号'),
    refundReference: kind === 'refunded' ? field('退款批次号/请求号') : null,
    vendorNumber: field('支付宝交易号'),
    amountFen: Math.abs(amountFen),
    at,
    receivedFen,
  }
}
