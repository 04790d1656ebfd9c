import type { Selectable, Updateable } from 'kysely'
import type { BillRow } from '../billing/bill-body'
import { isNoAnswer } from '../cashiers/errors'
import type { Db } from '../database/database'
import type { CoreTables, StoredStep } from '../database/tables'
import { problem } from '../http/problem'
import { newId } from '../ids'
import { tellOfRefund } from '../messages/texts'
import { cityOf, type Service } from '../service'
import { instant, secondsAfter, type Words } from '../words'
import { withdrawPaper } from './paper-rows'
import {
  billsOfPayment,
  book,
  change,
  endLife,
  endOfRecall,
  lockBills,
  lockPayment,
  nextVersion,
  ofPayment,
  type PaymentBillRow,
  type PaymentKey,
  type PaymentRow,
  readPayment,
  type Trx,
} from './rows'
import { askRefund, refundAtVendor } from './vendor'

type RefundRow = Selectable<CoreTables['refunds']>

/** How long the vendors of the sandbox take. */
const REFUND_SECONDS = 10
/** How long people need to send one on its way again that failed. */
const AGAIN_SECONDS = 3600

/** Begins to give back one bill's money; the caller moves the payment to `refunding`. */
export const startRefund = (service: Service, trx: Trx, payment: PaymentRow, item: PaymentBillRow, reason: Words) =>
  start(service, trx, payment, { billId: item.bill_id, amountFen: item.amount_fen, number: item.position + 1 }, reason)

/** The fee goes back when nothing of the payment stays with a biller. */
export async function startFeeRefund(service: Service, trx: Trx, payment: PaymentRow, reason: Words): Promise<void> {
  if (payment.fee_fen === 0) return
  await start(service, trx, payment, { billId: null, amountFen: payment.fee_fen, number: 0 }, reason)
}

async function start(
  service: Service,
  trx: Trx,
  payment: PaymentRow,
  what: { billId: string | null; amountFen: number; number: number },
  reason: Words,
): Promise<void> {
  const now = service.clock.now()
  const city = cityOf(service, payment.city_id)
  await trx
    .insertInto('refunds')
    .values({
      id: newId('rf'),
      city_id: payment.city_id,
      payment_id: payment.id,
      bill_id: what.billId,
      amount_fen: what.amountFen,
      state: 'pending',
      reason: JSON.stringify(reason),
      reference: `TK${payment.reference}${String(what.number).padStart(2, '0')}`,
      created_at: now,
      due_at: secondsAfter(now, REFUND_SECONDS),
      arrive_by: secondsAfter(now, city.promises.refundWithinDays * 86_400),
      steps: JSON.stringify([
        step(now, '已发起退款，等待支付渠道处理', 'Refund started. The payment service is processing it'),
      ]),
    })
    .execute()
}

/** One bill's money goes back; a credited bill becomes due again. The caller has locked both, and moves the payment. */
export async function giveBack(
  service: Service,
  trx: Trx,
  payment: PaymentRow,
  item: PaymentBillRow,
  bill: BillRow | undefined,
  reason: Words,
): Promise<void> {
  const now = service.clock.now()
  if (bill && item.outcome === 'credited') {
    const without = bill.top_up
      ? { balance_fen: bill.balance_fen - item.amount_fen }
      : { paid_fen: bill.paid_fen - item.amount_fen, settled_at: null, settled_by: null }
    await trx
      .updateTable('bills')
      .set({ ...without, ...nextVersion(bill, now, takenBack) })
      .where('city_id', '=', bill.city_id)
      .where('id', '=', bill.id)
      .execute()
    await withdrawPaper(trx, payment, bill.biller_id, now)
    await book(trx, payment, { kind: 'uncredited', bill_id: item.bill_id, amount_fen: item.amount_fen, at: now })
  }
  await trx
    .updateTable('payment_bills')
    .set({ outcome: 'not-credited', credited_at: null, live: false, ...endOfRecall(item, 'agreed', now) })
    .where(ofPayment(payment))
    .where('position', '=', item.position)
    .execute()
  await startRefund(service, trx, payment, item, reason)
}

/** The fee goes back when no bill of the payment stays with its biller. */
export async function giveBackFee(service: Service, trx: Trx, payment: PaymentRow, reason: Words): Promise<void> {
  if (payment.state !== 'paid') {
    const { fee_fen } = payment
    await book(trx, payment, { kind: 'fee-returned', bill_id: '', amount_fen: fee_fen, at: service.clock.now() })
  }
  await startFeeRefund(service, trx, payment, reason)
}

/** Gives back everything that is not on its way back already. */
export async function refundAll(service: Service, trx: Trx, payment: PaymentRow, reason: Words): Promise<PaymentRow> {
  if (payment.state !== 'paid' && payment.state !== 'credited') throw problem('payment-not-open')
  const items = await billsOfPayment(trx, payment)
  const bills = await lockBills(
    trx,
    payment.city_id,
    items.map((item) => item.bill_id),
  )
  for (const item of items.filter(({ outcome }) => outcome === 'open' || outcome === 'credited'))
    await giveBack(
      service,
      trx,
      payment,
      item,
      bills.find(({ id }) => id === item.bill_id),
      reason,
    )
  await giveBackFee(service, trx, payment, reason)
  return change(trx, payment, { state: 'refunding', credited_at: null })
}

