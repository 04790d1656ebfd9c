import type { Strong } from './consistency'
import type { Intent } from './journal'
import {
  actionsFor,
  advance,
  type Payment,
  type PaymentAction,
  type PaymentState,
  paymentRule,
  stateAfterCashier,
} from './payment'

/** The newest strong read of the payment. */
export type PaymentRead = {
  readonly payment: Strong<Payment>
  /** The server's time of the last response. */
  readonly checkedMs: number
  /** The clock when it was requested. */
  readonly requestClock: number
}

/** Why an act of the citizen did not end well. */
export type Trouble<Problem> =
  | { readonly kind: 'not-opened' | 'not-closed' | 'not-recalled'; readonly error: Problem }
  /** No room to store the intent; the citizen may go on without. */
  | { readonly kind: 'no-room' }

export type PaymentPageState<Problem> = {
  readonly read: PaymentRead | null
  readonly isInCashier: boolean
  /** Logical clock: goes up when the cashier closes. Orders reads and closings. */
  readonly clock: number
  readonly trouble: Trouble<Problem> | null
}

export type PaymentPageEvent<Problem> =
  /** A strong response; responses may arrive out of order. */
  | {
      readonly kind: 'read'
      readonly payment: Strong<Payment>
      readonly checkedMs: number
      readonly requestClock: number
    }
  | { readonly kind: 'cashier-opened' | 'cashier-closed' | 'act-began' | 'dismissed' }
  | { readonly kind: 'failed'; readonly trouble: Trouble<Problem> }

export const unreadPayment: PaymentPageState<never> = { read: null, isInCashier: false, clock: 0, trouble: null }

/** The one reducer of the payment page. */
export const reducePayment = <Problem>(
  state: PaymentPageState<Problem>,
  event: PaymentPageEvent<Problem>,
): PaymentPageState<Problem> => {
  switch (event.kind) {
    case 'read': {
      const { payment, checkedMs } = event
      const requestClock = Math.max(event.requestClock, state.read?.requestClock ?? 0)
      return { ...state, read: { payment: advance(state.read?.payment ?? null, payment), checkedMs, requestClock } }
    }
    case 'cashier-opened':
      return { ...state, isInCashier: true }
    case 'cashier-closed':
      return { ...state, isInCashier: false, clock: state.clock + 1 }
    case 'act-began':
    case 'dismissed':
      return { ...state, trouble: null }
    case 'failed':
      return { ...state, trouble: event.trouble }
  }
}

/** What a payment page shows of a payment that was read. */
export type PaymentView = {
  readonly payment: Strong<Payment>
  /** The state to show: the server's, with the cashier's result where the server still waits. */
  readonly shown: PaymentState
  readonly actions: readonly PaymentAction[]
  /** The page keeps asking. */
  readonly polls: boolean
}

/**
 * Decides it. `intent` is the open intent of the payment on this phone; `nowMs` is the server's time. A read requested before
 * the cashier closed says nothing about the money now.
 */
export const viewPayment = (
  { read, clock, isInCashier }: PaymentPageState<unknown>,
  intent: Intent | null,
  nowMs: number,
): PaymentView | null => {
  if (read === null) return null
  const { payment, requestClock } = read
  const cashierOutcome = requestClock < clock ? 'unknown' : intent?.cashier
  const shown = cashierOutcome === undefined ? payment.state : stateAfterCashier(payment, cashierOutcome)
  return {
    payment,
    shown,
    actions: actionsFor(payment, nowMs, shown),
    polls: paymentRule[shown].mayBeMoving && !isInCashier,
  }
}
