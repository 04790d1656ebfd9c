import type { BillKind } from './bill-kind'
import type { Strong } from './consistency'
import type { BillerId, BillId, CityId, MatchId, PaymentId, ReceiptId } from './ids'
import type { Fen } from './money'
import { type Day, type Instant, isPast } from './time'
import type { Unlisted } from './unlisted'

/**
 * Where a payment (支付) stands, as the city's server says.
 *
 * - `created`: agreed on, no cashier yet; `cashier-open`: one was handed out, so money may move at any moment
 * - `unknown`: the cashier closed without a clear result; `closing`: being closed, and a late payment may still cross it
 * - `paid`: money left the citizen; `credited`: the biller has it. Two clocks, never one
 * - `failed`, `closed`: nothing was taken
 * - `refunding`, `refunded`, `partly-refunded`: money going or gone back
 * - `unlisted`: nobody here can say; treated as `unknown`
 */
export type PaymentState =
  | 'created'
  | 'cashier-open'
  | 'unknown'
  | 'paid'
  | 'credited'
  | 'failed'
  | 'closed'
  | 'closing'
  | 'refunding'
  | 'refunded'
  | 'partly-refunded'
  | Unlisted

/**
 * Somebody who paid the wrong account asks for the money of that bill back (付错户号).
 *
 * - `stopped`: it was not credited and goes back; `agreed`: the biller gave it up and it goes back
 * - `asked`: the biller decides, by `decideBy`; `declined`: it stays with the biller
 */
export type Recall = {
  state: 'stopped' | 'asked' | 'agreed' | 'declined' | Unlisted
  reference: string
  askedAt: Instant
  decideBy?: Instant | undefined
  endedAt?: Instant | undefined
  /** With `declined`: why, in the biller's words. */
  reason?: string | undefined
}

/** One bill of a payment and what became of it: one failed item hides nothing of the others. */
export type PaymentBill = {
  billId: BillId
  version: number
  title: string
  kind: BillKind
  /** Distinguishes its account from the citizen's others: masked number or the citizen's own name for it, as the city puts it. */
  accountLabel?: string | undefined
  amountFen: Fen
  outcome: 'open' | 'credited' | 'not-credited' | 'refunded' | Unlisted
  creditedAt?: Instant | undefined
  /** The biller's promise, once paid. */
  creditBy?: Instant | undefined
  /** The citizen has asked for its money back. */
  recall?: Recall | undefined
  /** Found and paid without binding: it is in no list, and has no page among the bills. */
  unbound?: boolean | undefined
  /** Its account may be kept; asked once, as long as it is there. */
  keep?: { matchId: MatchId; until: Instant } | undefined
}

/** A bill as a receipt names it: whose it is, masked, and for which time. Cities of before do not say. */
export type PaidBill = PaymentBill & {
  account?:
    | {
        billerId: BillerId
        billerName: string
        maskedNumber: string
        maskedHolder?: string | undefined
        maskedAddress?: string | undefined
        /** Tells accounts apart whose masks are equal. */
        mark?: string | undefined
      }
    | undefined
  period?: { from: Day; to: Day } | undefined
}

/** How the refunds stand of a payment that still has some to give back; `failed` when one of them needs people. */
export type RefundStanding = 'pending' | 'failed' | Unlisted

/** How a payment stands: all that is needed to say it in one line, wherever it is shown. */
export type PaymentStanding = {
  id: PaymentId
  state: PaymentState
  refundedFen?: Fen | undefined
  refund?: RefundStanding | undefined
}

/** What a list shows of a payment: eventually consistent, always. */
export type PaymentSummary = {
  id: PaymentId
  cityId: CityId
  /** The payment number that people read out on the telephone. */
  reference: string
  state: PaymentState
  /** Goes up with every change on the server, never down. */
  version: number
  amountFen: Fen
  /** What has gone back of `amountFen`. */
  refundedFen?: Fen | undefined
  refund?: RefundStanding | undefined
  title: string
  /** With bills of one account: distinguishes it from the citizen's others. */
  accountLabel?: string | undefined
  billCount: number
  createdAt: Instant
  paidAt?: Instant | undefined
  receiptId?: ReceiptId | undefined
}

