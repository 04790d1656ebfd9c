import type { Twist } from './books'

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
  /** Changes a bill after its digest was signed. */
  | 'file-changed'
  | 'closing-crossed'
  | 'refund-stuck'
  | 'notification-lost'
  | 'notification-late'
  | `notification-${Twist}`

/** Asks whether the vendor misbehaves this time. */
export interface Misbehaviours {
  take(name: Misbehaviour): boolean
}

/** Misbehaviours ordered one at a time. */
export function createMisbehaviours(): Misbehaviours & { order(name: Misbehaviour, times?: number): void } {
  const ordered = new Map<Misbehaviour, number>()
  return {
    order: (name, times = 1) => void ordered.set(name, (ordered.get(name) ?? 0) + times),
    take(name) {
      const left = ordered.get(name) ?? 0
      if (left > 0) ordered.set(name, left - 1)
      return left > 0
    },
  }
}
