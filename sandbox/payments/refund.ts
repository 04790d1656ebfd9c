import type { Selectable } from 'kysely'
import { newId } from '../ids'
import { problem } from '../problem'
import type { CoreTables, StoredStep } from '../tables'
import { instant, secondsAfter, type Words } from '../words'
import { cityOf, isFaultOn, type World } from '../world'
import {
  billsOfPayment,
  book,
  change,
  endLife,
  lockBills,
  type PaymentBillRow,
  type PaymentRow,
  type Trx,
} from './rows'

export type RefundRow = Selectable<CoreTables['refunds']>

/** How long the vendors of the sandbox take. */
const REFUND_SECONDS = 10

/** Begins to give back one bill's money; the caller moves the payment to `refunding`. */
export async function startRefund(
  world: World,
  trx: Trx,
  payment: PaymentRow,
  item: PaymentBillRow,
  reason: Words,
): Promise<void> {
  const now = world.clock.now()
  const city = cityOf(world, payment.city_id)
  await trx
    .insertInto('refunds')
    .values({
      id: newId('rf'),
      city_id: payment.city_id,
      payment_id: payment.id,
      bill_id: item.bill_id,
      amount_fen: item.amount_fen,
      state: 'pending',
      reason: JSON.stringify(reason),
      reference: `TK${payment.reference}${String(item.position + 1).padStart(2, '0')}`,
      created_at: now,
      due_at: secondsAfter(now, REFUND_SECONDS),
      arrive_by: secondsAfter(now, city.promises.refundWithinDays * 86_400),
      steps: JSON.stringify([
        step(now, '已发起退款，等待支付渠道处理', 'Refund started, the payment channel is at it'),
      ]),
    })
    .execute()
}

/** Gives back everything that no biller has; a credited bill becomes due again. */
export async function refundAll(world: World, trx: Trx, payment: PaymentRow, reason: Words): Promise<PaymentRow> {
  if (payment.state !== 'paid' && payment.state !== 'credited') throw problem('payment-not-open')
  const items = await billsOfPayment(trx, payment.id)
  const bills = await lockBills(
    trx,
    items.map((item) => item.bill_id),
  )
  for (const item of items) {
    const bill = bills.find(({ id }) => id === item.bill_id)
    if (bill?.settled_by === payment.id) {
      await trx
        .updateTable('bills')
        .set({ settled_at: null, settled_by: null, version: bill.version + 1 })
        .where('id', '=', bill.id)
        .execute()
      const { bill_id, amount_fen } = item
      await book(trx, { payment_id: payment.id, kind: 'uncredited', bill_id, amount_fen, at: world.clock.now() })
    }
    await trx
      .updateTable('payment_bills')
      .set({ outcome: 'not-credited', credited_at: null, live: false })
      .where('payment_id', '=', payment.id)
      .where('position', '=', item.position)
      .execute()
    await startRefund(world, trx, payment, item, reason)
  }
  return change(trx, payment, { state: 'refunding', credited_at: null })
}

/** Ends the refunds whose time has come; with all of them done the payment is refunded, wholly or partly. */
export async function finishRefunds(
  world: World,
  trx: Trx,
  payment: PaymentRow,
  options: { atOnce?: boolean } = {},
): Promise<PaymentRow> {
  const now = world.clock.now()
  const refunds = await trx
    .selectFrom('refunds')
    .selectAll()
    .where('payment_id', '=', payment.id)
    .orderBy('reference')
    .execute()
  let current = payment
  let open = 0
  for (const refund of refunds) {
    const due = refund.state === 'pending' && refund.due_at <= now
    const again = options.atOnce && refund.state !== 'succeeded'
    if (!due && !again) {
      if (refund.state !== 'succeeded') open += 1
      continue
    }
    if (isFaultOn(world, 'refund-failed', payment.city_id)) {
      open += 1
      if (refund.state === 'failed') continue
      await endRefund(
        trx,
        refund,
        'failed',
        step(now, '原路退回失败，工作人员将与您联系', 'Could not be returned, somebody will call you'),
      )
      current = await change(trx, current, {})
      continue
    }
    await endRefund(trx, refund, 'succeeded', step(now, '已退回原支付账户', 'Returned to where it came from'))
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

async function endRefund(trx: Trx, refund: RefundRow, state: 'succeeded' | 'failed', last: StoredStep): Promise<void> {
  await trx
    .updateTable('refunds')
    .set({ state, steps: JSON.stringify([...refund.steps, last]) })
    .where('id', '=', refund.id)
    .execute()
}
