import type { Page } from './books'
import { encodeGbk } from './gbk'
import { shanghai } from './wechat-statement'
import { zip } from './zip'

const columns =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注'

export const yuan = (fen: number) => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

/** The bill of a day as Alipay writes it, a zip of two CSV in GBK, or `null` for a day without business. */
export function writeAlipayStatement(pages: Page[], day: string, merchantId: string): Buffer | null {
  const rows: { at: Date; text: string }[] = []
  let paidFen = 0
  let refundedFen = 0
  let refunds = 0
  for (const { order, refunds: booked } of pages) {
    if (order === null || order.paidAt === null) continue
    const write = (kind: string, created: Date, done: Date, amount: string, request: string) => {
      const ids = [
        `${order.openingNumber}\t`,
        `${order.reference}\t`,
        kind,
        order.subject,
        shanghai(created),
        shanghai(done),
      ]
      const money = [amount, amount, '0.00', '0.00', '0.00', '0.00', '0.00', '', '0.00', '0.00']
      rows.push({
        at: done,
        text: [...ids, '', '', '', '', '*民(138******00)', ...money, request, '0.00', '0.00', ''].join(','),
      })
    }
    if (shanghai(order.paidAt).startsWith(day)) {
      paidFen += order.amountFen
      write('交易', order.openedAt, order.paidAt, yuan(order.amountFen), '')
    }
    for (const refund of booked) {
      if (refund.state !== 'SUCCESS' || !shanghai(refund.doneAt).startsWith(day)) continue
      refunds += 1
      refundedFen += refund.amountFen
      write('退款', order.openedAt, refund.doneAt, `-${yuan(refund.amountFen)}`, `${refund.refundReference}\t`)
    }
  }
  if (rows.length === 0) return null
  rows.sort((a, b) => a.at.getTime() - b.at.getTime())
  const head = [
    '#支付宝业务明细查询',
    `#账号：[${merchantId}0156]`,
    `#起始日期：[${day} 00:00:00]   终止日期：[${day} 24:00:00]`,
  ]
  const sums = [
    `#交易合计：${rows.length - refunds}笔，商家实收共${yuan(paidFen)}元，商家优惠共0.00元`,
    `#退款合计：${refunds}笔，商家实收退款共-${yuan(refundedFen)}元，商家优惠退款共0.00元`,
    `#导出时间：[${day} 23:59:59]`,
  ]
  const list = [
    ...head,
    `#${'-'.repeat(41)}业务明细列表${'-'.repeat(40)}`,
    columns,
    ...rows.map(({ text }) => text),
    `#${'-'.repeat(41)}业务明细列表结束${'-'.repeat(36)}`,
    ...sums,
  ]
  const file = (name: string, lines: string[]) => ({
    name: encodeGbk(`${merchantId}0156_${day.replaceAll('-', '')}_${name}.csv`),
    content: encodeGbk(`${lines.join('\r\n')}\r\n`),
  })
  return zip([file('业务明细(汇总)', [...head, ...sums]), file('业务明细', list)])
}
