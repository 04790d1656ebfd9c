import type { CityId } from '@/domain/ids'
import { services } from '@/services'
import { useLoad } from './use-load'

/** What the city offers: the cached manifest at once, then the fresh one. `isAside`: the page is about something else. */
export const useManifest = (city: CityId | null, isAside = true) =>
  useLoad(city && [city], services.manifest.get, services.manifest.cached, isAside)
