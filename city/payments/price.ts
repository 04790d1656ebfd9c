import { type BillRow, leftOf, topUpOf } from '../billing/bill-body'
import { billerOf } from '../billing/billers'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { say, type Words } from '../words'

const yuan = (fen: number): string => {
  const digits = String(fen).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** How much of a bill somebody may pay who wants to pay `wishFen`, or all of it without. Refuses what the biller would. */
export function amountOf(bill: BillRow, wishFen: number | undefined, context: Context): number {
  const refuse = (detail: Words) => problem('bill-not-payable', { detail: say(detail, context.language) })
  const left = leftOf(bill)
  const topUp = topUpOf(bill)
  const least = topUp?.minFen ?? bill.partial_min_fen
  const most = topUp?.maxFen ?? left
  const floor = least === null ? null : Math.min(least, most)
  const amountFen = wishFen ?? (topUp ? 0 : left)
  if (amountFen === left && !topUp && left > 0) return left
  if (floor === null) throw refuse({ zh: '这笔账单须一次缴清。', en: 'This bill can only be paid in full.' })
  if (amountFen < floor || amountFen > most) {
    throw refuse({
      zh: `每次可缴 ${yuan(floor)} 至 ${yuan(most)} 元。`,
      en: `You can pay ¥${yuan(floor)} to ¥${yuan(most)} at a time.`,
    })
  }
  return amountFen
}

/** What the wallet pays: the bills, and once for each biller that takes one its fee. Refuses what is over a biller's limit. */
export function priceOf(
  items: { billerId: string; amountFen: number }[],
  context: Context,
): { totalFen: number; feeFen: number } {
  let totalFen = 0
  let feeFen = 0
  for (const billerId of new Set(items.map((item) => item.billerId))) {
    const { paying, name } = billerOf(context.city, billerId)
    const sum = items.reduce((fen, item) => (item.billerId === billerId ? fen + item.amountFen : fen), 0)
    if (paying?.maxFen !== undefined && sum > paying.maxFen) {
      const detail = {
        zh: `${name.zh}单次最多缴 ${yuan(paying.maxFen)} 元，请分几次支付。`,
        en: `${name.en} accepts up to ¥${yuan(paying.maxFen)} per payment. Please pay in several payments.`,
      }
      throw problem('bill-not-payable', { detail: say(detail, context.language) })
    }
    totalFen += sum
    feeFen += paying?.feeFen ?? 0
  }
  return { totalFen: totalFen + feeFen, feeFen }
}
