import type { Db } from '../database/database'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { say, secondsAfter } from '../words'
import type { BillRow } from './bill-body'
import { askClosing, billerOf } from './billers'
import { APART_SECONDS, BILL_SECONDS, PAYABLE_SECONDS, refreshOld } from './copy'
import { payableBills } from './payable-bills'

/** Asks the billers of these bills whether they are closed, and what is due where the city's copy is old. */
export async function askBeforePaying(context: Context, billIds: readonly string[]): Promise<void> {
  if (billIds.length === 0 || context.city.mode === 'read-only') return
  const bills = await payableBills(context.db, context, billIds)
  const accounts = new Map(bills.map((bill) => [`${bill.biller_id} ${bill.number}`, bill]))
  await Promise.all([
    askClosings(
      context,
      bills.map(({ biller_id }) => biller_id),
    ),
    refreshOld(context, [...accounts.values()], BILL_SECONDS),
  ])
}

/** Asks these billers whether they are closed. */
export async function askClosings(context: Context, billerIds: readonly string[]): Promise<void> {
  await Promise.all([...new Set(billerIds)].map((id) => askClosing(context, billerOf(context.city, id))))
}

/** A bill whose biller has not told for long what is due is not paid: it may be another amount by now. */
export async function refuseOldCopies(db: Db, bills: readonly BillRow[], context: Context): Promise<void> {
  const now = context.now()
  const [since, until] = [secondsAfter(now, -PAYABLE_SECONDS), secondsAfter(now, APART_SECONDS)]
  for (const { biller_id: billerId, number } of bills) {
    const copy = await db
      .selectFrom('biller_accounts')
      .select('answered_at')
      .where('city_id', '=', context.cityId)
      .where('biller_id', '=', billerId)
      .where('number', '=', number)
      .executeTakeFirst()
    if (copy?.answered_at && copy.answered_at >= since && copy.answered_at <= until) continue
    throw problem('unavailable', { retryAfterSeconds: 60, detail: say(silent, context.language) })
  }
}

const silent = {
  zh: '缴费单位没有回应，暂时不能缴费。没有扣款，请稍后再试。',
  en: 'The biller is not responding, so this cannot be paid now. Nothing was charged. Please try again later.',
}
