import { asId, type IdempotencyKey } from '@/domain/ids'

/**
 * A key for one intent: 24 characters of time and chance (hosts have no `crypto`). Only the owner of the intent makes one: a key
 * made further down would turn a retry into a second intent.
 */
export function makeIdempotencyKey(nowMs: number, random: () => number): IdempotencyKey {
  const chance = () => random().toString(36).slice(2, 10).padEnd(8, '0')
  return asId<IdempotencyKey>(nowMs.toString(36).padStart(8, '0').slice(-8) + chance() + chance())
}
