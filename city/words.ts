import { readersCharacters } from './http/typed'

/** A text in both languages of the sandbox. */
export type Words = { zh: string; en: string }

export type Language = 'zh-CN' | 'en'

export const say = (words: Words, language: Language): string => (language === 'en' ? words.en : words.zh)

const pad = (value: number, length = 2): string => String(value).padStart(length, '0')

/** Shanghai has had +08:00 all year since 1991, so its wall clock is UTC's, eight hours on. */
const shanghai = (date: Date): Date => new Date(date.getTime() + 8 * 3600_000)

/** ISO 8601 with +08:00. */
export const instant = (date: Date): string => `${shanghai(date).toISOString().slice(0, -1)}+08:00`

/** YYYY-MM-DD in Asia/Shanghai. */
export const dayOf = (date: Date): string => shanghai(date).toISOString().slice(0, 10)

/** HH:MM in Asia/Shanghai. */
export const timeOf = (date: Date): string => shanghai(date).toISOString().slice(11, 16)

/** The moment of a day and a time (HH:MM) in Asia/Shanghai. */
export const momentOf = (day: string, time = '00:00'): Date => new Date(`${day}T${time}:00+08:00`)

/** The day `days` after `day`. */
export const addDays = (day: string, days: number): string =>
  dayOf(new Date(momentOf(day, '12:00').getTime() + days * 86_400_000))

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: string): number => momentOf(day, '12:00').getUTCDay() || 7

export const secondsAfter = (date: Date, seconds: number): Date => new Date(date.getTime() + seconds * 1000)

/** The first day of the month `months` away from the one of `day`. */
export function monthStart(day: string, months = 0): string {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months
  return `${Math.floor(index / 12)}-${pad((index % 12) + 1)}-01`
}

/** 李*明, 王*, 杭州****限公司: the first and, from three characters on, the last. */
export function maskName(name: string): string {
  const letters = readersCharacters(name)
  if (letters.length <= 1) return '*'
  if (letters.length === 2) return `${letters[0]}*`
  if (letters.length <= 4) return `${letters[0]}${'*'.repeat(letters.length - 2)}${letters[letters.length - 1]}`
  return `${letters.slice(0, 2).join('')}****${letters.slice(-2).join('')}`
}

/** 138****0001 */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`

/** 3301****4561 */
export function maskNumber(number: string): string {
  const shown = number.length >= 12 ? 4 : number.length >= 8 ? 2 : 1
  return `${number.slice(0, shown)}****${number.slice(-shown)}`
}
