import type { Selectable } from 'kysely'
import type { CoreTables, StoredStep } from '../database/tables'
import { problem } from '../http/problem'
import { newId } from '../ids'
import { cityOf, type Service } from '../service'
import { instant, secondsAfter, type Words } from '../words'
import {
  billsOfPayment,
  book,
  change,
  endLife,
  lockBills,
  nextVersion,
  type PaymentBillRow,
  type PaymentRow,
  type Trx,
} from './rows'

export type RefundRow = Selectable<CoreTables['refunds']>

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

/** Gives back everything that no biller has; a credited bill becomes due again. */
export async function refundAll(service: Service, trx: Trx, payment: PaymentRow, reason: Words): Promise<PaymentRow> {
  if (payment.state !== 'paid' && payment.state !== 'credited') throw problem('payment-not-open')
  const items = await billsOfPayment(trx, payment.id)
  const bills = await lockBills(
    trx,
    items.map((item) => item.bill_id),
  )
  for (const item of items) {
    const bill = bills.find(({ id }) => id === item.bill_id)
    if (bill && item.outcome === 'credited') {
      const without = bill.top_up
        ? { balance_fen: bill.balance_fen - item.amount_fen }
        : { paid_fen: bill.paid_fen - item.amount_fen, settled_at: null, settled_by: null }
      await trx
        .updateTable('bills')
        .set({ ...without, ...nextVersion(bill, service.clock.now(), takenBack) })
        .where('id', '=', bill.id)
        .execute()
      const { bill_id, amount_fen } = item
      await book(trx, { payment_id: payment.id, kind: 'uncredited', bill_id, amount_fen, at: service.clock.now() })
    }
    await trx
      .updateTable('payment_bills')
      .set({ outcome: 'not-credited', credited_at: null, live: false })
      .where('payment_id', '=', payment.id)
      .where('position', '=', item.position)
      .execute()
    await startRefund(service, trx, payment, item, reason)
  }
  if (payment.state === 'credited') {
    const { id, fee_fen } = payment
    await book(trx, { payment_id: id, kind: 'fee-returned', bill_id: '', amount_fen: fee_fen, at: service.clock.now() })
  }
  await startFeeRefund(service, trx, payment, reason)
  return change(trx, payment, { state: 'refunding', credited_at: null })
}

/** Ends the refunds whose time has come; with all of them done the payment is refunded, wholly or partly. */
export async function finishRefunds(
  service: Service,
  trx: Trx,
  payment: PaymentRow,
  options: { atOnce?: boolean } = {},
): Promise<PaymentRow> {
  const now = service.clock.now()
  const refunds = await trx
    .selectFrom('refunds')
    .selectAll()
    .where('payment_id', '=', payment.id)
    .orderBy('reference')
    .execute()
  let current = payment
  let open = 0
  for (const refund of refunds) {
    const due = refund.state !== 'succeeded' && refund.due_at <= now
    const again = options.atOnce && refund.state !== 'succeeded'
    if (!due && !again) {
      if (refund.state !== 'succeeded') open += 1
      continue
    }
    const { city_id: cityId, reference } = payment
    const result = await service.cashiers.refund(trx, {
      cityId,
      reference,
      refundReference: refund.reference,
      amountFen: refund.amount_fen,
    })
    if (result === 'processing') open += 1
    if (result === 'processing') continue
    if (result === 'failed') {
      open += 1
      if (refund.state === 'failed') continue
      await endRefund(
        trx,
        refund,
        'failed',
        step(now, '未能原路退回，工作人员将与您联系', 'Could not be returned. Our staff will contact you'),
        secondsAfter(now, AGAIN_SECONDS),
      )
      current = await change(trx, current, {})
      continue
    }
    await endRefund(trx, refund, 'succeeded', step(now, '已退回原支付账户', 'Returned to the account it was paid from'))
    await book(trx, {
      payment_id: payment.id,
      kind: 'refunded',
      bill_id: refund.bill_id ?? '',
      amount_fen: refund.amount_fen,
      at: now,
    })
    await trx
      .updateTable('payment_bills')
      .set({ outcome: 'refunded' })
      .where('payment_id', '=', payment.id)
      .where('bill_id', '=', refund.bill_id ?? '')
      .execute()
    current = await change(trx, current, { refunded_fen: current.refunded_fen + refund.amount_fen })
  }
  if (open > 0 || current.refunded_fen === 0) return current
  await endLife(trx, payment.id)
  const all = current.refunded_fen >= current.amount_fen
  return change(trx, current, { state: all ? 'refunded' : 'partly-refunded' })
}

const step = (at: Date, zh: string, en: string): StoredStep => ({ at: instant(at), text: { zh, en } })

const takenBack = { zh: '已入账的款项退回', en: 'Credited money returned' }

async function endRefund(
  trx: Trx,
  refund: RefundRow,
  state: 'succeeded' | 'failed',
  last: StoredStep,
  againAt = refund.due_at,
): Promise<void> {
  await trx
    .updateTable('refunds')
    .set({ state, due_at: againAt, steps: JSON.stringify([...refund.steps, last]) })
    .where('id', '=', refund.id)
    .execute()
}
