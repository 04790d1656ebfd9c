import { createHash, randomBytes, randomInt } from 'node:crypto'

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** An opaque id such as `p-k3v9…`; unguessable. */
export const newId = (prefix: string): string =>
  `${prefix}-${Array.from(randomBytes(14), (byte) => letters[byte % letters.length]).join('')}`

/** A random numeric id of 19 digits: larger than 2^53, so that a client that counts with it is found out. */
export const newNumber = (): string => String(10n ** 18n + (randomBytes(16).readBigUInt64BE() % (8n * 10n ** 18n)))

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A code that a person reads out: no letters that look alike. */
export const spokenCode = (length: number): string =>
  Array.from({ length }, () => 'ACDEFGHJKMNPQRTUVWXY34679'.charAt(randomInt(25))).join('')
