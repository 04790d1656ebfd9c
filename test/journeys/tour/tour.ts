import type { Language } from '@/domain/language'
import { wordsIn } from '../../support/words'
import { hangzhou, type Walk } from '../walk'
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
  /** Opens, with the city alone, each page that no chapter has come to yet. */
  others(): Promise<void>
}

/** Through every page of the app and what may be on it, as a citizen with much to do would; `see` is called on each screen. */
export async function tour(
  on: Walk,
  pages: readonly string[],
  look: Look,
  see: (name: string) => Promise<void> | void,
): Promise<void> {
  const { phone } = on
  const language = look.language ?? 'zh-CN'
  const words = wordsIn(language)
  const seen = new Set<string>()
  const guide: Guide = {
    ...on,
    look,
    language,
    words,
    async see(name) {
      seen.add(phone.page)
      await see(name)
    },
    unfold: async (title) => (look.elder ? phone.tap(title) : undefined),
    async others() {
      for (const page of pages.filter((page) => !seen.has(page))) {
        await phone.launch(`/${page}?city=${hangzhou}`)
        phone.seesNot(words.failures.badLink.title)
        await guide.see(page)
      }
    },
  }
  for (const chapter of [beginning, bills, money, visits, rest]) await chapter(guide)
}
