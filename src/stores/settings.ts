import * as v from 'valibot'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Language } from '@/domain/language'
import type { Storage } from '@/platform/types'
import { persisted } from './persisted'

/** How the citizen wants to read. */
export interface Settings {
  readonly textSize: 'normal' | 'elder'
  /** `system` follows the host's theme, and is light where the host has none. */
  readonly theme: 'system' | 'light' | 'dark'
  readonly contrast: boolean
  readonly language: Language
}

export interface SettingsState extends Settings {
  change(some: Partial<Settings>): void
  /** As on a new phone; storage is the caller's. */
  forget(): void
}

/** A choice that this version does not know leaves the others as they are. */
const settingsSchema = (first: Settings) =>
  v.object({
    textSize: v.fallback(v.picklist(['normal', 'elder']), first.textSize),
    theme: v.fallback(v.picklist(['system', 'light', 'dark']), first.theme),
    contrast: v.fallback(v.boolean(), first.contrast),
    language: v.fallback(v.picklist(['zh-CN', 'en']), first.language),
  })

/** `hostLanguage` in the host's format: `zh_CN`, `zh-Hans`, `en`… Chinese unless it is English. */
export function createSettings(storage: Storage, hostLanguage: string): StoreApi<SettingsState> {
  const language: Language = /^en/i.test(hostLanguage) ? 'en' : 'zh-CN'
  const first: Settings = { textSize: 'normal', theme: 'system', contrast: false, language }
  const stored = persisted<Settings>({ storage, key: 'settings', version: 1, schema: settingsSchema(first) })
  return createStore<SettingsState>()((set, get) => ({
    ...(stored.read() ?? first),
    change(some) {
      set(some)
      const { textSize, theme, contrast, language } = get()
      const [before] = stored.values()
      // A newer app's values stay, where this change is not about them.
      const now = { textSize, theme, contrast, language }
      stored.write(typeof before === 'object' ? { ...now, ...before, ...some } : now)
    },
    forget: () => set(first),
  }))
}
