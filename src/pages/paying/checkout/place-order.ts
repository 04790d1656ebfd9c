import type { CityId, PaymentId } from '@/domain/ids'
import { type Intent, isSameRequest } from '@/domain/journal'
import type { Fen } from '@/domain/money'
import { isAsAgreed, type Payment } from '@/domain/payment'
import { priceOf } from '@/domain/price'
import { type Instant, instantOf } from '@/domain/time'
import type { BillSelection } from '@/routes'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'
import type { PaymentStart } from '@/services/payments'
import { stores } from '@/stores'
import { throughCashier } from '../parts/cashier'
import { type Facts, type Line, readFacts } from './lines'

/** What the citizen agreed to, as it was on the screen. */
export interface Order {
  readonly city: CityId
  readonly lines: readonly Line[]
  readonly totalFen: Fen
  /** Knows that these are bills of another city than the chosen one. */
  readonly knowsCity: boolean
  /** Knows that somebody paid one of them just now. */
  readonly acknowledgeRecent: boolean
  /** Knows that this phone has no room to write the payment down. */
  readonly withoutJournal: boolean
}

/** What must be asked before any money moves; `order` is what a yes means. */
export type Ask =
  | { readonly kind: 'other-city'; readonly order: Order }
  | { readonly kind: 'changed'; readonly before: Order; readonly order: Order }
  | { readonly kind: 'recent'; readonly paidAt: Instant | null; readonly order: Order }
  | { readonly kind: 'no-room'; readonly order: Order }

export type Placed =
  /** There is a payment now, ours or one that was under way: go and see how it stands. */
  | { readonly kind: 'payment'; readonly payment: PaymentId }
  /** Nothing was charged. `isOutdated`: the bills are no longer what the screen shows. */
  | {
      readonly kind: 'nothing'
      readonly ask: Ask | null
      readonly problem: ServiceError | null
      readonly isOutdated: boolean
    }

/** All that can be paid of these bills now. */
export const orderOf = (city: CityId, { lines, manifest }: Facts): Order => {
  const open = lines.filter(({ leftOut }) => leftOut === null)
  const { totalFen } = priceOf(open, manifest.billers)
  return { city, lines: open, totalFen, knowsCity: false, acknowledgeRecent: false, withoutJournal: false }
}

/** The same from what the city says now. */
export const readOrder = async (city: CityId, wanted: readonly BillSelection[]): Promise<Order> =>
  orderOf(city, await readFacts(city, wanted))

const nothing = (some: { ask?: Ask; problem?: ServiceError | null; isOutdated?: boolean }): Placed => ({
  kind: 'nothing',
  ask: null,
  problem: null,
  isOutdated: false,
  ...some,
})

const journal = () => stores.journal.getState()

const asked = ({ city, lines, totalFen, acknowledgeRecent }: Order) => ({
  cityId: city,
  bills: lines.map(({ bill, amountFen, isChosen }) => ({
    billId: bill.id,
    version: bill.version,
    ...(isChosen && { amountFen }),
  })),
  amountFen: totalFen,
  ...(acknowledgeRecent && { acknowledgeRecent }),
})

/** Whether an intent asks for just what this order does. */
export const isIntentOf = (order: Order, intent: Intent): boolean => isSameRequest(asked(order), intent)

/**
 * The intent to pay just this: the one that was begun and never answered, on this page or before the app was killed, or else
 * a new one with a key of its own. One intent has one key, however often it is sent.
 */
function intentFor(order: Order): Intent {
  const begun = journal().intents.find(
    (intent) =>
      intent.endedAt === undefined &&
      intent.paymentId === undefined &&
      intent.cashier === undefined &&
      isIntentOf(order, intent),
  )
  return (
    begun ?? {
      key: services.newIdempotencyKey(),
      ...asked(order),
      createdAt: instantOf(services.serverNow(order.city)),
    }
  )
}

/** A live payment of the same bill may be for other bills too, or for another amount: nobody agreed to that one here. */
const isFor = (payment: Payment, { city, lines, totalFen }: Order): boolean =>
  isAsAgreed(payment, {
    cityId: city,
    amountFen: totalFen,
    bills: lines.map(({ bill, amountFen }) => ({ billId: bill.id, amountFen })),
  })

/**
 * Orders and opens the cashier: journal first, then the city, then the cashier. Never rejects. `onCashier` hears which
 * payment it is as the cashier opens.
 */
export async function placeOrder(
  order: Order,
  onCashier: (payment: PaymentId) => void,
  isRepeated = false,
): Promise<Placed> {
  const intent = intentFor(order)
  const isWritten = journal().write(intent)
  const now = () => services.serverNow(order.city)
  if (!isWritten && !order.withoutJournal) {
    journal().drop(intent.key, now())
    return nothing({ ask: { kind: 'no-room', order: { ...order, withoutJournal: true } } })
  }
  let start: PaymentStart
  try {
    const { bills, amountFen: totalFen, acknowledgeRecent } = intent
    start = await services.payments.create(order.city, { bills, totalFen, acknowledgeRecent }, intent.key)
  } catch (thrown) {
    const error = asServiceError(thrown)
    // The key was sent before with other words; a new one is safe, because a live payment would be given back.
    if (error.code === 'idempotency-conflict' && !isRepeated) {
      journal().drop(intent.key, now())
      return placeOrder(order, onCashier, true)
    }
    return afterRefusal(error, order, intent)
  }
  const { payment, cashier } = start
  if (cashier !== null && isFor(payment, order)) {
    onCashier(payment.id)
    await throughCashier(intent, payment, cashier)
  } else {
    journal().settle(intent.key, payment, now())
  }
  return { kind: 'payment', payment: payment.id }
}

/** The city did not give a payment. Where it said no, the intent has ended; where nobody knows, it goes on with its key. */
async function afterRefusal(problem: ServiceError, order: Order, intent: Intent): Promise<Placed> {
  // Nobody agreed to what was answered. There may be a payment all the same: what it is now is read by the intent's key.
  if (problem.kind === 'contract-broken') return readAgain(problem, intent)
  const isDefinite = problem.kind === 'refused' || problem.kind === 'signed-out' || problem.kind === 'no-city'
  if (!isDefinite) return nothing({ problem })
  journal().drop(intent.key, services.serverNow(intent.cityId))
  switch (problem.code) {
    case 'bill-changed':
      return afterChange(problem, order)
    case 'recently-paid': {
      const knowing = { ...order, acknowledgeRecent: true }
      return nothing({ ask: { kind: 'recent', paidAt: problem.paidAt ?? null, order: knowing } })
    }
    default:
      return nothing({ problem, isOutdated: true })
  }
}

async function readAgain(problem: ServiceError, intent: Intent): Promise<Placed> {
  try {
    const payment = await services.payments.find(intent.cityId, intent.key)
    journal().settle(intent.key, payment, services.serverNow(intent.cityId))
    return { kind: 'payment', payment: payment.id }
  } catch {
    return nothing({ problem })
  }
}

/** Bills or fees are others now. Nothing was charged; what they are now is asked about. */
async function afterChange(problem: ServiceError, before: Order): Promise<Placed> {
  const wanted = before.lines.map(({ bill, amountFen, isChosen }) =>
    isChosen ? { bill: bill.id, amountFen } : { bill: bill.id },
  )
  try {
    const { lines, totalFen } = await readOrder(before.city, wanted)
    if (lines.length === 0) return nothing({ problem, isOutdated: true })
    return nothing({ ask: { kind: 'changed', before, order: { ...before, lines, totalFen } }, isOutdated: true })
  } catch {
    return nothing({ problem, isOutdated: true })
  }
}
