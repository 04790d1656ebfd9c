import { readersCharacters } from './typed'

/**
 * Hiding of personal data on screens. Cities send masked values already; these are for what the citizen typed and for
 * links and reports. Masking twice gives the same as once.
 */

const STAR = '*'

/** What a reader counts as one, so that a star never stands for a half of a letter. */
const characters = (text: string): string[] => readersCharacters(text.trim())

const isMasked = (text: string): boolean => text.includes(STAR)

/** Keeps `head` and `tail` characters and stars the rest; short texts keep less, never everything. */
const maskMiddle = (text: string, head: number, tail: number): string => {
  if (isMasked(text)) return text
  const all = characters(text)
  if (all.length === 0) return ''
  if (all.length <= head + tail) {
    const kept = all.length > 1 ? all[all.length - 1] : ''
    return STAR.repeat(all.length - (kept ? 1 : 0)) + kept
  }
  const end = all.length - tail
  return all.slice(0, head).join('') + STAR.repeat(end - head) + all.slice(end).join('')
}

/**
 * `张三` gives `张*`, `张小三` `张*三`, `欧阳娜娜` `欧**娜`. Names in Latin letters keep each word's first letter and hide
 * its length: `Maria Silva` gives `M*** S***`.
 */
export const maskName = (name: string): string => {
  if (isMasked(name)) return name
  if (/^[A-Za-z\u00c0-\u024f]/.test(name.trim())) {
    return name
      .trim()
      .split(/\s+/)
      .map((word) => `${characters(word)[0]}***`)
      .join(' ')
  }
  const all = characters(name)
  if (all.length <= 1) return all.length === 1 ? STAR : ''
  if (all.length === 2) return `${all[0]}${STAR}`
  return `${all[0]}${STAR.repeat(all.length - 2)}${all[all.length - 1]}`
}

/** `3301234567890` gives `33*******7890`: enough to tell two homes apart, too little to look either up. */
export const maskAccountNumber = (number: string): string => {
  const long = characters(number).length >= 10
  return maskMiddle(number, long ? 2 : 0, long ? 4 : 2)
}

/** `13812345678` gives `138****5678`. */
export const maskPhone = (phone: string): string => maskMiddle(phone, 3, 4)

/** Identity card number (身份证号): the first and the last character only. */
export const maskIdNumber = (number: string): string => maskMiddle(number, 1, 1)
