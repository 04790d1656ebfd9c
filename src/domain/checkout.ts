import type { Account } from './account'
import type { Bill } from './bill'
import { type Bar, barOf } from './choice'
import type { Strong } from './consistency'
import type { BillId, CityId, PaymentId } from './ids'
import { type Intent, isSameRequest } from './journal'
import { type Biller, billerOf, type Manifest } from './manifest'
import type { Fen } from './money'
import { isAsAgreed, type Payment, screenFor } from './payment'
import { amountChoice, type Price, priceOf } from './price'
import type { Instant } from './time'

/** A bill to pay and, for a part or a top-up, how much of it. Without an amount: all that is left. */
export type BillSelection = { readonly bill: BillId; readonly amountFen?: Fen | undefined }

/** What of a payment no biller has, in the amounts of before: to be selected again. The bills as they are now decide. */
export const selectionToRepeat = ({ bills }: Payment): BillSelection[] =>
  bills
    .filter(({ outcome }) => outcome !== 'credited')
    .map(({ billId, amountFen }) => ({ bill: billId, ...(amountFen > 0 && { amountFen }) }))

/** Why a bill is not part of the payment. */
export type LeftOut = 'settled' | 'paying-other' | 'not-payable' | 'no-amount'

/** A selected bill as it is now, and what of it would be paid. */
export type CheckoutLine = {
  readonly bill: Strong<Bill>
  readonly account: Account
  readonly biller: Biller | null
  readonly amountFen: Fen
  /** A part or a top-up: the request states the amount. */
  readonly isChosen: boolean
  /** A part was selected, but the bill takes none: it is the whole now. */
  readonly isWholeInstead: boolean
  readonly leftOut: LeftOut | null
}

/** The selected bills, read strongly, with their city's manifest. */
export type CheckoutBills = { readonly lines: readonly CheckoutLine[]; readonly manifest: Manifest }

/** What can be paid of a bill. The selection proposes an amount; the bill decides. */
export const checkoutLineOf = (
  bill: Strong<Bill>,
  account: Account,
  manifest: Manifest,
  { amountFen }: BillSelection,
): CheckoutLine => {
  const choice = amountChoice(bill, amountFen)
  const line = {
    bill,
    account,
    biller: billerOf(manifest, bill.billerId),
    amountFen: 0,
    isChosen: choice.kind === 'part' || choice.kind === 'top-up',
    isWholeInstead: choice.kind === 'no-parts',
    leftOut: null,
  }
  if (choice.kind === 'nothing') return { ...line, leftOut: whyNotPayable(bill) }
  return 'amountFen' in choice ? { ...line, amountFen: choice.amountFen } : { ...line, leftOut: 'no-amount' }
}

const whyNotPayable = ({ status }: Bill): LeftOut => {
  if (status === 'paying') return 'paying-other'
  return status === 'not-payable' || status === 'top-up' ? 'not-payable' : 'settled'
}

/** What the citizen is about to agree to: exactly what the checkout shows. */
export type PaymentDraft = {
  readonly city: CityId
  /** Only bills that can be paid. */
  readonly lines: readonly CheckoutLine[]
  /** Bills and fees. */
  readonly totalFen: Fen
  /** Knows that these are bills of another city than the chosen one. */
  readonly acceptsOtherCity: boolean
  /** Knows that somebody paid one of them just now. */
  readonly acknowledgeRecent: boolean
  /** Knows that this phone cannot store the intent. */
  readonly acceptsNoJournal: boolean
}

/** All that can be paid of these bills now. */
export const draftOf = (city: CityId, { lines, manifest }: CheckoutBills): PaymentDraft => {
  const payable = lines.filter(({ leftOut }) => leftOut === null)
  const { totalFen } = priceOf(payable, manifest.billers)
  return {
    city,
    lines: payable,
    totalFen,
    acceptsOtherCity: false,
    acknowledgeRecent: false,
    acceptsNoJournal: false,
  }
}

