import { blinded } from '../keys'
import type { Keys } from '../ports'

const letters = 'ACDEFGHJKMNPQRTUVWXY34679'

/** Tells apart two accounts of a biller whose masked numbers are equal, and says nothing of the number to who has not the city's key. */
export function accountMark(keys: Keys, cityId: string, billerId: string, number: string): string {
  const digest = blinded(keys.ofCity(cityId), 'account marks', `${billerId}/${number}`)
  return [0, 8, 16, 24]
    .map((at) => letters.charAt(Number.parseInt(digest.slice(at, at + 8), 16) % letters.length))
    .join('')
}
