import { randomUUID } from 'node:crypto'
import type { Insertable, Selectable } from 'kysely'
import type { Database, Db } from '../../city/database/database'
import { lost } from '../../city/database/errors'
import type { CashierKind } from '../../contract/wire/types.gen'
import { own, type SandboxTables } from '../tables'
import type { BookedAgreement, BookedOrder, BookedRefund, Books, Letter, Page } from './books'

/** Of an order, which says by the address of its notifications whose it is. */
export const cityOfOrder = ({ notifyUrl }: Pick<BookedOrder, 'notifyUrl'>): string =>
  /\/(\d{6})\/notifications\//.exec(notifyUrl)?.[1] ?? ''

/** A vendor's books in the sandbox's database: all instances read and write the same. */
export function createDatabaseBooks(database: Database, vendor: CashierKind): Books {
  const { db } = database

  async function read(trx: Db, reference: string, lock: boolean): Promise<Page & { version: number }> {
    const query = own(trx)
      .selectFrom('vendor_orders')
      .selectAll()
      .where('reference', '=', reference)
      .where('vendor', '=', vendor)
    const order = await (lock ? query.forUpdate() : query).executeTakeFirst()
    if (order === undefined) return { reference, order: null, refunds: [], version: 0 }
    if (order.paid_at === null) return { reference, order: orderOf(order), refunds: [], version: order.version }
    const refunds = await own(trx)
      .selectFrom('vendor_refunds')
      .selectAll()
      .where('reference', '=', reference)
      .orderBy('requested_at')
      .orderBy('refund_reference')
      .execute()
    return { reference, order: orderOf(order), refunds: refunds.map(refundOf), version: order.version }
  }

  async function write(trx: Db, before: Page, { order, refunds }: Page, version: number): Promise<void> {
    if (order === null) return
    const refunded_fen = refunds.reduce((sum, { state, amountFen }) => sum + (state === 'SUCCESS' ? amountFen : 0), 0)
    const values = { ...orderRow(order), refunded_fen }
    if (before.order === null) {
      const payment = await trx
        .selectFrom('payments')
        .select('id')
        .where('city_id', '=', cityOfOrder(order))
        .where('reference', '=', order.reference)
        .executeTakeFirst()
      await own(trx)
        .insertInto('vendor_orders')
        .values({ ...values, vendor, city_id: cityOfOrder(order), payment_id: payment?.id ?? '' })
        .execute()
    } else if (!isSame(before, { reference: order.reference, order, refunds })) {
      await own(trx)
        .updateTable('vendor_orders')
        .set({ ...values, version: version + 1 })
        .where('reference', '=', order.reference)
        .where('version', '=', version)
        .returning('version')
        .executeTakeFirstOrThrow(lost)
    }
    for (const refund of refunds) {
      const old = before.refunds.find(({ refundReference }) => refundReference === refund.refundReference)
      if (old && isSame(old, refund)) continue
      const row = { ...refundRow(refund), vendor, reference: order.reference }
      await own(trx)
        .insertInto('vendor_refunds')
        .values(row)
        .onConflict((conflict) => conflict.columns(['vendor', 'refund_reference']).doUpdateSet(row))
        .execute()
    }
  }

  const readAll = (references: { reference: string }[]) =>
    Promise.all([...new Set(references.map(({ reference }) => reference))].map((each) => read(db, each, false)))

  async function change<Result>(trx: Db, reference: string, work: (page: Page) => Result): Promise<Result> {
    const { version, ...before } = await read(trx, reference, true)
    const page = structuredClone(before)
    const result = work(page)
    await write(trx, before, page, version)
    return result
  }

  const agreementIn = (db: Db, reference: string) =>
    own(db).selectFrom('vendor_agreements').selectAll().where('vendor', '=', vendor).where('reference', '=', reference)
  const lockAgreement = async (trx: Db, reference: string): Promise<BookedAgreement | null> => {
    const row = await agreementIn(trx, reference).forUpdate().executeTakeFirst()
    return row ? agreementOf(row) : null
  }

  return {
    open: (reference, work) => database.transaction((trx) => change(trx, reference, work)),

    openUnder: (agreement, reference, work) =>
      database.transaction(async (trx) => {
        const found = await lockAgreement(trx, agreement)
        return change(trx, reference, (page) => work(page, found))
      }),

    async agreement(reference) {
      const row = await agreementIn(db, reference).executeTakeFirst()
      return row ? agreementOf(row) : null
    },

    agree: (reference, work) =>
      database.transaction(async (trx) => {
        const known = await lockAgreement(trx, reference)
        const agreement = work(known)
        if (agreement === null || agreement === known) return agreement
        const { state, payer, subject, signUntil } = agreement
        const columns = { state, payer, subject, sign_until: signUntil }
        await own(trx)
          .insertInto('vendor_agreements')
          .values({ vendor, reference, city_id: cityOfOrder(agreement), ...columns })
          .onConflict((conflict) => conflict.columns(['vendor', 'reference']).doUpdateSet(columns))
          .execute()
        return agreement
      }),

    async referenceOfRefund(refundReference) {
      const row = await own(db)
        .selectFrom('vendor_refunds')
        .select('reference')
        .where('vendor', '=', vendor)
        .where('refund_reference', '=', refundReference)
        .executeTakeFirst()
      return row?.reference ?? null
    },

    async between(from, to) {
      const paid = own(db)
        .selectFrom('vendor_orders')
        .select('reference')
        .where('vendor', '=', vendor)
        .where('paid_at', '>=', from)
        .where('paid_at', '<', to)
      const refunded = own(db)
        .selectFrom('vendor_refunds')
        .select('reference')
        .where('vendor', '=', vendor)
        .where('done_at', '>=', from)
        .where('done_at', '<', to)
      return readAll(await paid.union(refunded).execute())
    },

    async undecided(now) {
      const orders = own(db)
        .selectFrom('vendor_orders')
        .select('reference')
        .where('vendor', '=', vendor)
        .where('state', '=', 'USERPAYING')
        .where('pending_until', '<=', now)
      const refunds = own(db)
        .selectFrom('vendor_refunds')
        .select('reference')
        .where('vendor', '=', vendor)
        .where('state', '=', 'PROCESSING')
        .where('done_at', '<=', now)
      const rows = await orders.union(refunds).limit(200).execute()
      return rows.map(({ reference }) => reference)
    },

    async post({ refundReference, ...letter }) {
      const row = { ...letter, key: randomUUID(), vendor, refund_reference: refundReference }
      await own(db).insertInto('vendor_letters').values(row).execute()
    },

    async takeDue(now) {
      const rows = await own(db)
        .deleteFrom('vendor_letters')
        .where('key', 'in', (eb) =>
          eb
            .selectFrom('vendor_letters')
            .select('key')
            .where('vendor', '=', vendor)
            .where('at', '<=', now)
            .orderBy('at')
            .limit(200)
            .forUpdate()
            .skipLocked(),
        )
        .returningAll()
        .execute()
      return rows.map(letterOf).sort((a, b) => a.at.getTime() - b.at.getTime())
    },
  }
}

