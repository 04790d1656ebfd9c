import { type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import { problem } from './problem'

/** The page size of every list. */
const PAGE = 20

/** What a list is sorted by. The last key of a list is unique within it. */
export interface SortKey {
  readonly by: RawBuilder<unknown>
  readonly type: 'text' | 'number'
  readonly isDescending?: boolean
}

/** Microseconds since 1970: a `timestamptz` as a whole number, so that a cursor loses nothing of it. */
export const microsOf = (instant: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(extract(epoch from ${instant}) * 1000000)::bigint`

const valid: Readonly<Record<SortKey['type'], RegExp>> = { text: /^[\w.:-]{1,80}$/, number: /^-?\d{1,18}$/ }

/**
 * Reads one page by keyset: what stands after the last row of the page before, whatever was added or removed meanwhile. The
 * cursor holds that row's sort keys; clients take it as opaque. A cursor of another list is refused with `bad-request`.
 */
export async function readPage<DB, TB extends keyof DB, Row>(
  rows: SelectQueryBuilder<DB, TB, Row>,
  keys: readonly SortKey[],
  cursor: string | undefined,
): Promise<{ rows: Row[]; next?: string }> {
  let query = rows.select(sql<string[]>`array[${sql.join(keys.map(({ by }) => sql`(${by})::text`))}]`.as('sort_keys'))
  if (cursor !== undefined) query = query.where(isAfter(keys, readCursor(cursor, keys)))
  for (const { by, isDescending } of keys) query = query.orderBy(by, isDescending ? 'desc' : 'asc')
  const found = await query.limit(PAGE + 1).execute()
  const page = found.slice(0, PAGE) as (Row & { sort_keys: string[] })[]
  const last = page[page.length - 1]
  return found.length > PAGE && last ? { rows: page, next: cursorOf(last.sort_keys) } : { rows: page }
}

/** `(a > 1) or (a = 1 and b > 2) or …`: row values cannot be compared where keys go in different directions. */
function isAfter(keys: readonly SortKey[], values: readonly string[]): RawBuilder<SqlBool> {
  const parameterOf = (index: number) =>
    keys[index]?.type === 'number' ? sql`${values[index]}::text::bigint` : sql`${values[index]}::text`
  const steps = keys.map((key, index) => {
    const equal = keys.slice(0, index).map(({ by }, before) => sql`${by} = ${parameterOf(before)}`)
    const beyond = sql`${key.by} ${sql.raw(key.isDescending ? '<' : '>')} ${parameterOf(index)}`
    return sql`(${sql.join([...equal, beyond], sql` and `)})`
  })
  return sql<SqlBool>`(${sql.join(steps, sql` or `)})`
}

const cursorOf = (values: readonly string[]): string => Buffer.from(JSON.stringify(values)).toString('base64url')

function readCursor(cursor: string, keys: readonly SortKey[]): readonly string[] {
  const values = parse(Buffer.from(cursor, 'base64url').toString())
  const isGood =
    Array.isArray(values) &&
    values.length === keys.length &&
    keys.every(({ type }, index) => typeof values[index] === 'string' && valid[type].test(values[index]))
  if (!isGood) throw problem('bad-request', { detail: 'cursor' })
  return values
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
