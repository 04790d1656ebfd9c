import { askBeforePaying } from '../billing/before-paying'
import { isNoAnswer } from '../cashiers/errors'
import type { Db } from '../database/database'
import { isProblem } from '../http/problem'
import { learn } from '../payments/advance'
import { createOrFind } from '../payments/create'
import {
  change as changePayment,
  endLife,
  isOpen,
  lockPayment,
  ofPayment,
  type PaymentRow,
  type Trx,
} from '../payments/rows'
import { isRefusal, noteSilence } from '../payments/vendor'
import { noteFailure, type Service } from '../service'
import { say, secondsAfter } from '../words'
import { contractOf, payerOf } from './agreements'
import { noticedAt, plan, skip } from './bring'
import { changeBill, contextOf, lockMandate, type MandateBillRow, type MandateRow, readMandate } from './rows'
import { type Reason, refusedBy, verdictOf } from './rules'
import { tellOfBill } from './texts'

/** The vendor takes nothing under a number of ours after so long. */
const TAKE_SECONDS = 1800

/** Collects an announced bill whose time has come, if nothing is against it. Its payment is one like any other. */
export async function collect(service: Service, mandate: MandateRow, bill: MandateBillRow): Promise<void> {
  const context = contextOf(service, mandate)
  await askBeforePaying(context, [bill.bill_id])
  const payment = await service.database.transaction((trx) => decide(service, trx, mandate, bill.bill_id))
  if (payment === null) return
  // The last moment at which somebody who takes the permission back is heard without the vendor.
  const { state } = await readMandate(service.database.db, mandate)
  if (state !== 'active') return drop(service, mandate, payment)
  await take(service, mandate, payment)
}

/** Under the locks of the permission, its bill and the bill itself; null where nothing is collected now. */
async function decide(service: Service, trx: Trx, key: MandateRow, billId: string): Promise<PaymentRow | null> {
  const context = contextOf(service, key)
  const now = context.now()
  const mandate = await lockMandate(trx, key)
  const row = await trx
    .selectFrom('mandate_bills')
    .selectAll()
    .where('city_id', '=', mandate.city_id)
    .where('mandate_id', '=', mandate.id)
    .where('bill_id', '=', billId)
    .forUpdate()
    .executeTakeFirst()
  if (mandate.state !== 'active' || mandate.cashier === null) return null
  if (row?.state !== 'announced' || row.collect_at === null) return null
  const verdict = verdictOf({
    now,
    collectAt: row.collect_at,
    amountFen: row.amount_fen,
    ceilingFen: mandate.ceiling_fen ?? 0,
    endsOn: mandate.ends_on ?? '',
    noticedAt: await noticedAt(trx, row),
  })
  if (verdict.kind === 'wait') return null
  if (verdict.kind === 'own') {
    await leave(trx, mandate, row, verdict.reason, now)
    return null
  }
  const created = await create(service, trx, mandate, row)
  if (created === null) return null
  // Undecided from its first moment: nobody can open a cashier for it.
  const payment = await changePayment(trx, created, {
    state: 'unknown',
    mandate_id: mandate.id,
    expires_at: secondsAfter(now, TAKE_SECONDS),
  })
  await changeBill(trx, row, { state: 'collecting', payment_id: payment.id })
  return payment
}

/** By the rules of every payment: the version and total that the notice named, no other live payment, nothing paid elsewhere. */
async function create(
  service: Service,
  trx: Trx,
  mandate: MandateRow,
  row: MandateBillRow,
): Promise<PaymentRow | null> {
  const context = contextOf(service, mandate)
  try {
    const { payment, isNew } = await createOrFind(
      {
        cityId: mandate.city_id,
        bills: [{ billId: row.bill_id, version: row.bill_version }],
        totalFen: row.amount_fen,
        cashier: mandate.cashier ?? 'till',
      },
      context,
      trx,
    )
    // The citizen is paying it right now.
    return isNew ? payment : null
  } catch (error) {
    if (!isProblem(error)) throw error
    const outcome = refusedBy[error.code]
    if (outcome === 'paid-elsewhere') await skip(trx, mandate, row, context.now())
    if (outcome === 'changed') {
      const bill = await trx
        .selectFrom('bills')
        .selectAll()
        .where('city_id', '=', row.city_id)
        .where('id', '=', row.bill_id)
        .executeTakeFirst()
      if (bill) await plan(trx, service, mandate, bill, row)
    }
    return null
  }
}

