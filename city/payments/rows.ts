import type { ExpressionBuilder, Selectable, Transaction, Updateable } from 'kysely'
import type { PaymentState, RecallState } from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import { lost } from '../database/errors'
import type { CoreTables, Tables } from '../database/tables'
import { problem } from '../http/problem'
import { instant, type Words } from '../words'

export type PaymentRow = Selectable<CoreTables['payments']>
export type PaymentBillRow = Selectable<CoreTables['payment_bills']>
/** What a payment is found by. */
export type PaymentKey = Pick<PaymentRow, 'city_id' | 'id'>
export type Trx = Transaction<Tables>

/** Money has not moved as far as the city knows, and may yet. */
const openStates: PaymentState[] = ['created', 'cashier-open', 'unknown', 'closing']

export const isOpen = (payment: PaymentRow): boolean => openStates.includes(payment.state)

/** The vendor, asked last, had taken nothing and was not deciding: the citizen may pay it. */
export const isWaiting = ({ state }: PaymentRow): boolean => state === 'created' || state === 'cashier-open'

/** A payment as it was last committed. @throws ProblemError `not-found` */
export async function readPayment(db: Db, { city_id, id }: PaymentKey): Promise<PaymentRow> {
  const row = await db
    .selectFrom('payments')
    .selectAll()
    .where((eb) => eb.and({ city_id, id }))
    .executeTakeFirst()
  if (row === undefined) throw problem('not-found')
  return row
}

/**
 * Everything that changes a payment locks, in this order: the payment, its bills by id. Creating one locks bills only, so no
 * two ever wait for each other. Nobody outside of the database is asked meanwhile.
 */
export async function lockPayment(trx: Trx, { city_id, id }: PaymentKey): Promise<PaymentRow> {
  const row = await trx
    .selectFrom('payments')
    .selectAll()
    .where((eb) => eb.and({ city_id, id }))
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw problem('not-found')
  return row
}

export const lockBills = (trx: Trx, cityId: string, billIds: string[]) =>
  trx
    .selectFrom('bills')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('id', 'in', billIds)
    .orderBy('id')
    .forUpdate()
    .execute()

/** The columns of a bill's next version, which remembers this one. Every change of an amount makes one. */
export function nextVersion(bill: Selectable<CoreTables['bills']>, now: Date, reason: Words) {
  const amountFen = bill.top_up ? Math.max(0, -bill.balance_fen) : bill.amount_fen - bill.paid_fen
  const before = { version: bill.version, amountFen, changedAt: instant(now), reason }
  return { version: bill.version + 1, changes: JSON.stringify([before, ...bill.changes].slice(0, 20)), as_of: now }
}

/** Of a table with what belongs to payments, the rows of one. */
export const ofPayment =
  ({ city_id, id: payment_id }: PaymentKey) =>
  (eb: ExpressionBuilder<Tables, 'payment_bills' | 'refunds'>) =>
    eb.and({ city_id, payment_id })

export const billsOfPayment = (db: Db, payment: PaymentKey): Promise<PaymentBillRow[]> =>
  db.selectFrom('payment_bills').selectAll().where(ofPayment(payment)).orderBy('position').execute()

/** The same of several payments of a city, in one statement. */
export const billsOfPayments = async (db: Db, cityId: string, paymentIds: string[]): Promise<PaymentBillRow[]> =>
  paymentIds.length === 0
    ? []
    : db
        .selectFrom('payment_bills')
        .selectAll()
        .where('city_id', '=', cityId)
        .where('payment_id', 'in', paymentIds)
        .orderBy('position')
        .execute()

/** The only way a payment changes: its version grows each time, from the one that was read, also where locks wait for nobody. */
export async function change(
  trx: Trx,
  payment: PaymentRow,
  patch: Updateable<CoreTables['payments']>,
): Promise<PaymentRow> {
  const { state = payment.state, credit_after: creditAfter = payment.credit_after } = patch
  return trx
    .updateTable('payments')
    .set({ ...patch, version: payment.version + 1, look_at: lookAt(payment, state, creditAfter), looks: 0 })
    .where('city_id', '=', payment.city_id)
    .where('id', '=', payment.id)
    .where('version', '=', payment.version)
    .returningAll()
    .executeTakeFirstOrThrow(lost)
}

/** When a payment needs a look although nobody asks; at once where only others know how it goes on. */
function lookAt(payment: PaymentRow, state: PaymentState, creditAfter: Date | null): Date | null {
  if (state === 'created' || state === 'cashier-open') return payment.expires_at
  if (state === 'paid') return creditAfter
  return state === 'unknown' || state === 'closing' || state === 'refunding' ? payment.created_at : null
}

/** Frees the bills for another payment. */
export async function endLife(trx: Trx, payment: PaymentKey): Promise<void> {
  await trx.updateTable('payment_bills').set({ live: false }).where(ofPayment(payment)).execute()
}

/** Writes what moved; repeated news of the same movement changes nothing. */
export async function book(
  trx: Trx,
  { city_id, id: payment_id }: PaymentKey,
  entry: Omit<Selectable<CoreTables['ledger']>, 'city_id' | 'payment_id'>,
): Promise<void> {
  if (entry.amount_fen === 0) return
  await trx
    .insertInto('ledger')
    .values({ city_id, payment_id, ...entry })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The columns of a bill whose recall was still to be decided, when it ends otherwise or by itself. */
export const endOfRecall = ({ recall_state: state }: PaymentBillRow, ended: RecallState, now: Date) =>
  state === 'asked' ? { recall_state: ended, recall_look_at: null, recall_ended_at: now } : {}
