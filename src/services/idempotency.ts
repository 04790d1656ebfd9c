import { asId, type IdempotencyKey } from '@/domain/ids'

/**
 * A key for one intent: 24 characters of time and chance (hosts have no `crypto`). Only the owner of the intent makes one: a key
 * made further down would turn a retry into a second intent.
 */
export function makeIdempotencyKey(nowMs: number, random: () => number): IdempotencyKey {
  const chance = () => random().toString(36).slice(2, 10).padEnd(8, '0')
  return asId<IdempotencyKey>(nowMs.toString(36).padStart(8, '0').slice(-8) + chance() + chance())
}

/** The key of what is about to be sent. */
export interface IntentKey {
  /** The same body keeps its key, so that it counts once however often it is sent; another body gets another key. */
  keyOf(body: unknown): IdempotencyKey
  /** Done or refused: the next request gets another key, even with the same body. */
  end(): void
}

/** For one act of a citizen that may be sent several times. */
export function createIntent(newKey: () => IdempotencyKey): IntentKey {
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
