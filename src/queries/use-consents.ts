import type { CityId } from '@/domain/ids'
import { services } from '@/services'
import { consentsOf } from '@/services/consents'
import { useLoad } from './use-load'

/** What the citizen agreed to or withdrew in a city. */
export const useConsents = (city: CityId) => useLoad([city], services.of(consentsOf).list)
