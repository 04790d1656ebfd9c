import { useStore } from 'zustand'
import { platform } from '@/platform'
import { services } from '@/services'
import type { CityState } from './city'
import { createStores, type Stores } from './create-stores'
import type { JournalState } from './journal'
import type { SessionState } from './session'
import type { SettingsState } from './settings'

/** The app's stores. Read in a view with the hooks below, outside of one with `stores.city.getState()`. */
export const stores: Stores = createStores({
  storage: platform.storage,
  services,
  hostLanguage: platform.system().language,
})

export const useSettings = <T>(pick: (state: SettingsState) => T): T => useStore(stores.settings, pick)
export const useCity = <T>(pick: (state: CityState) => T): T => useStore(stores.city, pick)
export const useSession = <T>(pick: (state: SessionState) => T): T => useStore(stores.session, pick)
export const useJournal = <T>(pick: (state: JournalState) => T): T => useStore(stores.journal, pick)