/** A draft as an intent states it. */
export const requestOf = ({ city, lines, totalFen, acknowledgeRecent }: PaymentDraft) => ({
  cityId: city,
  bills: lines.map(({ bill, amountFen, isChosen }) => ({
    billId: bill.id,
    version: bill.version,
    ...(isChosen && { amountFen }),
  })),
  amountFen: totalFen,
  ...(acknowledgeRecent && { acknowledgeRecent }),
})

/**
 * The intent to resume for a draft: begun on this page or before the app was killed, without a response. One intent has one
 * key, however often it is sent. Null: a new one is due.
 */
export const intentToResume = (intents: readonly Intent[], draft: PaymentDraft): Intent | null =>
  intents.find(
    (intent) =>
      intent.endedAt === undefined &&
      intent.paymentId === undefined &&
      intent.cashier === undefined &&
      isSameRequest(requestOf(draft), intent),
  ) ?? null

/** Whether a payment is what the draft shows. A live payment of the same bill may be for other bills or another amount. */
export const isPaymentOf = (payment: Payment, { city, lines, totalFen }: PaymentDraft): boolean =>
  isAsAgreed(payment, {
    cityId: city,
    amountFen: totalFen,
    bills: lines.map(({ bill, amountFen }) => ({ billId: bill.id, amountFen })),
  })

/** Whose bills need a look at holder and address before money goes to a stranger (M8). */
export type Warning = { readonly kind: 'first' | 'someone-else'; readonly lines: readonly CheckoutLine[] }

/** Who has found it by a decision or a voucher named what stands on it; there is no address to look at. */
const isProven = ({ bill }: CheckoutLine): boolean =>
  bill.unbound === true && (bill.kind === 'fine' || bill.kind === 'tax')

/** `first`: never paid by this citizen, to be confirmed; `someone-else`: paid before, to be noticed. */
export const warningOf = (all: readonly CheckoutLine[]): Warning | null => {
  const lines = all.filter((line) => !isProven(line))
  const first = lines.filter(({ account }) => !account.paidBefore)
  if (first.length > 0) return { kind: 'first', lines: first }
  const others = lines.filter(({ account }) => account.relation === 'someone-else')
  return others.length > 0 ? { kind: 'someone-else', lines: others } : null
}

/** A question before any money moves; `draft` is what a yes agrees to. */
export type Question =
  | { readonly kind: 'other-city'; readonly draft: PaymentDraft }
  | { readonly kind: 'changed'; readonly before: PaymentDraft; readonly draft: PaymentDraft }
  | { readonly kind: 'recent'; readonly paidAt: Instant | null; readonly draft: PaymentDraft }
  | { readonly kind: 'no-room'; readonly draft: PaymentDraft }

/** What creating a payment ended in. */
export type CreateResult<Problem> =
  /** There is a payment, a new one or one that was under way: its page says how it stands. */
  | { readonly kind: 'created'; readonly payment: PaymentId }
  /** Nothing was charged. `isOutdated`: the bills are no longer what the screen shows. */
  | {
      readonly kind: 'not-created'
      readonly question: Question | null
      readonly problem: Problem | null
      readonly isOutdated: boolean
    }

/**
 * Where a checkout is.
 *
 * - `settling`: earlier intents for these bills are being reconciled
 * - `open`: the citizen looks and decides
 * - `creating`: a payment is being created; a second tap does nothing
 * - `cashier`, `created`: it has a payment
 */
export type CheckoutState<Problem> =
  | {
      readonly status: 'settling' | 'open' | 'creating'
      readonly question: Question | null
      readonly problem: Problem | null
    }
  | { readonly status: 'cashier'; readonly payment: PaymentId }
  | { readonly status: 'created'; readonly payment: PaymentId }

export type CheckoutEvent<Problem> =
  | { readonly kind: 'settling' | 'settled' | 'declined' | 'cashier-silent' }
  | { readonly kind: 'pay'; readonly draft: PaymentDraft; readonly isOtherCity: boolean }
  | { readonly kind: 'cashier-opened'; readonly payment: PaymentId }
  | CreateResult<Problem>

