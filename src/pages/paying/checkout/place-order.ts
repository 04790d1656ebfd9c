import { type Bill, changedAmounts, isPayable } from '@/domain/bill'
import type { PaymentId } from '@/domain/ids'
import type { JournalEntry } from '@/domain/journal'
import type { Fen } from '@/domain/money'
import type { Payment } from '@/domain/payment'
import { type Instant, instantOf } from '@/domain/time'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'
import type { PaymentStart } from '@/services/payments'
import { stores } from '@/stores'
import { throughCashier } from '../cashier'

/** What the citizen agreed to. `bill` is as it was on the screen. */
export interface Order {
  readonly bill: Bill
  /** Knows that somebody paid it just now. */
  readonly acknowledgeRecent: boolean
  /** Knows that this phone has no room to write the payment down. */
  readonly withoutJournal: boolean
}

/** What must be asked before any money moves; `order` is what a yes means. */
export type Ask =
  | { readonly kind: 'changed'; readonly oldFen: Fen; readonly newFen: Fen; readonly order: Order }
  | { readonly kind: 'recent'; readonly paidAt: Instant | null; readonly order: Order }
  | { readonly kind: 'no-room'; readonly order: Order }

export type Placed =
  /** There is a payment now, ours or one that was under way: go and see how it stands. */
  | { readonly kind: 'payment'; readonly payment: PaymentId }
  /** Nothing was charged. `isOutdated`: the bill is no longer what the screen shows. */
  | {
      readonly kind: 'nothing'
      readonly ask: Ask | null
      readonly problem: ServiceError | null
      readonly isOutdated: boolean
    }

const journal = () => stores.journal.getState()

/**
 * The intent to pay this very bill: the one that was begun and never answered, on this page or before the app was killed,
 * or else a new one with a key of its own. One intent has one key, however often it is sent.
 */
function intentFor(bill: Bill): JournalEntry {
  const begun = journal().entries.find(
    (entry) =>
      entry.endedAt === undefined &&
      entry.paymentId === undefined &&
      entry.cashier === undefined &&
      entry.cityId === bill.cityId &&
      entry.amountFen === bill.amountFen &&
      entry.bills.length === 1 &&
      entry.bills[0]?.billId === bill.id &&
      entry.bills[0]?.version === bill.version,
  )
  return (
    begun ?? {
      key: services.newIdempotencyKey(),
      cityId: bill.cityId,
      bills: [{ billId: bill.id, version: bill.version }],
      amountFen: bill.amountFen,
      createdAt: instantOf(services.serverNow(bill.cityId)),
    }
  )
}

const nothing = (some: { ask?: Ask | null; problem?: ServiceError | null; isOutdated?: boolean }): Placed => ({
  kind: 'nothing',
  ask: null,
  problem: null,
  isOutdated: false,
  ...some,
})

/** A live payment of the same bill may be for other bills too, or for another amount: nobody agreed to that one here. */
const isAsAgreed = (payment: Payment, bill: Bill): boolean =>
  payment.amountFen === bill.amountFen && payment.bills.length === 1 && payment.bills[0]?.billId === bill.id

/**
 * Orders and opens the cashier: journal first, then the city, then the cashier. Never rejects. `onCashier` hears which
 * payment it is as the cashier opens.
 */
export async function placeOrder(
  order: Order,
  onCashier: (payment: PaymentId) => void,
  isRepeated = false,
): Promise<Placed> {
  const { bill } = order
  const entry = intentFor(bill)
  const isWritten = journal().write(entry)
  const now = () => services.serverNow(bill.cityId)
  if (!isWritten && !order.withoutJournal) {
    journal().drop(entry.key, now())
    return nothing({ ask: { kind: 'no-room', order: { ...order, withoutJournal: true } } })
  }
  let start: PaymentStart
  try {
    start = await create(order, entry)
  } catch (thrown) {
    const error = asServiceError(thrown)
    // The key was sent before with other words; a new one is safe, because a live payment would be given back.
    if (error.code === 'idempotency-conflict' && !isRepeated) {
      journal().drop(entry.key, now())
      return placeOrder(order, onCashier, true)
    }
    return afterRefusal(error, order, entry)
  }
  const { payment, cashier } = start
  if (cashier !== null && isAsAgreed(payment, bill)) {
    onCashier(payment.id)
    await throughCashier(entry, payment, cashier)
  } else {
    journal().settle(entry.key, payment, now())
  }
  return { kind: 'payment', payment: payment.id }
}

function create({ bill, acknowledgeRecent }: Order, entry: JournalEntry): Promise<PaymentStart> {
  return services.payments.create(
    bill.cityId,
    { bills: entry.bills, totalFen: bill.amountFen, ...(acknowledgeRecent && { acknowledgeRecent }) },
    entry.key,
  )
}

/** The city did not give a payment. Where it said no, the intent has ended; where nobody knows, it goes on with its key. */
function afterRefusal(error: ServiceError, order: Order, entry: JournalEntry): Placed {
  const isDefinite = error.kind === 'refused' || error.kind === 'signed-out' || error.kind === 'no-city'
  if (!isDefinite) return nothing({ problem: error })
  journal().drop(entry.key, services.serverNow(entry.cityId))
  switch (error.code) {
    case 'bill-changed':
      return afterChange(error, order)
    case 'recently-paid':
      return nothing({
        ask: { kind: 'recent', paidAt: error.paidAt ?? null, order: { ...order, acknowledgeRecent: true } },
      })
    case 'bill-settled':
    case 'bill-not-payable':
      return nothing({ isOutdated: true })
    default:
      return nothing({ problem: error, isOutdated: true })
  }
}

/** The bill is another one now. Nothing was charged; what it is now is asked about. */
function afterChange(error: ServiceError, order: Order): Placed {
  const { bill } = order
  const now = error.bills?.find(({ billId }) => billId === bill.id)
  if (now === undefined) return nothing({ problem: error, isOutdated: true })
  const changed: Bill = { ...bill, version: now.version, amountFen: now.amountFen }
  if (!isPayable(changed)) return nothing({ isOutdated: true })
  const [change] = changedAmounts([bill], [now])
  const ask: Ask = {
    kind: 'changed',
    oldFen: change?.oldFen ?? bill.amountFen,
    newFen: now.amountFen,
    order: { ...order, bill: changed },
  }
  return nothing({ ask, isOutdated: true })
}
