import { asId, type IdempotencyKey } from '@/domain/ids'

/**
 * A key for one intent: 24 characters of the time and of chance (hosts have no `crypto`). Whoever has the intent makes it
 * and keeps it; nothing below the caller makes one, or a repetition could be taken for a second intent.
 */
export function makeIdempotencyKey(nowMs: number, random: () => number): IdempotencyKey {
  const chance = () => random().toString(36).slice(2, 10).padEnd(8, '0')
  return asId<IdempotencyKey>(nowMs.toString(36).padStart(8, '0').slice(-8) + chance() + chance())
}
