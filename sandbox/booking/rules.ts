import type { Context } from '../core'
import { problem } from '../problem'
import type { BookingRules } from '../wire/types.gen'

/** The city's rules for booking; a city without any has no halls to book. */
export function bookingRules(context: Pick<Context, 'city'>): BookingRules {
  const rules = context.city.booking
  if (!rules) throw problem('not-found')
  return rules
}
