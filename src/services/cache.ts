import type { CitizenId, CityId } from '@/domain/ids'
import { type Instant, readInstant } from '@/domain/time'
import type { Storage } from '@/platform/types'

/** The last good answers, for a phone without network. Only what cities send masked is kept; no token, nothing typed. */
export interface Cache {
  put(name: KeptName, wire: unknown, asOf: Instant): void
  /** Unchecked: storage is read like a city's answer. */
  get(name: KeptName): { wire: unknown; asOf: Instant } | null
  /** Whose the `own` ones of a city are, from now on; those of anybody else are forgotten. Null when they signed out. */
  setOwner(city: CityId, citizen: CitizenId | null): void
  /** Forgets the older half, or all when little is kept. */
  makeRoom(): void
}

export interface KeptName {
  readonly city: CityId
  readonly of: 'city' | 'own'
  readonly language: string
  readonly target: string
}

const prefix = 'kept:'
/** Goes up when answers of before can not be read any more. */
const version = 1
const mostKept = 60

const keyOf = ({ city, of, language, target }: KeptName) => `${prefix}${city}:${of}:${language}:${target}`

export function createCache(storage: Storage): Cache {
  const read = (key: string): { wire: unknown; asOf: Instant } | null => {
    const entry = storage.get(key)
    if (typeof entry !== 'object' || entry === null) return null
    const { version: written, wire, asOf }: { version?: unknown; wire?: unknown; asOf?: unknown } = entry
    return written === version && typeof asOf === 'string' && readInstant(asOf) !== null ? { wire, asOf } : null
  }
  const keys = () => storage.keys().filter((key) => key.startsWith(prefix))
  const forgetAllBut = (count: number) => {
    const age = (key: string) => readInstant(read(key)?.asOf) ?? 0
    const byAge = keys()
      .map((key) => ({ key, at: age(key) }))
      .sort((a, b) => b.at - a.at)
    for (const { key } of byAge.slice(count)) storage.remove(key)
  }
  const makeRoom = () => {
    const { length } = keys()
    forgetAllBut(length < 4 ? 0 : length >> 1)
  }
  return {
    put(name, wire, asOf) {
      const key = keyOf(name)
      const entry = { version, wire, asOf }
      if (!storage.set(key, entry)) {
        makeRoom()
        // What is older than the truth is worse than nothing.
        if (!storage.set(key, entry)) storage.remove(key)
      }
      if (keys().length > mostKept) forgetAllBut(mostKept >> 1)
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
