import { asId, type IdempotencyKey } from '@/domain/ids'

/**
 * A key for one intent: 24 characters of time and chance (hosts have no `crypto`). Only the owner of the intent makes one: a key
 * made further down would turn a retry into a second intent.
 */
export function makeIdempotencyKey(nowMs: number, random: () => number): IdempotencyKey {
  const chance = () => random().toString(36).slice(2, 10).padEnd(8, '0')
  return asId<IdempotencyKey>(nowMs.toString(36).padStart(8, '0').slice(-8) + chance() + chance())
}

/** What is about to be sent, and its key. */
export interface Intent {
  /** The same body keeps its key, so that it counts once however often it is sent; another body gets another key. */
  keyOf(body: unknown): IdempotencyKey
  /** It is done or refused: the next one is another, even with the same body. */
  end(): void
}

/** One act of a citizen that may be sent several times. */
export function createIntent(newKey: () => IdempotencyKey): Intent {
  let last: { body: string; key: IdempotencyKey } | null = null
  return {
    keyOf(value) {
      const body = JSON.stringify(value)
      if (last?.body !== body) last = { body, key: newKey() }
      return last.key
    },
    end() {
      last = null
    },
  }
}
