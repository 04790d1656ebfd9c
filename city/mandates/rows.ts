import type { Selectable, Transaction, Updateable } from 'kysely'
import type { Mandate, MandateBill } from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import { lost } from '../database/errors'
import type { CoreTables, Tables } from '../database/tables'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { withdrawMessages } from '../messages/outbox'
import { cityOf, type Service } from '../service'
import { instant, say } from '../words'

export type MandateRow = Selectable<CoreTables['mandates']>
export type MandateBillRow = Selectable<CoreTables['mandate_bills']>
export type MandateKey = Pick<MandateRow, 'city_id' | 'id'>
type Trx = Transaction<Tables>

/** Bills of a permission that an answer has. */
const MOST_BILLS = 24

/** What the city does for a citizen who is not there. */
export const contextOf = (service: Service, { city_id, citizen_id }: MandateRow): Context => ({
  database: service.database,
  db: service.database.db,
  service,
  city: cityOf(service, city_id),
  cityId: city_id,
  citizenId: citizen_id,
  token: '',
  language: 'zh-CN',
  canAsk: () => false,
  now: service.clock.now,
  requestId: '',
  address: '',
})

const byKey = (db: Db, { city_id, id }: MandateKey) =>
  db
    .selectFrom('mandates')
    .selectAll()
    .where((eb) => eb.and({ city_id, id }))

export const readMandate = (db: Db, key: MandateKey): Promise<MandateRow> => byKey(db, key).executeTakeFirstOrThrow()

/** Everything that changes a permission or its bills locks it first, and bills and payments after it. */
export const lockMandate = (trx: Trx, key: MandateKey): Promise<MandateRow> =>
  byKey(trx, key).forUpdate().executeTakeFirstOrThrow()

/** The only way a permission changes. */
export const change = (
  trx: Trx,
  { city_id, id, version }: MandateRow,
  patch: Updateable<CoreTables['mandates']>,
): Promise<MandateRow> =>
  trx
    .updateTable('mandates')
    .set({ ...patch, version: version + 1 })
    .where((eb) => eb.and({ city_id, id, version }))
    .returningAll()
    .executeTakeFirstOrThrow(lost)

export const billsOf = (db: Db, { city_id, id }: MandateKey): Promise<MandateBillRow[]> =>
  db
    .selectFrom('mandate_bills')
    .selectAll()
    .where('city_id', '=', city_id)
    .where('mandate_id', '=', id)
    .orderBy('brought_at', 'desc')
    .orderBy('bill_id')
    .execute()

export const changeBill = (
  trx: Trx,
  { city_id, mandate_id, bill_id }: MandateBillRow,
  patch: Updateable<CoreTables['mandate_bills']>,
): Promise<unknown> =>
  trx
    .updateTable('mandate_bills')
    .set(patch)
    .where((eb) => eb.and({ city_id, mandate_id, bill_id }))
    .execute()

/** Nothing new is collected from this commit on; what was announced is the citizen's own. The vendor is told afterwards. */
export async function end(
  trx: Trx,
  mandate: MandateRow,
  reason: NonNullable<Mandate['endReason']>,
  now: Date,
): Promise<MandateRow> {
  if (mandate.state === 'ended') return mandate
  const { city_id: cityId, citizen_id: citizenId } = mandate
  const bills = await billsOf(trx, mandate)
  const announced = bills.filter(({ state }) => state === 'announced')
  const isUnderWay = bills.some(({ state }) => state === 'collecting')
  for (const bill of announced) await changeBill(trx, bill, { state: 'yours', reason: 'ended' })
  if (announced.length > 0) {
    const aboutIds = announced.map(({ bill_id }) => bill_id)
    await withdrawMessages(trx, { cityId, citizenId, kind: 'collection-ahead', aboutIds }, now)
  }
  const untold = mandate.kind === 'auto-pay' && reason !== 'host'
  return change(trx, mandate, {
    state: 'ended',
    ended_at: now,
    end_reason: reason,
    untold,
    look_at: untold || isUnderWay ? now : null,
    looks: 0,
  })
}

