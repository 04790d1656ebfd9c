import { blinded } from '../keys'
import type { Keys } from '../ports'

/** Letters that nobody confuses when they are read out. */
const letters = 'ACDEFGHJKMNPQRTUVWXY34679'
const LENGTH = 8

/** How long an invitation waits for its code. */
export const CODE_SECONDS = 1800

type Whose = { keys: Keys; cityId: string }

/** The code of an invitation, made of its id with the city's key: it is kept nowhere. */
export function codeOf({ keys, cityId }: Whose, grantId: string): string {
  const bytes = Buffer.from(blinded(keys.ofCity(cityId), 'family-codes', grantId), 'hex')
  return Array.from(bytes.subarray(0, LENGTH), (byte) => letters[byte % letters.length]).join('')
}

/** What an invitation is found by. */
export const codeKeyOf = ({ keys, cityId }: Whose, code: string): string =>
  blinded(keys.ofCity(cityId), 'family-code-keys', code)
