import type { StoreApi } from 'zustand/vanilla'
import type { Storage } from '@/platform/types'
import type { Services } from '@/services/create-services'
import { type CityState, createCity } from './city'
import { createJournal, type JournalState } from './journal'
import { createSession, type SessionState } from './session'
import { createSettings, type SettingsState } from './settings'

/** What outlives a page. Everything else belongs to the page's own hook. */
export interface Stores {
  readonly settings: StoreApi<SettingsState>
  readonly city: StoreApi<CityState>
  readonly session: StoreApi<SessionState>
  readonly journal: StoreApi<JournalState>
}

export interface StoreOptions {
  readonly storage: Storage
  readonly services: Pick<Services, 'sessions' | 'makeRoom' | 'speak'>
  /** The host's language, as it says it. */
  readonly hostLanguage: string
}

export function createStores({ storage, services, hostLanguage }: StoreOptions): Stores {
  const settings = createSettings(storage, hostLanguage)
  services.speak(settings.getState().language)
  settings.subscribe(({ language }) => services.speak(language))
  return {
    settings,
    city: createCity(storage),
    session: createSession(storage, services.sessions),
    journal: createJournal(storage, services.makeRoom),
  }
}
