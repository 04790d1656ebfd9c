import type { Database } from '../city/database/database'
import { dayOf } from '../city/words'
import { lockBook, nextOf } from './biller-books'
import { own } from './tables'

type Number = { cityId: string; billerId: string; number: string }

const dayMs = 86_400_000

/** What `days` too late cost, whole fen; never more than the fine (行政处罚法 72). */
export const surchargeFen = (fineFen: number, perMille: number, days: number): number =>
  Math.min(fineFen, Math.trunc((fineFen * perMille) / 1000) * Math.max(0, days))

/**
 * Adds the days that have passed since a fine was to be paid, whenever somebody asks about it. Not while it is being paid, and not while
 * it is under review (行政处罚法 73).
 */
export async function growFines(database: Database, { cityId, billerId, number }: Number, now: Date): Promise<void> {
  const today = dayOf(now)
  const late = await own(database.db)
    .selectFrom('book_bills')
    .select('id')
    .where((eb) => eb.and({ city_id: cityId, biller_id: billerId, number }))
    .where('fine', 'is not', null)
    .where('due_on', '<', today)
    .where('settled_at', 'is', null)
    .where('not_payable', 'is', null)
    .where('paid_fen', '=', 0)
    .execute()
  if (late.length === 0) return
  await database.transaction(async (trx) => {
    const ids = late.map(({ id }) => id)
    const paying = await trx
      .selectFrom('payment_bills')
      .select('bill_id')
      .where('city_id', '=', cityId)
      .where('bill_id', 'in', ids)
      .where('live', '=', true)
      .execute()
    for (const bill of await lockBook(trx, cityId, ids)) {
      const { fine, due_on: dueOn, late_fee_fen: before } = bill
      if (!fine?.perMille || dueOn === null || paying.some((item) => item.bill_id === bill.id)) continue
      const fineFen = bill.amount_fen - before
      const days = Math.round((Date.parse(today) - Date.parse(dueOn)) / dayMs)
      const lateFee = surchargeFen(fineFen, fine.perMille, days)
      if (lateFee <= before) continue
      await own(trx)
        .updateTable('book_bills')
        .set({ amount_fen: fineFen + lateFee, late_fee_fen: lateFee, ...nextOf(bill, now, counted) })
        .where('city_id', '=', cityId)
        .where('id', '=', bill.id)
        .execute()
    }
  })
}

const counted = { zh: '计入加处罚款', en: 'Surcharge for paying late added' }