/** The one reducer of the checkout. What does not fit the state changes nothing. */
export const reduceCheckout = <Problem>(
  state: CheckoutState<Problem>,
  event: CheckoutEvent<Problem>,
): CheckoutState<Problem> => {
  if (state.status === 'created') return state
  if (state.status === 'cashier') {
    if (event.kind === 'created') return { status: 'created', payment: event.payment }
    // Some hosts never call back.
    return event.kind === 'cashier-silent' ? { status: 'created', payment: state.payment } : state
  }
  switch (event.kind) {
    case 'settling':
      return state.status === 'open' ? { ...state, status: 'settling' } : state
    case 'settled':
      return state.status === 'settling' ? { ...state, status: 'open' } : state
    case 'declined':
      return { ...state, question: null, problem: null }
    case 'pay': {
      if (state.status !== 'open') return state
      const { draft, isOtherCity } = event
      if (!isOtherCity || draft.acceptsOtherCity) return { ...state, status: 'creating', problem: null }
      return {
        status: 'open',
        question: { kind: 'other-city', draft: { ...draft, acceptsOtherCity: true } },
        problem: null,
      }
    }
    case 'cashier-opened':
    case 'created':
      if (state.status !== 'creating') return state
      return { status: event.kind === 'created' ? 'created' : 'cashier', payment: event.payment }
    case 'not-created':
      if (state.status !== 'creating') return state
      return { status: 'open', question: event.question, problem: event.problem }
    case 'cashier-silent':
      return state
  }
}

/** What a checkout shows. */
export type CheckoutView =
  | { readonly status: 'settling' | 'cashier' | 'unread' }
  /** The end of an earlier intent is not known yet, and this draft is another one. */
  | { readonly status: 'still-open' }
  /** The bills have a payment already: it is shown, and no other is created. */
  | { readonly status: 'elsewhere'; readonly payment: PaymentId }
  /** None of the bills can be paid. */
  | { readonly status: 'closed'; readonly lines: readonly CheckoutLine[] }
  | {
      readonly status: 'ready'
      readonly draft: PaymentDraft
      /** Selected, and not part of the payment. */
      readonly leftOut: readonly CheckoutLine[]
      readonly price: Price
      readonly warning: Warning | null
      readonly bar: Bar | null
    }

/**
 * What to show. `open` are the open intents of these bills; `bills` is null until they are read; `nowMs` is the server's
 * time.
 */
export const viewCheckout = (
  state: CheckoutState<unknown>,
  { city, open, bills, nowMs }: { city: CityId; open: readonly Intent[]; bills: CheckoutBills | null; nowMs: number },
): CheckoutView => {
  if (state.status === 'created') return { status: 'elsewhere', payment: state.payment }
  if (state.status === 'settling' || state.status === 'cashier') return { status: state.status }
  const payment = state.status === 'open' ? paymentElsewhere(open, bills) : null
  if (payment !== null) return { status: 'elsewhere', payment }
  if (bills === null) return { status: 'unread' }
  const draft = draftOf(city, bills)
  // An intent without a response goes on with its own key, or is waited for.
  const isOther = (intent: Intent) =>
    !isSameRequest(requestOf({ ...draft, acknowledgeRecent: intent.acknowledgeRecent === true }), intent)
  if (state.status === 'open' && open.some(isOther)) return { status: 'still-open' }
  if (draft.lines.length === 0) return { status: 'closed', lines: bills.lines }
  const price = priceOf(draft.lines, bills.manifest.billers)
  return {
    status: 'ready',
    draft,
    leftOut: bills.lines.filter(({ leftOut }) => leftOut !== null),
    price,
    warning: warningOf(draft.lines),
    bar: barOf(draft.lines.length, price, bills.manifest, nowMs),
  }
}

/** The payment that these bills have already, known to this phone's journal or to the city. */
const paymentElsewhere = (open: readonly Intent[], bills: CheckoutBills | null): PaymentId | null => {
  const journaled = open.flatMap(({ paymentId }) => paymentId ?? [])
  const read = bills?.lines.flatMap(({ bill: { payment, status, paymentId } }) => {
    if (payment && screenFor(payment.state, 'checkout') !== 'checkout') return payment.id
    return (status === 'paying' && paymentId) || []
  })
  return journaled[0] ?? read?.[0] ?? null
}
