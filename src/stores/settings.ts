import * as v from 'valibot'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Language } from '@/domain/language'
import type { Storage } from '@/platform/types'
import { persisted } from './persisted'

/** How the citizen wants to read. */
export interface Settings {
  readonly textSize: 'normal' | 'elder'
  /** `system` follows the host where it tells, and is light where it does not. */
  readonly theme: 'system' | 'light' | 'dark'
  readonly contrast: boolean
  readonly language: Language
}

export interface SettingsState extends Settings {
  change(some: Partial<Settings>): void
  /** As on a new phone; storage is the caller's. */
  forget(): void
}

const vSettings = v.object({
  textSize: v.picklist(['normal', 'elder']),
  theme: v.picklist(['system', 'light', 'dark']),
  contrast: v.boolean(),
  language: v.picklist(['zh-CN', 'en']),
})

/** `hostLanguage` as the host says it: `zh_CN`, `zh-Hans`, `en`… Chinese unless it is English. */
export function createSettings(storage: Storage, hostLanguage: string): StoreApi<SettingsState> {
  const kept = persisted<Settings>({ storage, key: 'settings', version: 1, schema: vSettings })
  const language: Language = /^en/i.test(hostLanguage) ? 'en' : 'zh-CN'
  const first: Settings = { textSize: 'normal', theme: 'system', contrast: false, language }
  return createStore<SettingsState>()((set, get) => ({
    ...(kept.read() ?? first),
    change(some) {
      set(some)
      const { textSize, theme, contrast, language } = get()
      kept.write({ textSize, theme, contrast, language })
    },
    forget: () => set(first),
  }))
}