export type Payment = Omit<PaymentSummary, 'title' | 'accountLabel' | 'billCount' | 'refundedFen'> & {
  /** The fee in `amountFen`. */
  feeFen?: Fen | undefined
  refundedFen: Fen
  cashier: 'wechat' | 'alipay' | 'till' | Unlisted
  bills: readonly PaymentBill[]
  /** Until when the cashier takes the money. */
  expiresAt?: Instant | undefined
  /** While it waits to be paid: when the vendor, queried for this read, had taken nothing and was not deciding. */
  unpaidAsOf?: Instant | undefined
  /** Every bill is credited. `paidAt`, by contrast, is when money left the wallet. */
  creditedAt?: Instant | undefined
  /** The promise for credited, once paid. */
  creditBy?: Instant | undefined
}

/**
 * - `checkout`: another payment of its bills may be created there
 * - `detail`, `result`: the payment's own page, before and after the cashier
 */
export type PaymentScreen = 'checkout' | 'detail' | 'result'

/**
 * What a citizen may do. `pay` opens the cashier of this payment for the first time; `continue-cashier` opens the same
 * payment's cashier again (the vendor takes money once for one number); `pay-again` starts another payment.
 */
export type PaymentAction = 'pay' | 'continue-cashier' | 'check' | 'cancel' | 'pay-again' | 'receipt' | 'report'

export type Tone = 'neutral' | 'waiting' | 'success' | 'problem'

export type PaymentRule = {
  /** The screens that may be shown; the first is where the others send the citizen. */
  screens: readonly [PaymentScreen, ...PaymentScreen[]]
  /** What may be offered at most; `actionsFor` takes away what the moment forbids. The first is the main one. */
  actions: readonly PaymentAction[]
  /** Nothing more is expected to happen. */
  final: boolean
  /** Money may be on its way in either direction: a second payment must not be started, and a page showing it keeps asking. */
  mayBeMoving: boolean
  tone: Tone
}

const ENDED = { screens: ['result', 'checkout'], final: true, mayBeMoving: false } as const
const MOVING = { screens: ['result'], final: false, mayBeMoving: true } as const

/** The table that every payment page asks on every show: links, the back button, a second device and a reload end here. */
export const paymentRule: Readonly<Record<PaymentState, PaymentRule>> = {
  created: { screens: ['detail'], final: false, mayBeMoving: false, actions: ['pay', 'cancel'], tone: 'neutral' },
  'cashier-open': { ...MOVING, actions: ['continue-cashier', 'check', 'cancel'], tone: 'waiting' },
  unknown: { ...MOVING, actions: ['check', 'report'], tone: 'waiting' },
  unlisted: { ...MOVING, actions: ['check', 'report'], tone: 'waiting' },
  closing: { ...MOVING, actions: ['check', 'report'], tone: 'waiting' },
  paid: { ...MOVING, actions: ['receipt', 'check', 'report'], tone: 'waiting' },
  refunding: { ...MOVING, actions: ['check', 'report'], tone: 'waiting' },
  credited: { ...ENDED, actions: ['receipt', 'report'], tone: 'success' },
  failed: { ...ENDED, actions: ['pay-again', 'report'], tone: 'problem' },
  closed: { ...ENDED, actions: ['pay-again'], tone: 'neutral' },
  refunded: { ...ENDED, actions: ['pay-again', 'report'], tone: 'neutral' },
  'partly-refunded': { ...ENDED, actions: ['receipt', 'report'], tone: 'problem' },
}

/** The screen for a state: `requested` where the table allows it, otherwise the one to go to instead. */
export const screenFor = (state: PaymentState, requested: PaymentScreen): PaymentScreen => {
  const { screens } = paymentRule[state]
  return screens.includes(requested) ? requested : screens[0]
}

