import { sha256 } from '../city/ids'
import type { Queues } from '../city/ports'
import type { SandboxClock } from './clock'
import type { Faults } from './faults'

/** A hall calls somebody so often; the figure is counted anew with every call. */
const CALL_MS = 90_000
/** A machine that stopped shows what it counted then. */
const STALE_MS = 3 * 3600_000
const COUNTED_EVERY_MS = 120_000

const dice = (text: string): number => Number.parseInt(sha256(text).slice(0, 8), 16)

/** Queueing machines whose figures follow from the clock, so that two looks at one moment agree. */
export function createQueues(clock: SandboxClock, faults: Faults): Queues {
  const isMissing = (cityId: string) => faults.isOn('queue-missing', { cityId })
  const ageOf = (cityId: string, isOld = false) => (faults.isOn('queue-stale', { cityId }) || isOld ? STALE_MS : 0)
  return {
    waiting({ cityId, id, queue }) {
      if (queue === 'none' || isMissing(cityId)) return null
      const step = Math.floor(clock.now().getTime() / COUNTED_EVERY_MS)
      const countedAt = new Date(step * COUNTED_EVERY_MS - ageOf(cityId, queue === 'old'))
      return { count: (step * 7 + Number(id.slice(-4))) % 31, countedAt }
    },
    join: ({ id }) => 2 + (dice(id) % 4),
    position({ cityId, id, since, ahead }) {
      if (isMissing(cityId)) return null
      const calls = Math.max(0, Math.floor((clock.now().getTime() - since.getTime()) / CALL_MS))
      return {
        ahead: Math.max(0, ahead - calls),
        counter: calls > ahead ? 1 + (dice(`${id}/desk`) % 12) : null,
        countedAt: new Date(since.getTime() + calls * CALL_MS - ageOf(cityId)),
      }
    },
  }
}
