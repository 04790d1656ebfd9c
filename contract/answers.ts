import * as v from 'valibot'

/*
 * How the generated validators read an answer (scripts/growing.mjs puts these in their places):
 * - a word that a list does not have becomes `unlisted`, and so does the kind of a union: see `Unlisted`
 * - members that the contract does not name are passed over
 * - instants, days and clock times are such as exist, between 1980 and 2099
 * - control, direction and invisible characters and halves of a surrogate pair are taken out of texts that people read
 * - a row of a list that breaks the contract costs that row, and `leftOut` counts it; not where money is listed
 * - an id that stands twice: the second row is taken out; where money is listed the answer is refused
 */

type Unlisted = 'unlisted'

/** One of the words, or `unlisted` for any other; no other type of value. */
export const listed = <const Word extends string>(words: readonly Word[]) =>
  v.pipe(
    v.string(),
    v.transform((word): Word | Unlisted => words.find((known) => known === word) ?? 'unlisted'),
  )

/** The discriminator of a union's last member: any word but those of its others. */
export const unlistedBut = (words: readonly string[]) =>
  v.pipe(
    v.string(),
    v.check((word) => !words.includes(word)),
    v.transform((): Unlisted => 'unlisted'),
  )

/** A list is eventually consistent whatever it calls itself. */
export const eventualWord = v.pipe(
  v.string(),
  v.transform(() => 'eventual' as const),
)

// Line breaks stay; joiners stay too, because scripts need them to be written right.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unreadable = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
const isWhole = (character: string): boolean => character.length > 1 || !/[\ud800-\udfff]/.test(character)

/** A text for people. */
export const text = v.pipe(
  v.string(),
  v.transform((typed) => Array.from(typed.replace(unreadable, '')).filter(isWhole).join('')),
)

/** Days of the years that anything here can be about. */
const date = /^(19[89]\d|20\d\d)-(\d\d)-(\d\d)/
const time = /^T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/

function isDate(text: string): boolean {
  const [, year, month, day] = date.exec(text) ?? []
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return at.getUTCMonth() + 1 === Number(month) && at.getUTCDate() === Number(day)
}

/** ISO 8601 with an offset, of a day that exists. */
export const instant = v.pipe(
  v.string(),
  v.check((at) => isDate(at) && time.test(at.slice(10))),
)

/** A day that exists. */
export const day = v.pipe(
  v.string(),
  v.check((on) => on.length === 10 && isDate(on)),
)

/** `HH:mm` from 00:00 to 24:00. */
export const clockTime = v.pipe(v.string(), v.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/))

const idOf = (row: object): unknown => {
  const { id, billId, day, month }: { id?: unknown; billId?: unknown; day?: unknown; month?: unknown } = row
  return id ?? billId ?? day ?? month
}

const isFirst = (row: object, index: number, rows: readonly object[]): boolean => {
  const id = idOf(row)
  return id === undefined || rows.findIndex((other) => idOf(other) === id) === index
}

/** Rows of which none may be missing: money. */
export const allRows = <Row extends object>(row: v.GenericSchema<unknown, Row>) =>
  v.pipe(
    v.array(row),
    v.check((rows) => rows.every(isFirst)),
  )

const leftOutOf = new WeakMap<object, number>()

/** How many rows of a list could not be read. */
export const leftOut = (rows: readonly unknown[]): number => leftOutOf.get(rows) ?? 0

/** Rows that stand for themselves: one that breaks the contract is left out, and counted. */
export const rows = <Row extends object>(row: v.GenericSchema<unknown, Row>) =>
  v.pipe(
    v.array(v.unknown()),
    v.transform((all) => {
      const read = all.flatMap((one): Row[] => {
        const result = v.safeParse(row, one)
        return result.success ? [result.output] : []
      })
      const once = read.filter(isFirst)
      leftOutOf.set(once, all.length - read.length)
      return once
    }),
  )

/** A member that may be missing: a broken one counts as missing. */
export const orMissing = <Value>(schema: v.GenericSchema<unknown, Value>) => v.fallback(v.optional(schema), undefined)
