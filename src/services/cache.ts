import type { CitizenId, CityId } from '@/domain/ids'
import { type Instant, readInstant } from '@/domain/time'
import type { Storage } from '@/platform/types'

/** The last good responses, for a phone without network. Only what cities send masked; no token, no input. */
export interface Cache {
  put(name: CacheKey, wire: unknown, asOf: Instant): void
  /** Not validated: stored data is untrusted, like a city's response. */
  get(name: CacheKey): { wire: unknown; asOf: Instant } | null
  /** Sets whose the `own` responses of a city are, and deletes all others'. Null after signing out. */
  setOwner(city: CityId, citizen: CitizenId | null): void
  /** Deletes the older half, or all when there are few. */
  makeRoom(): void
}

export interface CacheKey {
  readonly city: CityId
  readonly of: 'city' | 'own'
  readonly language: string
  readonly target: string
}

const prefix = 'kept:'
/** Raise it when stored responses can no longer be read. */
const version = 1
const maxEntries = 60

const keyOf = ({ city, of, language, target }: CacheKey) => `${prefix}${city}:${of}:${language}:${target}`

export function createCache(storage: Storage): Cache {
  const read = (key: string): { wire: unknown; asOf: Instant } | null => {
    const entry = storage.get(key)
    if (typeof entry !== 'object' || entry === null) return null
    const { version: written, wire, asOf }: { version?: unknown; wire?: unknown; asOf?: unknown } = entry
    return written === version && typeof asOf === 'string' && readInstant(asOf) !== null ? { wire, asOf } : null
  }
  const keys = () => storage.keys().filter((key) => key.startsWith(prefix))
  const deleteAllBut = (count: number) => {
    const age = (key: string) => readInstant(read(key)?.asOf) ?? 0
    const byAge = keys()
      .map((key) => ({ key, at: age(key) }))
      .sort((a, b) => b.at - a.at)
    for (const { key } of byAge.slice(count)) storage.remove(key)
  }
  const makeRoom = () => {
    const { length } = keys()
    deleteAllBut(length < 4 ? 0 : length >> 1)
  }
  return {
    put(name, wire, asOf) {
      const key = keyOf(name)
      const entry = { version, wire, asOf }
      if (!storage.set(key, entry)) {
        makeRoom()
        // No room: an outdated response is worse than none.
        if (!storage.set(key, entry)) storage.remove(key)
      }
      if (keys().length > maxEntries) deleteAllBut(maxEntries >> 1)
    },
    get: (name) => read(keyOf(name)),
    setOwner(city, citizen) {
      const ownerKey = `kept-for:${city}`
      if (citizen !== null && storage.get(ownerKey) === citizen) return
      for (const key of keys()) if (key.startsWith(`${prefix}${city}:own:`)) storage.remove(key)
      if (citizen === null) storage.remove(ownerKey)
      else storage.set(ownerKey, citizen)
    },
    makeRoom,
  }
}
