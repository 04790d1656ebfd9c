import type { StatementLine } from './cashier'
import { readShanghai } from './shanghai'
import { fenOf } from './yuan'

type Row = StatementLine & { isOurs: boolean }

/**
 * Reads WeChat Pay's bill of a day (`bill_type=ALL`): a head, a line for each payment and each refund, then a head and a line of
 * sums. Each field begins with a backquote, so that names may hold commas; amounts are yuan. Columns are found by their names.
 * `null` when a line cannot be read or the sums differ: a bill is believed whole or not at all.
 * https://pay.weixin.qq.com/doc/v3/merchant/4013071199
 */
export function readWechatStatement(text: string, ours: { appId: string; merchantId: string }): StatementLine[] | null {
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((row) => row !== '')
  const [head = '', ...rest] = rows
  const columns = head.split(',')
  const end = rest.findIndex((row) => !row.startsWith('`'))
  const sums = end < 0 ? undefined : rest[end + 1]
  if (!columns.includes('商户订单号') || sums === undefined) return null
  const lines: Row[] = []
  for (const row of rest.slice(0, end)) {
    const line = readLine(columns, fieldsOf(row), ours)
    if (line === null) return null
    lines.push(line)
  }
  const sumNames = (rest[end] ?? '').split(',')
  const sumFen = (name: string) => fenOf(fieldsOf(sums)[sumNames.indexOf(name)] ?? '')
  const sumOf = (kind: StatementLine['kind']) =>
    lines.reduce((sum, line) => sum + (line.kind === kind ? line.amountFen : 0), 0)
  const adds =
    fieldsOf(sums)[sumNames.indexOf('总交易单数')] === String(lines.length) &&
    sumFen('订单总金额') === sumOf('paid') &&
    sumFen('申请退款总金额') === sumOf('refunded')
  return adds ? lines.filter(({ isOurs }) => isOurs).map(({ isOurs: _, ...line }) => line) : null
}

const fieldsOf = (row: string): string[] => row.slice(1).split(',`')

function readLine(columns: string[], fields: string[], ours: { appId: string; merchantId: string }): Row | null {
  const field = (name: string) => fields[columns.indexOf(name)] ?? ''
  const at = readShanghai(field('交易时间'))
  const refunded = field('交易状态') === 'REFUND'
  const amountFen = fenOf(field(refunded ? '申请退款金额' : '订单金额'))
  const known = refunded || field('交易状态') === 'SUCCESS'
  const mine = field('商户号') === ours.merchantId
  if (!known || !mine || at === null || amountFen === null || field('货币种类') !== 'CNY') return null
  return {
    // A merchant may have other apps; a refund that failed gave nothing back.
    isOurs: field('公众账号ID') === ours.appId && field('退款状态') !== 'FAIL',
    kind: refunded ? 'refunded' : 'paid',
    reference: field('商户订单号'),
    refundReference: refunded ? field('商户退款单号') : null,
    vendorNumber: field(refunded ? '微信退款单号' : '微信订单号'),
    amountFen,
    at,
  }
}
