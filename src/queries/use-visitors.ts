import type { CityId } from '@/domain/ids'
import { services } from '@/services'
import { visitorsOf } from '@/services/visitors'
import { useLoad } from './use-load'

/** People whom the citizen books for, kept by the city. Null: not to be read. */
export const useVisitors = (city: CityId | null) => useLoad(city && [city], services.of(visitorsOf).list)
