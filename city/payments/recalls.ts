import type { Updateable } from 'kysely'
import type { RecallPaymentData, RecallPaymentResponses } from '../../contract/wire/types.gen'
import { answerOf } from '../billing/ask'
import type { CoreTables } from '../database/tables'
import { creating, type Handler, refuseWhenReadOnly } from '../http/operation'
import { problem } from '../http/problem'
import { tellOfRecall } from '../messages/texts'
import type { RecallAnswer } from '../ports'
import { cityOf, noteFailure, type Service } from '../service'
import { secondsAfter, type Words } from '../words'
import { present } from './advance'
import { paymentBody } from './body'
import { ownPayment } from './operations'
import { afterDecision, recallStep } from './recall-rules'
import { giveBack, giveBackFee } from './refund'
import {
  billsOfPayment,
  change,
  isOpen,
  lockBills,
  lockPayment,
  ofPayment,
  type PaymentBillRow,
  type PaymentKey,
  type PaymentRow,
  type Trx,
} from './rows'

/** How many an instance takes at once, and after how long another may have those that it did not finish. */
const BATCH = 50
const LEASE_SECONDS = 60
/** The biller is asked soon, then with pauses that grow with its age. */
const FIRST_SECONDS = 10
const LONGEST_PAUSE_SECONDS = 3600

const recalled: Words = { zh: '付错户号，申请撤回', en: 'Recalled: paid to the wrong account' }

const recall = creating<RecallPaymentData, RecallPaymentResponses>(
  'recallPayment',
  async ({ path, body }, context, trx) => {
    refuseWhenReadOnly(context)
    const payment = await recallBill(context.service, trx, { city_id: context.cityId, id: path.paymentId }, body.billId)
    return { status: 200, body: await paymentBody(trx, payment, context) }
  },
)

export const recallPayment: Handler = async (call, context) => {
  const own = await ownPayment(context.db, (call.path as RecallPaymentData['path']).paymentId, context)
  // Paid as far as the phone knows, and the city has not heard of it. What is paid is not looked at: that would credit what is due.
  if (isOpen(own)) await present(context.service, own)
  return recall(call, context)
}

/** @throws ProblemError `not-found`, `not-recallable` */
export async function recallBill(service: Service, trx: Trx, key: PaymentKey, billId: string): Promise<PaymentRow> {
  const payment = await lockPayment(trx, key)
  const item = (await billsOfPayment(trx, payment)).find(({ bill_id }) => bill_id === billId)
  if (item === undefined) throw problem('not-found')
  const { outcome, recall_state: state } = item
  const step = recallStep({ outcome, isSent: payment.credit_sent_at !== null, recall: state })
  if (step === 'known') return payment
  if (step === 'refuse' || payment.paid_at === null) throw problem('not-recallable')
  const now = service.clock.now()
  const days = cityOf(service, payment.city_id).promises.answerWithinDays
  const promised = item.credit_by !== null && item.credit_by > now ? item.credit_by : now
  await set(trx, item, {
    recall_state: step === 'stop' ? 'stopped' : 'asked',
    recall_reference: `CH${payment.reference}${String(item.position + 1).padStart(2, '0')}`,
    recall_asked_at: now,
    ...(step === 'stop'
      ? { recall_ended_at: now }
      : { recall_decide_by: secondsAfter(promised, days * 86_400), recall_look_at: secondsAfter(now, FIRST_SECONDS) }),
  })
  return step === 'stop' ? comesBack(service, trx, payment, item) : change(trx, payment, {})
}

/** The bill's money goes to who paid it; the last one takes the fee with it. */
async function comesBack(service: Service, trx: Trx, payment: PaymentRow, item: PaymentBillRow): Promise<PaymentRow> {
  const [bill] = await lockBills(trx, payment.city_id, [item.bill_id])
  await giveBack(service, trx, payment, item, bill, recalled)
  const others = (await billsOfPayment(trx, payment)).filter(({ position }) => position !== item.position)
  const isHeld = others.some(({ outcome }) => outcome === 'open' || outcome === 'credited')
  if (!isHeld) await giveBackFee(service, trx, payment, recalled)
  // What else was paid is credited first.
  if (payment.state === 'paid' && isHeld) return change(trx, payment, {})
  return change(trx, payment, { state: 'refunding', credited_at: null })
}

