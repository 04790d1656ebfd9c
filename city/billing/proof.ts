import type { BillerSeed } from '../catalogue'
import { normalise } from '../http/typed'

/**
 * Where GB 18030 had a Han character in the private area before 2022 (the first eight until 2005): systems of that time still print and send the old code
 * points, and phones type the new ones. `old` and `now` pair by pair.
 */
const moved = new Map([
  ...[
    [0xe81e, 0x9fb4],
    [0xe826, 0x9fb5],
    [0xe82b, 0x9fb6],
    [0xe82c, 0x9fb7],
    [0xe832, 0x9fb8],
    [0xe843, 0x9fb9],
    [0xe854, 0x9fba],
    [0xe864, 0x9fbb],
    [0xe816, 0x20087],
    [0xe817, 0x20089],
    [0xe818, 0x200cc],
    [0xe831, 0x215d7],
    [0xe83b, 0x2298f],
    [0xe855, 0x241fe],
  ].map(([old = 0, now = 0]) => [String.fromCodePoint(old), String.fromCodePoint(now)] as const),
])

type ProofRule = NonNullable<NonNullable<BillerSeed['finding']>['proof']>

/**
 * What somebody named beside a number, as it is compared: a biller's own record goes through the same. A name without blanks and marks of
 * width, whole, in today's code points; an ending by its letters and digits. Null when it cannot be one.
 */
export function plainProof({ kind, length }: Pick<ProofRule, 'kind' | 'length'>, text: string): string | null {
  if (kind === 'name') {
    const name = Array.from(normalise('name', text), (character) => moved.get(character) ?? character).join('')
    return name.replace(/\s/g, '').toUpperCase() || null
  }
  const ending = normalise('account-number', text)
  return Array.from(ending).length === length ? ending : null
}
