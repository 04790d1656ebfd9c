import type { Selectable } from 'kysely'
import type { Database, Db } from '../city/database/database'
import type { BillerAccount, BillerBill, Billers, Credit, CreditRequest, RecallRequest } from '../city/ports'
import { instant, type Words } from '../city/words'
import { own, type SandboxTables } from './tables'

/** The books of the simulated billers: what they know of accounts and bills, and what they booked for whom. */

type Row = Selectable<SandboxTables['book_bills']>
type Question = Parameters<Billers['lookUp']>[0]

/** The same for who names what belongs to the number; nothing for a wrong one. Who has it in hand hears of what is paid too. */
export async function findInBook(
  db: Db,
  { proof, ...question }: Parameters<NonNullable<Billers['find']>>[0],
  isAnybodyHolder: boolean,
): Promise<BillerAccount | null> {
  const { cityId, billerId, number } = question
  const known = await own(db)
    .selectFrom('book_proofs')
    .select('proof')
    .where((eb) => eb.and({ city_id: cityId, biller_id: billerId, number }))
    .executeTakeFirst()
  const found = await readBook(db, question, isAnybodyHolder, true)
  return known !== undefined && known.proof === proof ? found : null
}

/** What a biller has in its books about an account; null for a number that it does not know. Others than the holder hear of open bills. */
export async function readBook(
  db: Db,
  question: Question,
  isAnybodyHolder: boolean,
  tellsSettled = isAnybodyHolder,
): Promise<BillerAccount | null> {
  const { cityId, billerId, number, person } = question
  const key = { city_id: cityId, biller_id: billerId, number }
  const account = await own(db)
    .selectFrom('book_accounts')
    .selectAll()
    .where((eb) => eb.and(key))
    .executeTakeFirst()
  if (account === undefined) return null
  const isHolder = isAnybodyHolder || (await knows(db, key, person))
  let rows = own(db)
    .selectFrom('book_bills')
    .selectAll()
    .where((eb) => eb.and(key))
  if (!isHolder && !tellsSettled) rows = rows.where('settled_at', 'is', null)
  const bills = await rows.execute()
  return { holder: account.holder, address: account.address, isHolder, bills: bills.map(billOf) }
}

type Key = { city_id: string; biller_id: string; number: string }

const knows = async (db: Db, key: Key, person: Question['person']): Promise<boolean> =>
  (await own(db)
    .selectFrom('book_holders')
    .select('name')
    .where((eb) => eb.and({ ...key, ...person }))
    .executeTakeFirst()) !== undefined

const billOf = (row: Row): BillerBill => ({
  id: row.id,
  // The settled time is of the moment of seeding, so it is not a part of it.
  version: `${row.version}.${row.paid_fen}.${row.balance_fen}.${row.settled_at ? 1 : 0}.${row.paid_elsewhere_at ? 1 : 0}`,
  kind: row.kind,
  title: row.title,
  lines: row.lines,
  amountFen: row.amount_fen,
  paidFen: row.paid_fen,
  lateFeeFen: row.late_fee_fen,
  arrearsFen: row.arrears_fen,
  ...(row.partial_min_fen === null ? {} : { partialMinFen: row.partial_min_fen }),
  ...(row.top_up === null ? {} : { topUp: { ...row.top_up, balanceFen: row.balance_fen } }),
  ...(row.settlement === null ? {} : { settlement: row.settlement }),
  ...(row.decision === null ? {} : { decision: row.decision }),
  ...(row.fine === null ? {} : { fine: row.fine }),
  changes: row.changes,
  ...(row.usage_quantity && row.usage_unit ? { usage: { quantity: row.usage_quantity, unit: row.usage_unit } } : {}),
  ...(row.period_from && row.period_to ? { period: { from: row.period_from, to: row.period_to } } : {}),
  issuedOn: row.issued_on,
  ...(row.due_on === null ? {} : { dueOn: row.due_on }),
  ...(row.not_payable === null ? {} : { notPayable: row.not_payable }),
  ...(row.settled_at === null ? {} : { settledAt: row.settled_at }),
  ...(row.paid_elsewhere_at === null ? {} : { paidElsewhereAt: row.paid_elsewhere_at }),
})