/**
 * What the biller, or people for it, decided about a recall that waits for that; anything later than the first decision changes nothing.
 * `reason`: why it keeps the money.
 */
export const decideRecall = (
  service: Service,
  key: PaymentKey & { position: number },
  answer: RecallAnswer,
): Promise<PaymentRow> =>
  service.database.transaction(async (trx) => {
    const payment = await lockPayment(trx, key)
    const item = (await billsOfPayment(trx, payment)).find(({ position }) => position === key.position)
    if (item?.recall_state !== 'asked') return payment
    const now = service.clock.now()
    const end = afterDecision(item.outcome, answer.decision)
    if (end === 'waits') return payment
    await tellOfRecall(trx, payment, item, end === 'back', now)
    if (end === 'back') return comesBack(service, trx, payment, item)
    await set(trx, item, {
      recall_state: 'declined',
      recall_look_at: null,
      recall_ended_at: now,
      ...(answer.decision === 'declined' ? { recall_reason: JSON.stringify(answer.reason) } : {}),
    })
    return change(trx, payment, {})
  })

const set = (
  trx: Trx,
  { city_id, payment_id, position }: PaymentBillRow,
  values: Updateable<CoreTables['payment_bills']>,
) =>
  trx
    .updateTable('payment_bills')
    .set(values)
    .where(ofPayment({ city_id, id: payment_id }))
    .where('position', '=', position)
    .execute()

/** Asks billers about recalls that are to be decided, each on its own. Instances share the work. */
export async function sweepRecalls(service: Service, signal?: AbortSignal): Promise<void> {
  for (let taken = BATCH; taken === BATCH && !signal?.aborted; ) {
    const items = await take(service)
    taken = items.length
    for (const item of items) {
      if (signal?.aborted) return
      await look(service, item).catch((error: unknown) =>
        noteFailure(service, 'recalls', error, { payment: item.payment_id }),
      )
    }
  }
}

async function look(service: Service, item: PaymentBillRow): Promise<void> {
  const { city_id, payment_id, position, bill_id: billId, amount_fen: amountFen } = item
  const { db } = service.database
  const about = await db
    .selectFrom('payments as p')
    .innerJoin('bills as b', 'b.city_id', 'p.city_id')
    .select(['p.reference', 'b.biller_id', 'b.number'])
    .where('p.city_id', '=', city_id)
    .where('b.city_id', '=', city_id)
    .where('p.id', '=', payment_id)
    .where('b.id', '=', billId)
    .executeTakeFirst()
  const ask = service.billers.recall
  if (about !== undefined && ask !== undefined) {
    const { reference, biller_id: billerId, number } = about
    const answer = await answerOf(ask({ cityId: city_id, reference, billerId, number, billId, amountFen }))
    if (answer !== null && answer.value.decision !== 'open')
      return void (await decideRecall(service, { city_id, id: payment_id, position }, answer.value))
  }
  const now = service.clock.now()
  const age = (now.getTime() - (item.recall_asked_at ?? now).getTime()) / 1000
  const pause = Math.min(Math.max(age / 4, FIRST_SECONDS), LONGEST_PAUSE_SECONDS)
  await db
    .updateTable('payment_bills')
    .set({ recall_look_at: secondsAfter(now, pause) })
    .where(ofPayment({ city_id, id: payment_id }))
    .where('position', '=', position)
    .where('recall_state', '=', 'asked')
    .execute()
}

const take = ({ database, clock }: Service): Promise<PaymentBillRow[]> =>
  database.db
    .updateTable('payment_bills')
    .set({ recall_look_at: secondsAfter(clock.now(), LEASE_SECONDS) })
    .where((eb) =>
      eb(
        eb.refTuple('city_id', 'payment_id', 'position'),
        'in',
        eb
          .selectFrom('payment_bills')
          .select(['city_id', 'payment_id', 'position'])
          .where('recall_look_at', '<=', clock.now())
          .orderBy('recall_look_at')
          .limit(BATCH)
          .forUpdate()
          .skipLocked()
          .$asTuple('city_id', 'payment_id', 'position'),
      ),
    )
    .returningAll()
    .execute()