const isSame = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b)

type OrderRow = Selectable<SandboxTables['vendor_orders']>
type RefundRow = Selectable<SandboxTables['vendor_refunds']>

const agreementOf = ({
  city_id,
  vendor,
  sign_until: signUntil,
  ...row
}: Selectable<SandboxTables['vendor_agreements']>): BookedAgreement => ({
  ...row,
  signUntil,
  notifyUrl: `/${city_id}/notifications/${vendor}`,
})

const orderOf = (row: OrderRow): BookedOrder => ({
  reference: row.reference,
  amountFen: row.amount_fen,
  subject: row.subject,
  payer: row.payer,
  expiresAt: row.expires_at,
  notifyUrl: row.notify_url,
  openingNumber: row.vendor_number,
  number: row.paid_number,
  state: row.state,
  openedAt: row.opened_at,
  paidAt: row.paid_at,
  decidedAt: row.pending_until,
  decided: row.pending_state,
})

const orderRow = (order: BookedOrder) => ({
  reference: order.reference,
  amount_fen: order.amountFen,
  subject: order.subject,
  payer: order.payer,
  expires_at: order.expiresAt,
  notify_url: order.notifyUrl,
  vendor_number: order.openingNumber,
  paid_number: order.number,
  state: order.state,
  opened_at: order.openedAt,
  paid_at: order.paidAt,
  pending_until: order.decidedAt,
  pending_state: order.decided,
})

const refundOf = (row: RefundRow): BookedRefund => ({
  refundReference: row.refund_reference,
  amountFen: row.amount_fen,
  reason: row.reason,
  notifyUrl: row.notify_url,
  number: row.number,
  state: row.state,
  requestedAt: row.requested_at,
  doneAt: row.done_at,
})

const refundRow = (
  refund: BookedRefund,
): Omit<Insertable<SandboxTables['vendor_refunds']>, 'vendor' | 'reference'> => ({
  refund_reference: refund.refundReference,
  amount_fen: refund.amountFen,
  reason: refund.reason,
  notify_url: refund.notifyUrl,
  number: refund.number,
  state: refund.state,
  requested_at: refund.requestedAt,
  done_at: refund.doneAt,
})

const letterOf = ({
  refund_reference,
  key: _,
  vendor: __,
  ...row
}: Selectable<SandboxTables['vendor_letters']>): Letter => ({
  ...row,
  refundReference: refund_reference,
})