/** Books a payment, bill by bill, once for each reference; what is more than a bill has left is refused, as are bills that `refuses` names. */
export const bookCredit = (
  database: Database,
  { cityId, reference, bills }: CreditRequest,
  now: Date,
  refuses: (index: number) => boolean,
): Promise<Credit[]> =>
  database.transaction(async (trx) => {
    const ids = bills.map(({ billId }) => billId)
    const rows = await lockBook(trx, cityId, ids)
    // Everything was emptied while the city asked: what it asked for is not of this world.
    const payment = await trx
      .selectFrom('payments')
      .select('id')
      .where('city_id', '=', cityId)
      .where('reference', '=', reference)
      .executeTakeFirst()
    if (payment === undefined) return bills.map((): Credit => 'open')
    const done = await own(trx)
      .selectFrom('book_credits')
      .selectAll()
      .where('city_id', '=', cityId)
      .where('reference', '=', reference)
      .execute()
    const answers: Credit[] = []
    for (const [index, { billId, amountFen }] of bills.entries()) {
      const before = done.find(({ bill_id }) => bill_id === billId)
      const bill = rows.find(({ id }) => id === billId)
      const isTooMuch = !bill || (bill.top_up === null && bill.paid_fen + amountFen > bill.amount_fen)
      const outcome = before?.outcome ?? (isTooMuch || refuses(index) ? 'refused' : 'taken')
      answers.push(outcome === 'taken' ? 'taken' : 'refused')
      if (before !== undefined) continue
      await own(trx)
        .insertInto('book_credits')
        .values({ city_id: cityId, reference, bill_id: billId, amount_fen: amountFen, outcome, at: now })
        .execute()
      if (bill && outcome === 'taken') await move(trx, bill, amountFen, now)
    }
    return answers
  })

/** Gives back what was booked for a payment; it is booked no more. */
export const takeBack = (database: Database, cityId: string, reference: string, now: Date): Promise<void> =>
  database.transaction(async (trx) => {
    const done = await own(trx)
      .selectFrom('book_credits')
      .selectAll()
      .where('city_id', '=', cityId)
      .where('reference', '=', reference)
      .where('outcome', '=', 'taken')
      .execute()
    const rows = await lockBook(
      trx,
      cityId,
      done.map(({ bill_id }) => bill_id),
    )
    for (const { bill_id: id, amount_fen: amountFen } of done) {
      const bill = rows.find((row) => row.id === id)
      if (bill) await move(trx, bill, -amountFen, now)
    }
    await own(trx)
      .updateTable('book_credits')
      .set({ outcome: 'taken-back' })
      .where('city_id', '=', cityId)
      .where('reference', '=', reference)
      .where('outcome', '=', 'taken')
      .execute()
  })

/**
 * Gives up the money of one bill that was paid by mistake: it is booked no more, and will not be. False for a meter on which it is used up.
 */
export const giveUp = (
  database: Database,
  { cityId, reference, billId, amountFen }: RecallRequest,
  now: Date,
  declines: boolean,
): Promise<boolean> =>
  database.transaction(async (trx) => {
    const [bill] = await lockBook(trx, cityId, [billId])
    const key = { city_id: cityId, reference, bill_id: billId }
    const done = await own(trx)
      .selectFrom('book_credits')
      .select('outcome')
      .where((eb) => eb.and(key))
      .executeTakeFirst()
    // It agreed before, and its answer may have got lost.
    if (done?.outcome === 'taken-back') return true
    if (declines) return false
    if (done?.outcome === 'taken' && bill?.top_up && bill.balance_fen < amountFen) return false
    if (done?.outcome === 'taken' && bill) await move(trx, bill, -amountFen, now)
    const outcome = 'taken-back'
    await own(trx)
      .insertInto('book_credits')
      .values({ ...key, amount_fen: amountFen, outcome, at: now })
      .onConflict((conflict) => conflict.columns(['city_id', 'reference', 'bill_id']).doUpdateSet({ outcome }))
      .execute()
    return true
  })

async function move(db: Db, bill: Row, amountFen: number, now: Date): Promise<void> {
  const paid = bill.paid_fen + amountFen
  const change = bill.top_up
    ? { balance_fen: bill.balance_fen + amountFen }
    : { paid_fen: paid, settled_at: paid >= bill.amount_fen ? now : null }
  await own(db)
    .updateTable('book_bills')
    .set({ ...change, version: bill.version + 1 })
    .where('city_id', '=', bill.city_id)
    .where('id', '=', bill.id)
    .execute()
}

export const lockBook = (db: Db, cityId: string, ids: readonly string[]): Promise<Row[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : own(db)
        .selectFrom('book_bills')
        .selectAll()
        .where('city_id', '=', cityId)
        .where('id', 'in', [...ids])
        .orderBy('id')
        .forUpdate()
        .execute()

/** The columns of a bill's next version, which remembers this one. */
export function nextOf(bill: Row, now: Date, reason: Words) {
  const amountFen = bill.top_up ? Math.max(0, -bill.balance_fen) : bill.amount_fen - bill.paid_fen
  const before = { version: bill.version, amountFen, changedAt: instant(now), reason }
  return { version: bill.version + 1, changes: JSON.stringify([before, ...bill.changes].slice(0, 20)) }
}
