/**
 * What a response must echo of its request: paths of members (`*` is every item of a list) and their expected values. A missing
 * member is not compared; the validators decide which may be missing.
 */
export type Echo = Readonly<Record<string, string | readonly string[] | undefined>>

/** The path of the first member that does not echo the request; null when all do. */
export function mismatchIn(wire: unknown, echo: Echo = {}): string | null {
  const path = Object.keys(echo).find((path) => {
    const expected = echo[path]
    return expected !== undefined && valuesAt(wire, path.split('.')).some((value) => differs(value, expected))
  })
  return path ?? null
}

/** An unlisted word proves nothing. */
const differs = (value: unknown, expected: string | readonly string[]): boolean =>
  value !== undefined && value !== 'unlisted' && String(value) !== String(expected)

function valuesAt(value: unknown, [name, ...rest]: readonly string[]): unknown[] {
  if (name === undefined) return [value]
  if (name === '*') return Array.isArray(value) ? value.flatMap((item) => valuesAt(item, rest)) : []
  return typeof value === 'object' && value !== null ? valuesAt(Reflect.get(value, name), rest) : []
}
