import type { BookedOrder, Twist } from './books'

/** What a vendor does wrong when it is asked to. */
export type Misbehaviour =
  /** Refuses with its code for "something went wrong here", and does nothing. */
  | 'system-error'
  /** Refuses because it is called too often. */
  | 'busy'
  /** Never answers, and does nothing. */
  | 'timeout'
  /** Does it, then hangs up. */
  | 'answer-lost'
  /** Answers with a signature by another key. */
  | 'bad-signature'
  /** Answers without a signature. */
  | 'no-signature'
  /** Answers with genuine news of long ago. */
  | 'old-answer'
  /** Adds to a genuine answer what it never signed. */
  | 'answer-appended'
  /** Answers about another order, app or merchant. */
  | 'other-order'
  | 'other-app'
  | 'other-merchant'
  /** Has made another token meanwhile. */
  | 'token-expired'
  /** Changes a bill after its digest was signed. */
  | 'file-changed'
  | 'closing-crossed'
  | 'refund-stuck'
  | 'notification-lost'
  | 'notification-late'
  | `notification-${Twist}`

/** What lasts until it is switched off: nobody knows whether an order is paid, refunds do not arrive, refunds fail, payers have no money. */
export type Trouble = 'undecided' | 'refunds-held' | 'refunds-fail' | 'no-money'

/** Asks whether the vendor misbehaves this time, and with this order. */
export interface Misbehaviours {
  take(name: Misbehaviour): boolean
  /** The same with an order: what concerns a city's faults is known to all instances. */
  takeFor(name: Misbehaviour, order: BookedOrder): Promise<boolean>
  isIn(trouble: Trouble, order: Pick<BookedOrder, 'reference' | 'notifyUrl'>): boolean
}

/** Misbehaviours ordered one at a time. @public: tests of the adapters order them. */
export function createMisbehaviours(): Misbehaviours & { order(name: Misbehaviour, times?: number): void } {
  const ordered = new Map<Misbehaviour, number>()
  function take(name: Misbehaviour): boolean {
    const left = ordered.get(name) ?? 0
    if (left > 0) ordered.set(name, left - 1)
    return left > 0
  }
  return {
    isIn: () => false,
    order: (name, times = 1) => void ordered.set(name, (ordered.get(name) ?? 0) + times),
    take,
    takeFor: async (name) => take(name),
  }
}
