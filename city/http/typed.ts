/**
 * What people type, paste and scan, made plain before anything else looks at it: the rule that the contract describes at each
 * field, the same that phones keep (`contract/typed-examples.json` holds both to it). Clients may send what was typed.
 */
export type FieldKind = 'account-number' | 'document-number' | 'phone' | 'name' | 'line' | 'text' | 'search' | 'amount'

/** Code points from the first to the last. */
type Range = readonly [first: number, last: number]

/** Reads `ad 200b-200f`, the way Unicode's own files write ranges. */
const ranges = (text: string): readonly Range[] =>
  text.split(' ').map((range) => {
    const [first = '', last = first] = range.split('-')
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)]
  })

/** Controls, directions, joiners, fillers, selectors, tags: what Unicode calls ignorable, and two blanks that look like letters. */
const unseen = ranges(
  '1-8 e-1f 7f-84 86-9f ad 34f 61c 115f-1160 17b4-17b5 180b-180f 200b-200f 202a-202e 2060-206f 2800 3164 fe00-fe0f ' +
    'feff ffa0 fff0-fffc 1bca0-1bca3 1d173-1d17a e0000-e0fff',
)

/** NUL, halves of surrogate pairs, what stands for a broken character, what is none: no database and no JSON keeps them. */
const lost = ranges('0 d800-dfff fdd0-fdef fffd')

/** Signs, emoji and scripts whose letters change their shape: what joins them belongs to them. */
const joined = ranges('600-8ff 900-dff 1800-18af 2190-2bff 3030-303d 1f000-1faff')

/** Where the ten digits of other scripts begin: Arabic, Persian, Devanagari, Thai, Tibetan, Mongolian, full-width. */
const zeros = [0x660, 0x6f0, 0x966, 0xe50, 0xf20, 0x1810, 0xff10]

const isIn = (list: readonly Range[], code: number): boolean =>
  list.some(([first, last]) => first <= code && code <= last)
const codeOf = (character: string | undefined): number => character?.codePointAt(0) ?? 0

const charactersOf = (text: string): string[] => Array.from(text)

const isLost = (character: string): boolean => {
  const code = codeOf(character)
  return isIn(lost, code) || (code & 0xfffe) === 0xfffe
}

/** True when a text holds something that cannot be kept or sent; it is refused, because nobody knows what was meant. */
export const isUnreadable = (text: string): boolean => charactersOf(text).some(isLost)

const withoutLost = (text: string): string =>
  charactersOf(text)
    .filter((character) => !isLost(character))
    .join('')

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** What a reader counts as one: a letter with its marks, an emoji with all that is joined to it. */
export const readersCharacters = (text: string): string[] =>
  Array.from(graphemes.segment(text), ({ segment }) => segment)

/** Letters with their accents in one character, and the radicals that PDF files have instead of Han characters. */
const composed = (text: string): string =>
  text.normalize('NFC').replace(/[\u2e80-\u2fdf]/g, (radical) => radical.normalize('NFKC'))

const withoutUnseen = (text: string): string =>
  charactersOf(text)
    .filter((character) => !isIn(unseen, codeOf(character)))
    .join('')

/** Without what nobody sees, but with what joins the parts of an emoji or of a joining script. */
const withoutStrayUnseen = (text: string): string => {
  const all = charactersOf(text)
  const kept: string[] = []
  all.forEach((character, index) => {
    const code = codeOf(character)
    const before = codeOf(kept[kept.length - 1])
    const after = codeOf(all[index + 1])
    const isSelector = code === 0xfe0e || code === 0xfe0f || (code >= 0x180b && code <= 0x180d)
    const isJoiner = code === 0x200c || code === 0x200d
    const belongs =
      (isSelector && (isIn(joined, before) || after === 0x20e3)) ||
      (isJoiner && isIn(joined, after) && (isIn(joined, before) || before === 0xfe0f))
    if (belongs || !isIn(unseen, code)) kept.push(character)
  })
  return kept.join('')
}

/** Full-width letters, digits and signs as ASCII, digits of other scripts as ours, every blank as a space. */
const halfWidth = (text: string): string =>
  charactersOf(text)
    .map((character) => {
      const code = codeOf(character)
      const zero = zeros.find((first) => first <= code && code <= first + 9)
      if (zero !== undefined) return String(code - zero)
      if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
      return /[\s\u0085]/.test(character) ? ' ' : character
    })
    .join('')

/** What nearly every kind begins with. */
const plain = (text: string): string => composed(halfWidth(withoutUnseen(text)))

