import type { Selectable } from 'kysely'
import type { Db } from '../database/database'
import type { CoreTables } from '../database/tables'
import type { PaymentKey, Trx } from './rows'

export type PaperRow = Selectable<CoreTables['papers']>

/** Papers of a payment that were asked for. */
export const papersOf = (db: Db, { city_id, id }: PaymentKey): Promise<PaperRow[]> =>
  db
    .selectFrom('papers')
    .selectAll()
    .where('city_id', '=', city_id)
    .where('payment_id', '=', id)
    .orderBy('biller_id')
    .execute()

/** Money of a biller's bills goes back: a paper about it is void, and one that is being issued is not to come. The payment is locked. */
export async function withdrawPaper(trx: Trx, { city_id, id }: PaymentKey, billerId: string, now: Date): Promise<void> {
  await trx
    .updateTable('papers')
    .set({ state: 'withdrawing', look_at: now })
    .where('city_id', '=', city_id)
    .where('payment_id', '=', id)
    .where('biller_id', '=', billerId)
    .where('state', 'in', ['issuing', 'issued', 'failed'])
    .execute()
}

/** Titles in the papers of a citizen, who is erased. */
export async function eraseTitles(trx: Trx, cityId: string, citizenId: string): Promise<void> {
  const payments = trx
    .selectFrom('payments')
    .select('id')
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
  await trx
    .updateTable('papers')
    .set({ title: null })
    .where('city_id', '=', cityId)
    .where('payment_id', 'in', payments)
    .execute()
}
