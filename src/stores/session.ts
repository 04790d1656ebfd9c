import * as v from 'valibot'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type CityId, readCityId } from '@/domain/ids'
import type { Storage } from '@/platform/types'
import type { Sessions } from '@/services/sessions'
import { persisted } from './persisted'

/** The citizen's name in each city, masked by it. For greeting only: it proves nothing and opens nothing. */
export interface SessionState {
  /** Masked names by city id, kept until a city sends another. */
  readonly names: Readonly<Record<string, string>>
}

const vNames = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform((names) => {
    const read: Record<string, string> = {}
    for (const [city, name] of Object.entries(names))
      if (readCityId(city) !== null && typeof name === 'string' && name.length <= 200) read[city] = name
    return read
  }),
)

export function createSession(storage: Storage, sessions: Sessions): StoreApi<SessionState> {
  const stored = persisted({ storage, key: 'session', version: 1, schema: vNames })
  const store = createStore<SessionState>()(() => ({ names: stored.read() ?? {} }))
  sessions.onChange((city, session) => {
    const { [city]: _, ...others } = store.getState().names
    const names = session ? { ...others, [city]: session.maskedName } : others
    store.setState({ names })
    stored.write(names)
  })
  return store
}

/** The masked name in a city, or null. */
export const nameIn = (state: SessionState, city: CityId): string | null => state.names[city] ?? null
