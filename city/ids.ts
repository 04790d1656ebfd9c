import { createHash, randomBytes, randomInt } from 'node:crypto'

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** An opaque id such as `p-k3v9…`; unguessable. */
export const newId = (prefix: string): string =>
  `${prefix}-${Array.from(randomBytes(14), (byte) => letters[byte % letters.length]).join('')}`

/** The same numeric id for the same text, larger than 2^53 so that a client that counts with it is found out. */
export function bigIdOf(text: string): string {
  const digest = createHash('sha256').update(text).digest()
  return String(9_007_199_254_740_993n + (digest.readBigUInt64BE() % 1_000_000_000_000_000n) * 2n)
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A code that a person reads out: no letters that look alike. */
export const spokenCode = (length: number): string =>
  Array.from({ length }, () => 'ACDEFGHJKMNPQRTUVWXY34679'.charAt(randomInt(25))).join('')
