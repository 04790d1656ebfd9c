import * as v from 'valibot'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type CityId, readCityId } from '@/domain/ids'
import type { Storage } from '@/platform/types'
import { persisted, readable } from './persisted'

export interface CityState {
  /** Null until the citizen chooses one. Links and payments carry their own city; this is only where home is. */
  readonly city: CityId | null
  /** Former choices, the latest first, without the present one. */
  readonly recents: readonly CityId[]
  choose(city: CityId): void
  /** As on a new phone; storage is the caller's. */
  forget(): void
}

const mostRecents = 6

const vCityId = v.custom<CityId>((value) => readCityId(value) !== null)
const vChoice = v.object({
  city: v.fallback(v.nullable(vCityId), null),
  recents: v.fallback(
    v.pipe(
      readable(vCityId),
      v.transform((all) => all.slice(0, mostRecents)),
    ),
    [],
  ),
})

export function createCity(storage: Storage): StoreApi<CityState> {
  const stored = persisted({ storage, key: 'city', version: 1, schema: vChoice })
  return createStore<CityState>()((set, get) => ({
    ...(stored.read() ?? { city: null, recents: [] }),
    choose(city) {
      const { city: before, recents } = get()
      const older = [...(before ? [before] : []), ...recents].filter((other) => other !== city)
      const choice = { city, recents: Array.from(new Set(older)).slice(0, mostRecents) }
      set(choice)
      stored.write(choice)
    },
    forget: () => set({ city: null, recents: [] }),
  }))
}