/** Each state's direct successors on the server. */
export const paymentSteps: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  created: ['cashier-open', 'closing', 'closed', 'failed'],
  'cashier-open': ['unknown', 'paid', 'failed', 'closing', 'closed'],
  unknown: ['cashier-open', 'paid', 'failed', 'closing', 'closed'],
  closing: ['closed', 'paid', 'failed', 'refunding'],
  paid: ['credited', 'refunding'],
  credited: ['refunding'],
  // Money can arrive after the end; "nothing was taken" may not be shown for longer than the server believes it.
  failed: ['paid', 'refunding'],
  closed: ['paid', 'refunding'],
  refunding: ['refunded', 'partly-refunded'],
  refunded: [],
  'partly-refunded': ['refunding'],
  unlisted: [],
}

/**
 * Whether a later read may show `to` after an earlier one showed `from`. A client sees samples, so any number of steps may
 * lie between; what it may never see is a way back. The place of an unlisted state is not known here: versions decide.
 */
export const canFollow = (from: PaymentState, to: PaymentState): boolean => {
  if (from === 'unlisted' || to === 'unlisted') return true
  const seen = new Set<PaymentState>([from])
  const open: PaymentState[] = [from]
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (state === to) return true
    for (const next of paymentSteps[state]) {
      if (!seen.has(next)) {
        seen.add(next)
        open.push(next)
      }
    }
  }
  return false
}

/**
 * Keeps the newer of two reads of one payment, whatever order they came in. Kept is `current` unless `incoming` is the same
 * payment with a higher version and a state that can follow. Both must be equally consistent: a lagging read never
 * replaces a strong one (it does not compile).
 */
export const advance = <P extends PaymentSummary | Payment>(current: P | null, incoming: P): P => {
  if (current === null) return incoming
  const same = current.id === incoming.id && current.cityId === incoming.cityId
  const newer = incoming.version > current.version && canFollow(current.state, incoming.state)
  return same && newer ? incoming : current
}

/** What the cashier reported on closing; `none` when it never did (app killed). It proves nothing about money. */
export type CashierOutcome = 'accepted' | 'cancelled' | 'failed' | 'unknown' | 'none'

/**
 * The state to show once the cashier has closed. `payment` must have been read after that. While the server still waits for
 * the money, `accepted` and `unknown` leave it unknown. `cancelled` and `failed` are believed only because the server, asked
 * afterwards, has seen no money either: the same payment may be paid once more in the same cashier. `none` leaves it unknown
 * until the vendor itself reports that it has taken nothing. Any later state of the server is simply the truth.
 */
export const stateAfterCashier = (payment: Strong<Payment>, outcome: CashierOutcome): PaymentState => {
  const undecided = payment.state === 'created' || payment.state === 'cashier-open'
  if (!undecided) return payment.state
  if (outcome === 'none') return payment.unpaidAsOf === undefined ? 'unknown' : 'cashier-open'
  return outcome === 'accepted' || outcome === 'unknown' ? 'unknown' : 'cashier-open'
}

/** What of a payment was on the screen when the citizen agreed to pay it. */
export type Agreed = {
  cityId: CityId
  /** Absent before the payment exists. */
  id?: PaymentId | undefined
  amountFen: Fen
  bills: readonly { billId: BillId; amountFen: Fen }[]
}

/** Whether a payment is the one that the citizen agreed to: the same city, amount and bills, each with its own amount. */
export const isAsAgreed = (payment: Payment, { cityId, id, amountFen, bills }: Agreed): boolean =>
  payment.cityId === cityId &&
  (id === undefined || payment.id === id) &&
  payment.amountFen === amountFen &&
  payment.bills.length === bills.length &&
  bills.every((bill) =>
    payment.bills.some((other) => other.billId === bill.billId && other.amountFen === bill.amountFen),
  )

/**
 * Why a cashier that a city hands out must not be opened: the payment does not wait for money, or it is a cashier of another
 * kind than this host's and the payment's own. Null when it may be.
 */
export const cashierProblem = (
  payment: Payment,
  cashierKind: Payment['cashier'],
  hostKind: Payment['cashier'],
): 'state' | 'kind' | null => {
  if (payment.state !== 'created' && payment.state !== 'cashier-open') return 'state'
  return cashierKind === hostKind && payment.cashier === hostKind ? null : 'kind'
}

