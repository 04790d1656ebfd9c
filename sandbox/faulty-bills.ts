import type { Database, Db } from '../city/database/database'
import type { StoredTopUp } from '../city/database/tables'
import { problem } from '../city/http/problem'
import { somebodyElse } from '../city/payments/create'
import { dayOf, type Language, secondsAfter } from '../city/words'
import { lockBook, nextOf } from './biller-books'
import { own } from './tables'

const GROWN_FEN = 146

/** The biller's amount grows: an overdue bill by a day's late fee, another by a corrected charge. Not while it is being paid. */
export async function chargeLater(database: Database, cityId: string, billIds: string[], now: Date): Promise<void> {
  await database.transaction(async (trx) => {
    const paying = await trx
      .selectFrom('payment_bills')
      .select('bill_id')
      .where('city_id', '=', cityId)
      .where('bill_id', 'in', billIds)
      .where('live', '=', true)
      .execute()
    for (const bill of await lockBook(trx, cityId, billIds)) {
      if (bill.settled_at !== null || paying.some((item) => item.bill_id === bill.id)) continue
      const isLate = bill.due_on !== null && bill.due_on < dayOf(now)
      const grown = bill.top_up
        ? { balance_fen: bill.balance_fen - GROWN_FEN, top_up: JSON.stringify(lowered(bill.top_up)) }
        : {
            amount_fen: bill.amount_fen + GROWN_FEN,
            ...(isLate
              ? { late_fee_fen: bill.late_fee_fen + GROWN_FEN }
              : { lines: JSON.stringify([...bill.lines, { label: corrected, amountFen: GROWN_FEN }]) }),
          }
      const reason = bill.top_up ? usedUp : isLate ? lateFee : corrected
      await own(trx)
        .updateTable('book_bills')
        .set({ ...grown, ...nextOf(bill, now, reason) })
        .where('city_id', '=', cityId)
        .where('id', '=', bill.id)
        .execute()
    }
  })
  await tellCity(database.db, cityId, billIds, now)
}

const lateFee = { zh: '计入当日违约金', en: 'The day’s late fee added' }
const corrected = { zh: '计费更正', en: 'Charge corrected' }
const usedUp = { zh: '当日用气', en: 'The day’s gas' }
const lowered = (topUp: StoredTopUp) => ({ ...topUp, openingFen: topUp.openingFen - GROWN_FEN })

/** Somebody paid them at a counter half an hour ago. */
export async function payElsewhere(
  db: Db,
  cityId: string,
  billIds: string[],
  now: Date,
  at = secondsAfter(now, -1800),
): Promise<void> {
  await own(db)
    .updateTable('book_bills')
    .set({ paid_elsewhere_at: at })
    .where('city_id', '=', cityId)
    .where('id', 'in', billIds)
    .where('paid_elsewhere_at', 'is', null)
    .execute()
  await tellCity(db, cityId, billIds, now)
}

/** Billers tell a city when something changed: it asks them again before it says or does anything about these bills. */
export async function tellCity(db: Db, cityId: string, billIds: readonly string[], now: Date): Promise<void> {
  const accounts = await own(db)
    .selectFrom('book_bills')
    .select(['biller_id', 'number'])
    .where('city_id', '=', cityId)
    .where('id', 'in', [...billIds])
    .execute()
  for (const account of accounts)
    await db
      .updateTable('biller_accounts')
      .set({ changed_at: now })
      .where((eb) => eb.and({ ...account, city_id: cityId }))
      .execute()
}

/** As the city refuses when somebody else is paying; a citizen's own payment of these bills is found all the same. */
export async function refuseAsPaying(db: Db, billIds: string[], citizenId: string, language: Language): Promise<void> {
  const mine = await db
    .selectFrom('payment_bills as pb')
    .innerJoin('payments as p', (join) =>
      join.onRef('p.city_id', '=', 'pb.city_id').onRef('p.id', '=', 'pb.payment_id'),
    )
    .select('p.id')
    .where('pb.bill_id', 'in', billIds)
    .where('pb.live', '=', true)
    .where('p.citizen_id', '=', citizenId)
    .executeTakeFirst()
  if (mine === undefined) throw problem('bill-not-payable', { detail: somebodyElse[language] })
}
