import type { CityId } from '@/domain/ids'
import { type Day, dayOf } from '@/domain/time'
import { services } from '@/services'
import { useTick } from './use-tick'

/** The city's clock in milliseconds since 1970. Re-renders the caller every 30 s while the page is visible. */
export function useServerNow(city: CityId): number {
  useTick()
  return services.serverNow(city)
}

/** The city's today, for a render that need not repeat at midnight: a cell of a list. */
export const todayIn = (city: CityId): Day => dayOf(services.serverNow(city))
