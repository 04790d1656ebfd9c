import type { PaymentBill, RecallState } from '../../contract/wire/types.gen'

/** How a bill of a payment stands when somebody wants it back. */
export type Recallable = {
  outcome: PaymentBill['outcome']
  /** Whether the biller was told to credit it: then only the biller knows whether it has the money. */
  isSent: boolean
  recall: RecallState | null
}

/**
 * - `stop`: nobody has it yet; it goes back and is never credited
 * - `ask`: the biller has it, or may have it, and decides
 * - `known`: it was asked for before; the answer is how that stands
 * - `refuse`: it is on its way back already, or nothing was paid
 */
export type RecallStep = 'stop' | 'ask' | 'known' | 'refuse'

const steps: Readonly<Record<PaymentBill['outcome'], Readonly<Record<'sent' | 'unsent', 'stop' | 'ask' | 'refuse'>>>> =
  {
    open: { unsent: 'stop', sent: 'ask' },
    credited: { unsent: 'ask', sent: 'ask' },
    'not-credited': { unsent: 'refuse', sent: 'refuse' },
    refunded: { unsent: 'refuse', sent: 'refuse' },
  }

/** What becomes of asking for a bill's money back; asked twice it is one recall. */
export const recallStep = ({ outcome, isSent, recall }: Recallable): RecallStep =>
  recall === null ? steps[outcome][isSent ? 'sent' : 'unsent'] : 'known'

/** What the biller, or people for it, say of a recall that was put to them; `open`: nothing yet. */
export type RecallDecision = 'agreed' | 'declined' | 'open'

/**
 * Where the money of a bill goes when a recall that was `asked` ends: `back` to who paid it, or it `stays`; `waits` while nobody has decided.
 * A bill whose money is on its way back already is not given back twice.
 */
export function afterDecision(outcome: PaymentBill['outcome'], decision: RecallDecision): 'back' | 'stays' | 'waits' {
  if (outcome === 'not-credited' || outcome === 'refunded') return 'stays'
  return decision === 'agreed' ? 'back' : decision === 'declined' ? 'stays' : 'waits'
}