/** Of an account that is taken off the list, or of a citizen who leaves. */
export async function endAll(
  trx: Trx,
  whose: { cityId: string; citizenId: string; accountId?: string },
  now: Date,
): Promise<MandateRow[]> {
  let rows = trx
    .selectFrom('mandates')
    .selectAll()
    .where('city_id', '=', whose.cityId)
    .where('citizen_id', '=', whose.citizenId)
    .where('state', '<>', 'ended')
  if (whose.accountId !== undefined) rows = rows.where('account_id', '=', whose.accountId)
  const ended: MandateRow[] = []
  for (const mandate of await rows.orderBy('id').forUpdate().execute())
    ended.push(await end(trx, mandate, 'account', now))
  return ended
}

/** Somebody else's is not found. */
export async function ownMandate(db: Db, id: string, { cityId, citizenId }: Context): Promise<MandateRow> {
  const row = await byKey(db, { city_id: cityId, id }).where('citizen_id', '=', citizenId).executeTakeFirst()
  if (row === undefined) throw problem('not-found')
  return row
}

/** Permissions of the context's citizen with their bills, in the order given. */
export async function mandateBodies(db: Db, rows: readonly MandateRow[], context: Context): Promise<Mandate[]> {
  if (rows.length === 0) return []
  const bills = await db
    .selectFrom('mandate_bills as b')
    .leftJoin('messages as m', (join) => join.onRef('m.city_id', '=', 'b.city_id').onRef('m.id', '=', 'b.notice_id'))
    .leftJoin('payments as p', (join) => join.onRef('p.city_id', '=', 'b.city_id').onRef('p.id', '=', 'b.payment_id'))
    .selectAll('b')
    .select(['m.state as notice', 'm.ended_at as noticed_at', 'p.paid_at'])
    .where('b.city_id', '=', context.cityId)
    .where(
      'b.mandate_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('b.brought_at', 'desc')
    .orderBy('b.bill_id')
    .execute()
  return rows.map((row) => ({
    ...bodyOf(row),
    bills: bills
      .filter(({ mandate_id }) => mandate_id === row.id)
      .slice(0, MOST_BILLS)
      .map((bill) => billBodyOf(bill, context)),
  }))
}

export async function mandateBody(db: Db, row: MandateRow, context: Context): Promise<Mandate> {
  const [body] = await mandateBodies(db, [row], context)
  if (!body) throw problem('internal')
  return body
}

const bodyOf = (row: MandateRow): Omit<Mandate, 'bills'> => ({
  id: row.id,
  accountId: row.account_id,
  kind: row.kind,
  state: row.state,
  version: row.version,
  ...(row.cashier ? { cashier: row.cashier } : {}),
  ...(row.ceiling_fen ? { ceilingFen: row.ceiling_fen } : {}),
  ...(row.ends_on ? { endsOn: row.ends_on } : {}),
  beganAt: instant(row.began_at),
  ...(row.sign_until && row.state === 'signing' ? { signUntil: instant(row.sign_until) } : {}),
  ...(row.ended_at ? { endedAt: instant(row.ended_at) } : {}),
  ...(row.end_reason ? { endReason: row.end_reason } : {}),
})

type Joined = MandateBillRow & { notice: string | null; noticed_at: Date | null; paid_at: Date | null }

const billBodyOf = (row: Joined, { language }: Context): MandateBill => ({
  billId: row.bill_id,
  title: say(row.title, language),
  amountFen: row.amount_fen,
  state: row.state === 'collecting' && row.paid_at ? 'collected' : row.state,
  ...(row.reason ? { reason: row.reason } : {}),
  broughtAt: instant(row.brought_at),
  ...(row.notice === 'sent' && row.noticed_at ? { noticedAt: instant(row.noticed_at) } : {}),
  ...(row.collect_at && row.state === 'announced' ? { collectAt: instant(row.collect_at) } : {}),
  ...(row.payment_id ? { paymentId: row.payment_id } : {}),
})