/**
 * Tells the vendor of the refunds whose time has come, each on its own, and takes in what became of them; with all of them done the payment
 * is refunded, wholly or partly. `atOnce`: also of those whose time has not come.
 * @throws where `isNoAnswer`, once the others have been told.
 */
export async function finishRefunds(
  service: Service,
  key: PaymentKey,
  options: { atOnce?: boolean } = {},
): Promise<PaymentRow> {
  const { db } = service.database
  const payment = await readPayment(db, key)
  // A bill that was stopped waits until what else was paid is credited.
  if (payment.state !== 'refunding') return payment
  const refunds = await openRefunds(db, key)
  let fault: unknown = null
  for (const refund of refunds) {
    if (refund.due_at > service.clock.now() && !options.atOnce) continue
    try {
      const result = await refundAtVendor(service, payment, refund)
      if (result !== 'processing') await take(service, refund, result)
    } catch (error) {
      if (!isNoAnswer(error)) throw error
      fault = error
    }
  }
  if (fault !== null) throw fault
  return readPayment(db, key)
}

/** Asks the vendor about one refund, when it says by itself that something became of it. */
export async function askAboutRefund(service: Service, payment: PaymentRow, refundReference: string): Promise<void> {
  const refunds = await openRefunds(service.database.db, payment)
  const refund = refunds.find(({ reference }) => reference === refundReference)
  if (refund === undefined) return
  const result = await askRefund(service, payment, refundReference)
  if (result !== 'processing') await take(service, refund, result)
}

const openRefunds = (db: Db, payment: PaymentKey) =>
  db
    .selectFrom('refunds')
    .selectAll()
    .where(ofPayment(payment))
    .where('state', '!=', 'succeeded')
    .orderBy('reference')
    .execute()

/** Takes in how a refund ended, unless somebody else did so meanwhile. */
const take = (service: Service, told: RefundRow, result: 'success' | 'failed' | 'refused'): Promise<void> =>
  service.database.transaction(async (trx) => {
    const now = service.clock.now()
    const payment = await lockPayment(trx, { city_id: told.city_id, id: told.payment_id })
    const open = await openRefunds(trx, payment)
    const refund = open.find(({ id, reference }) => id === told.id && reference === told.reference)
    if (refund === undefined) return
    if (result !== 'success') {
      if (refund.state === 'failed' && refund.due_at > now) return
      const last = step(now, '未能原路退回，工作人员将与您联系', 'Could not be returned. Our staff will contact you')
      const again = { due_at: secondsAfter(now, AGAIN_SECONDS) }
      // Said once; the next try of a refused one needs a number of its own.
      const steps = refund.state === 'failed' ? refund.steps : [...refund.steps, last]
      const reference = result === 'refused' ? nextReference(refund.reference) : refund.reference
      await setRefund(trx, refund, { state: 'failed', steps: JSON.stringify(steps), reference, ...again })
      if (refund.state !== 'failed') await change(trx, payment, {})
      return
    }
    const last = step(now, '已退回原支付账户', 'Returned to the account it was paid from')
    await setRefund(trx, refund, { state: 'succeeded', steps: JSON.stringify([...refund.steps, last]) })
    await tellOfRefund(trx, payment, refund, now)
    const { bill_id: billId, amount_fen: amountFen } = refund
    await book(trx, payment, {
      kind: 'refunded',
      bill_id: billId ?? '',
      amount_fen: amountFen,
      at: now,
    })
    await trx
      .updateTable('payment_bills')
      .set({ outcome: 'refunded' })
      .where(ofPayment(payment))
      .where('bill_id', '=', billId ?? '')
      .execute()
    const refundedFen = payment.refunded_fen + amountFen
    const isLast = open.length === 1
    if (isLast) await endLife(trx, payment)
    const ended = refundedFen >= payment.amount_fen ? 'refunded' : 'partly-refunded'
    await change(trx, payment, { refunded_fen: refundedFen, ...(isLast ? { state: ended } : {}) })
  })

/** `…00`, `…00-2`, `…00-3` */
function nextReference(reference: string): string {
  const [base = '', tries = '1'] = reference.split('-')
  return `${base}-${Number(tries) + 1}`
}

const step = (at: Date, zh: string, en: string): StoredStep => ({ at: instant(at), text: { zh, en } })

const takenBack = { zh: '已入账的款项退回', en: 'Credited money returned' }

const setRefund = (trx: Trx, { city_id, id }: RefundRow, values: Updateable<CoreTables['refunds']>) =>
  trx
    .updateTable('refunds')
    .set(values)
    .where((eb) => eb.and({ city_id, id }))
    .execute()
