import type { CityId } from '@/domain/ids'
import type { Manifest } from '@/domain/manifest'
import { services } from '@/services'
import { useLoad } from './use-load'

/** What the city offers: the kept manifest at once, the fresh one as soon as it comes. */
export function useManifest(city: CityId | null): ReturnType<typeof useLoad<Manifest>> {
  return useLoad(
    city,
    () => services.manifest.get(city as CityId),
    () => services.manifest.kept(city as CityId),
    true,
  )
}
