import type { Manifest } from '../../contract/wire/types.gen'
import type { BookingSeed } from '../catalogue'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'

/** The city's rules for booking; a city without any has no halls to book. */
export function bookingRules(context: Pick<Context, 'city'>): BookingSeed {
  const rules = context.city.booking
  if (!rules) throw problem('not-found')
  return rules
}

/** What the manifest does not offer is not there. */
export function refuseWithout(feature: Manifest['features'][number], context: Pick<Context, 'city'>): void {
  if (!context.city.features.includes(feature)) throw problem('not-found')
}