/** It is the citizen's own after all. */
async function leave(trx: Trx, mandate: MandateRow, row: MandateBillRow, reason: Reason, now: Date): Promise<void> {
  await changeBill(trx, row, { state: 'yours', reason })
  await tellOfBill(trx, mandate, row, reason, now)
}

/** The vendor has never heard of it and never will. */
const drop = (service: Service, mandate: MandateRow, key: PaymentRow): Promise<void> =>
  service.database.transaction(async (trx) => {
    const payment = await lockPayment(trx, key)
    if (!isOpen(payment)) return
    await endLife(trx, payment)
    await changePayment(trx, payment, { state: 'closed' })
    await noteReason(trx, mandate, payment, 'ended')
  })

const noteReason = (db: Db, { city_id, id }: MandateRow, payment: PaymentRow, reason: Reason) =>
  db
    .updateTable('mandate_bills')
    .set({ reason })
    .where('city_id', '=', city_id)
    .where('mandate_id', '=', id)
    .where('payment_id', '=', payment.id)
    .execute()

const refusals: readonly { says: Parameters<typeof isRefusal>[1]; reason: Reason }[] = [
  { says: 'balance', reason: 'no-money' },
  { says: 'agreement-ended', reason: 'host-ended' },
  { says: 'rules', reason: 'above-host-limit' },
]

/** Told once. Whatever is not a clear answer is found out as with every payment, and nothing is tried again. */
async function take(service: Service, mandate: MandateRow, payment: PaymentRow): Promise<void> {
  const contract = contractOf(service, mandate)
  if (contract === null || mandate.reference === null) return drop(service, mandate, payment)
  const { db } = service.database
  const { title } = await db
    .selectFrom('payment_bills')
    .select('title')
    .where(ofPayment(payment))
    .executeTakeFirstOrThrow()
  const askedAt = service.clock.now()
  try {
    const { state, amountFen, paidAt } = await contract.collect({
      reference: payment.reference,
      agreement: mandate.reference,
      amountFen: payment.amount_fen,
      subject: say(title, 'zh-CN'),
      payer: await payerOf(service, mandate),
      expiresAt: payment.expires_at,
    })
    await learn(service, payment, { state, amountFen, paidAt, askedAt })
  } catch (error) {
    if (!isNoAnswer(error)) throw error
    const refused = refusals.find(({ says }) => isRefusal(error, says))
    if (refused === undefined) return noteSilence(service, payment.id, error)
    await noteReason(db, mandate, payment, refused.reason)
    await learn(service, payment, { state: 'CLOSED', amountFen: null, paidAt: null, askedAt })
  }
}

/** Takes in what became of a collection, once it is known. */
export async function followCollection(service: Service, key: MandateRow, { bill_id }: MandateBillRow): Promise<void> {
  await service.database.transaction(async (trx) => {
    const mandate = await lockMandate(trx, key)
    const row = await trx
      .selectFrom('mandate_bills')
      .selectAll()
      .where('city_id', '=', mandate.city_id)
      .where('mandate_id', '=', mandate.id)
      .where('bill_id', '=', bill_id)
      .executeTakeFirstOrThrow()
    if (row.state !== 'collecting' || row.payment_id === null) return
    const { state, paid_at: paidAt } = await trx
      .selectFrom('payments')
      .select(['state', 'paid_at'])
      .where('city_id', '=', row.city_id)
      .where('id', '=', row.payment_id)
      .executeTakeFirstOrThrow()
    if (paidAt !== null) await changeBill(trx, row, { state: 'collected' })
    else if (state === 'failed' || state === 'closed')
      await leave(trx, mandate, row, row.reason ?? 'not-collected', service.clock.now())
  })
}

/** Each on its own. */
export const collectAll = async (service: Service, mandate: MandateRow, bills: MandateBillRow[]): Promise<void> => {
  for (const bill of bills)
    await collect(service, mandate, bill).catch((error: unknown) => {
      if (isProblem(error)) return
      noteFailure(service, 'mandates', error, { mandate: mandate.id })
    })
}
