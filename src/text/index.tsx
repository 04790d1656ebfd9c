import { createContext, type ReactNode, useContext } from 'react'
import type { Language } from '@/domain/language'

export type { Language }

type Words = { [key: string]: string | ((...args: never[]) => string) | Words }

/** The shape of a section in every language: the same keys, functions with the same arguments. */
export type Shape<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : Shape<T[K]>
}

export type Section<T> = Readonly<Record<Language, Shape<T>>>

/**
 * A section of the dictionary. zh-CN defines the shape; en must have the same, or it does not compile.
 * Values are strings, functions that return a string, or groups of these (a text for each state, say).
 */
export function defineText<T extends Words>(text: { 'zh-CN': T; en: NoInfer<Shape<T>> }): Section<T>
export function defineText(text: Record<Language, Words>): Record<Language, Words> {
  return text
}

const LanguageContext = createContext<Language>('zh-CN')

export function TextProvider(props: { language: Language; children: ReactNode }) {
  return <LanguageContext.Provider value={props.language}>{props.children}</LanguageContext.Provider>
}

export function useLanguage(): Language {
  return useContext(LanguageContext)
}

/** The section in the citizen's language. */
export function useText<T>(section: Section<T>): Shape<T> {
  return section[useContext(LanguageContext)]
}

type Part = string | number | false | null | undefined

/** Joins parts to one sentence, with the language's comma; empty parts are left out. */
export function joined(language: Language, parts: readonly Part[], mark: 'comma' | 'stop' = 'comma'): string {
  const isEnglish = language === 'en'
  return parts.filter(Boolean).join(mark === 'comma' ? (isEnglish ? ', ' : '，') : isEnglish ? '. ' : '。')
}

/** `joined` in the citizen's language: labels for screen readers, a failure with its reason. */
export function useJoin(): (parts: readonly Part[], mark?: 'comma' | 'stop') => string {
  const language = useContext(LanguageContext)
  return (parts, mark) => joined(language, parts, mark)
}

/** "1 bill", "2 bills". For English only: Chinese has no plural. */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