/** Only letters and digits: the comma and the full stop of a Chinese sentence are full-width on purpose. */
const halfWidthWords = (text: string): string =>
  text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))

const oneSpace = (text: string): string => text.replace(/[\s\u0085]+/g, ' ').trim()

const dashes = /[\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63]/g
/** In numbers the long mark of Japanese is a dash too. */
const numberDashes = /[-\u30fc\uff70\u02d7]/g
const brackets = /[()[\]{}\u3010\u3011\u3014\u3015]/g
/** Ten is a letter of its own on some keyboards, and other alphabets have one that looks the same. */
const otherTen = /[\u00d7\u2169\u2179\u0425\u0445\u03a7\u03c7\u2715\u2716]$/

/** Digits and letters alone. Not `toUpperCase`: it makes two letters of one and other letters of some. */
const number = (text: string): string =>
  plain(text)
    .replace(dashes, '-')
    .replace(numberDashes, '')
    .replace(brackets, '')
    .replace(/[\s·]/g, '')
    .replace(otherTen, 'X')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())

/**
 * Mainland numbers without their country code, landlines with the zero of their area; all others as `+` and digits, where
 * Hong Kong, Macao and Taiwan are known by their code even without the `+`.
 */
const phone = (text: string): string => {
  const digits = plain(text)
    .replace(/^\s*tel:/i, '')
    .replace(/\(0\)/g, '')
    .replace(dashes, '-')
    .replace(numberDashes, '')
    .replace(brackets, '')
    .replace(/[\s.·]/g, '')
    .replace(/^00(?=[1-9])/, '+')
  const home = /^\+?86(.+)$/.exec(digits)?.[1]?.replace(/^0+/, '')
  if (home !== undefined && (digits.charAt(0) === '+' || home.length >= 10)) {
    if (/^1[3-9]\d{9}$/.test(home)) return home
    if (/^(?:10\d{8}|[2-9]\d{8,10})$/.test(home)) return `0${home}`
  }
  if (/^01[3-9]\d{9}$/.test(digits)) return digits.slice(1)
  if (/^(?:85[23]\d{8}|8860?[1-9]\d{7,8})$/.test(digits)) return `+${digits}`.replace(/^\+8860/, '+886')
  return digits.replace(/^\+8860/, '+886')
}

/** Mainland mobiles and landlines, and any number abroad that has its country code. Takes a normalised one. */
export const isPhone = (number: string): boolean =>
  /^(?:1[3-9]\d{9}|0(?:10\d{8}|2\d{9}|[3-9]\d{9,10})|\+85[23]\d{8}|\+886\d{8,9}|\+(?!86|85[23]|886)[1-9]\d{6,14})$/.test(
    number,
  )

/** U+00B7 between the parts of a name, whatever dot was typed. */
const dots = /[\u0387\u2022\u2024\u2027\u2219\u22c5\u25cf\u2e31\u30fb\uff65]/g
/** From here on letters have no capitals, and a full stop between two of them is the dot of a name. */
const hanDot = /([\u2e80-\uffff]) ?[.\u3002\uff61] ?(?=[\u2e80-\uffff])/g

const name = (text: string): string => {
  const parts = oneSpace(plain(text))
    .replace(/[\u2018\u2019\u201b\u02b9\u02bc\u2032`\u00b4]/g, "'")
    .replace(dashes, '-')
    .replace(dots, '·')
    .replace(hanDot, '$1·')
    .replace(/ ?·[ ·]*/g, '·')
    .replace(/([\u2e80-\uffff]) (?=[\u2e80-\uffff])/g, '$1')
    .replace(/^[·\s]+|[·\s]+$/g, '')
  return /[^\s·'.-]/.test(parts) ? parts : ''
}

const amount = (text: string): string =>
  plain(text)
    .replace(/\s/g, '')
    .replace(/[\u3002\uff61]/g, '.')
    .replace(/^(?:[\u00a5\uffe5]|RMB|CNY)/i, '')
    .replace(/[\u5143\u5706]$/, '')

const rules: Readonly<Record<FieldKind, (text: string) => string>> = {
  'account-number': number,
  'document-number': number,
  phone,
  name,
  line: (text) => oneSpace(halfWidthWords(withoutStrayUnseen(text))),
  text: (text) => withoutStrayUnseen(text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')).trim(),
  search: (text) => oneSpace(plain(withoutLost(text))).toLowerCase(),
  amount,
}

/** A field as it is sent and compared. Doing it twice gives the same as once. */
export const normalise = (kind: FieldKind, text: string): string => composed(rules[kind](text))