/** True once money has left the citizen and is the biller's or on its way there. Only a strong read proves it. */
export const declaresSuccess = (payment: Strong<Payment>): boolean =>
  payment.state === 'paid' || payment.state === 'credited'

/** How the first clock stands: whether money left the wallet. `shown` is the state after `stateAfterCashier`. */
export type PaidClock = { kind: 'checking' | 'paying' | 'not-paid' | 'failed' } | { kind: 'paid'; at: Instant }

const unpaidClock: Readonly<Record<PaymentState, Exclude<PaidClock['kind'], 'paid'>>> = {
  created: 'paying',
  'cashier-open': 'paying',
  unknown: 'checking',
  unlisted: 'checking',
  closing: 'checking',
  paid: 'not-paid',
  credited: 'not-paid',
  closed: 'not-paid',
  refunding: 'not-paid',
  refunded: 'not-paid',
  'partly-refunded': 'not-paid',
  failed: 'failed',
}

export const paidClock = ({ paidAt }: Payment, shown: PaymentState): PaidClock =>
  paidAt === undefined ? { kind: unpaidClock[shown] } : { kind: 'paid', at: paidAt }

/**
 * How the second clock stands. `on-time` and `late` wait for the biller, measured against the promise; `no-promise` waits
 * without one; `not-paid` has nothing to wait for.
 */
export type CreditClock =
  | { kind: 'not-paid' | 'no-promise' }
  | { kind: 'on-time' | 'late'; by: Instant }
  | { kind: 'credited'; at: Instant }

/** Reads the second clock of a payment at the server's now, or that of one `bill` of it. */
export const creditClock = (
  payment: Payment,
  serverNowMs: number,
  bill: Pick<PaymentBill, 'creditedAt' | 'creditBy'> = payment,
): CreditClock => {
  const { creditedAt, creditBy } = bill
  if (creditedAt !== undefined) return { kind: 'credited', at: creditedAt }
  if (payment.state !== 'paid') return { kind: 'not-paid' }
  if (creditBy === undefined) return { kind: 'no-promise' }
  return { kind: isPast(creditBy, serverNowMs) ? 'late' : 'on-time', by: creditBy }
}

/** Whether the promise of the second clock is broken, for all of a paid payment or for one bill of it. */
export const isCreditLate = (payment: Payment, serverNowMs: number): boolean =>
  [payment, ...payment.bills].some((one) => creditClock(payment, serverNowMs, one).kind === 'late')

/** Whether money of it goes or went back. */
export const hasRefunds = ({ state, refundedFen }: Payment): boolean =>
  refundedFen > 0 || state === 'refunding' || state === 'refunded' || state === 'partly-refunded'

/**
 * What to offer now, main action first. No report on a paid one before the promise is broken, no cashier past its deadline,
 * no receipt before there is one. `shown` is the state after `stateAfterCashier`, when that differs from the payment's.
 */
export const actionsFor = (
  payment: Strong<Payment>,
  serverNowMs: number,
  shown: PaymentState = payment.state,
): PaymentAction[] => {
  const cashierShut = payment.expiresAt !== undefined && isPast(payment.expiresAt, serverNowMs)
  const late = isCreditLate(payment, serverNowMs)
  const actions = paymentRule[shown].actions.filter((action) => {
    if (action === 'pay' || action === 'continue-cashier') return !cashierShut
    if (action === 'receipt') return payment.receiptId !== undefined
    if (action === 'report') return shown !== 'paid' || late
    return true
  })
  return late ? ['report', ...actions.filter((action) => action !== 'report')] : actions
}

const SECOND = 1000

/**
 * How long to wait before asking again, given how long this page has been asking: every 3 to 5 s for a minute, then less and
 * less. Null after ten minutes: from then on only when the page is shown.
 */
export const nextPollDelay = (elapsedMs: number): number | null => {
  if (elapsedMs < 15 * SECOND) return 3 * SECOND
  if (elapsedMs < 60 * SECOND) return 5 * SECOND
  if (elapsedMs < 180 * SECOND) return 10 * SECOND
  if (elapsedMs < 600 * SECOND) return 30 * SECOND
  return null
}
