import type { Language } from '@/domain/language'
import { wordsIn } from '../../support/words'
import type { Walk } from '../walk'
import { beginning } from './beginning'
import { bills } from './bills'
import { money } from './money'
import { rest } from './rest'
import { visits } from './visits'

export interface Look {
  readonly elder?: boolean
  readonly theme?: 'light' | 'dark'
  readonly language?: Language
}

/** What a chapter needs: the walk, the words of its language, and whom to call on each screen. */
export interface Guide extends Walk {
  readonly look: Look
  readonly language: Language
  readonly words: ReturnType<typeof wordsIn>
  see(name: string): Promise<void>
  /** Opens what elder mode folds away. */
  unfold(title: string): Promise<void>
}

/** Through every page of the app and what may be on it, as a citizen with much to do would; `see` is called on each screen. */
export async function tour(on: Walk, look: Look, see: (name: string) => Promise<void> | void): Promise<void> {
  const language = look.language ?? 'zh-CN'
  const guide: Guide = {
    ...on,
    look,
    language,
    words: wordsIn(language),
    see: async (name) => see(name),
    unfold: async (title) => (look.elder ? on.phone.tap(title) : undefined),
  }
  for (const chapter of [beginning, bills, money, visits, rest]) await chapter(guide)
}
