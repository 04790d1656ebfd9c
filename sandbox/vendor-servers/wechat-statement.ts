import type { Page } from './books'

const columns = [
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额',
  '微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注',
].join(',')
const sums = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'

const yuan = (fen: number) => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

/** `2026-11-23 10:00:00`, Shanghai. */
export const shanghai = (at: Date): string =>
  new Date(at.getTime() + 8 * 3600_000).toISOString().slice(0, 19).replace('T', ' ')

/** The bill of a day as WeChat Pay writes it, or `null` for a day on which nothing was paid or refunded. */
export function writeWechatStatement(
  pages: Page[],
  day: string,
  merchant: { appId: string; merchantId: string },
): string | null {
  const rows: { at: Date; fields: string[] }[] = []
  let paidFen = 0
  let refundedFen = 0
  for (const { order, refunds } of pages) {
    if (order === null || order.paidAt === null) continue
    const row = (
      at: Date,
      state: 'SUCCESS' | 'REFUND',
      settled: string,
      refund: string[],
      total: string,
      asked: string,
    ) => {
      const start = [shanghai(at), merchant.appId, merchant.merchantId, '0', '', order.number, order.reference]
      const middle = [order.payer, 'JSAPI', state, 'OTHERS', 'CNY', settled, '0.00', ...refund, order.subject, '']
      rows.push({ at, fields: [...start, ...middle, '0.00000', '0.60%', total, asked, ''] })
    }
    if (shanghai(order.paidAt).startsWith(day)) {
      paidFen += order.amountFen
      row(
        order.paidAt,
        'SUCCESS',
        yuan(order.amountFen),
        ['0', '0', '0.00', '0.00', '', ''],
        yuan(order.amountFen),
        '0.00',
      )
    }
    for (const refund of refunds) {
      if (refund.state !== 'SUCCESS' || !shanghai(refund.doneAt).startsWith(day)) continue
      refundedFen += refund.amountFen
      const back = yuan(refund.amountFen)
      const facts = [refund.number, refund.refundReference, back, '0.00', 'ORIGINAL', 'SUCCESS']
      row(refund.doneAt, 'REFUND', '0.00', facts, '0.00', back)
    }
  }
  if (rows.length === 0) return null
  const written = rows
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ fields }) => fields.map((field) => `\`${field}`).join(','))
  const total = [
    String(rows.length),
    yuan(paidFen),
    yuan(refundedFen),
    '0.00',
    '0.00000',
    yuan(paidFen),
    yuan(refundedFen),
  ]
  return `\uFEFF${[columns, ...written, sums, total.map((field) => `\`${field}`).join(',')].join('\r\n')}\r\n`
}
