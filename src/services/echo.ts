/**
 * What an answer must say of itself: members by their path (`*` goes into every item of a list) and the value each must
 * have. A member that the answer leaves out is not compared; the validators say which may be left out.
 */
export type Echo = Readonly<Record<string, string | readonly string[] | undefined>>

/** The path of the first member that speaks of something else than was asked about; null when there is none. */
export function otherSubject(wire: unknown, echo: Echo = {}): string | null {
  const wrong = Object.keys(echo).find((path) => {
    const asked = echo[path]
    return asked !== undefined && valuesAt(wire, path.split('.')).some((value) => isOther(value, asked))
  })
  return wrong ?? null
}

/** A word that this version does not know tells nothing. */
const isOther = (value: unknown, asked: string | readonly string[]): boolean =>
  value !== undefined && value !== 'unlisted' && String(value) !== String(asked)

function valuesAt(value: unknown, [name, ...rest]: readonly string[]): unknown[] {
  if (name === undefined) return [value]
  if (name === '*') return Array.isArray(value) ? value.flatMap((item) => valuesAt(item, rest)) : []
  return typeof value === 'object' && value !== null ? valuesAt(Reflect.get(value, name), rest) : []
}
