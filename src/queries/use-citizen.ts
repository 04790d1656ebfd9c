import type { CityId } from '@/domain/ids'
import { services } from '@/services'
import { useLoad } from './use-load'

/** What the city knows of the citizen: counters, and for whom they may book. */
export const useCitizen = (city: CityId | null) => useLoad(city && [city], services.citizen.get)
