import type { CityId } from '@/domain/ids'
import { services } from '@/services'
import { useLoad } from './use-load'

/** Days that the citizen waits for. */
export const useWaitlist = (city: CityId | null) => useLoad(city && [city], services.waitlist.list)
