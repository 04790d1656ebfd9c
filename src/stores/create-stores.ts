import type { StoreApi } from 'zustand/vanilla'
import type { Storage } from '@/platform/types'
import type { Services } from '@/services/create-services'
import { type CityState, createCity } from './city'
import { createReconciler, type Reconciler } from './create-reconciler'
import { createJournal, isJournal, type JournalState } from './journal'
import { createSession, type SessionState } from './session'
import { createSettings, type SettingsState } from './settings'

/** What outlives a page. Everything else belongs to the page's own hook. */
export interface Stores {
  readonly settings: StoreApi<SettingsState>
  readonly city: StoreApi<CityState>
  readonly session: StoreApi<SessionState>
  readonly journal: StoreApi<JournalState>
  /** Finds out how open intents ended. */
  readonly reconciler: Reconciler
  /**
   * Clears this phone, or what is under some keys of its storage (`domain/kept.ts`): in storage, but never open payments, and in memory, or the next
   * change would write it back.
   */
  clear(isCleared?: (key: string) => boolean): void
}

export interface StoreOptions {
  readonly storage: Storage
  readonly services: Pick<Services, 'sessions' | 'makeRoom' | 'setLanguage' | 'payments' | 'serverNow'>
  /** The host's language, in the host's format. */
  readonly hostLanguage: string
}

export function createStores({ storage, services, hostLanguage }: StoreOptions): Stores {
  const settings = createSettings(storage, hostLanguage)
  services.setLanguage(settings.getState().language)
  settings.subscribe(({ language }) => services.setLanguage(language))
  const city = createCity(storage)
  const session = createSession(storage, services.sessions)
  const journal = createJournal(storage, services.makeRoom)
  return {
    settings,
    city,
    session,
    journal,
    reconciler: createReconciler(journal, services),
    clear(isCleared = () => true) {
      for (const key of storage.keys()) if (!isJournal(key) && isCleared(key)) storage.remove(key)
      if (isCleared('journal')) journal.getState().forgetEnded()
      if (isCleared('session')) session.setState({ names: {} })
      if (isCleared('city')) city.getState().forget()
      if (isCleared('settings')) settings.getState().forget()
    },
  }
}
