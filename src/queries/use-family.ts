import { useCallback } from 'react'
import type { CityId, GrantId } from '@/domain/ids'
import { services } from '@/services'
import { familyOf } from '@/services/family'
import { useList } from './use-list'
import { useLoad } from './use-load'

/** All grants of the citizen. */
export const useGrants = (city: CityId | null) =>
  useLoad(city === null ? null : [city], (city) => services.of(familyOf).list(city))

/** One of them. */
export const useGrant = (city: CityId, grant: GrantId) =>
  useLoad([city, grant], (city, grant) => services.of(familyOf).get(city, grant))

/** Who did what for whom under it, page by page. */
export function useActs(city: CityId, grant: GrantId) {
  const read = useCallback(
    (city: CityId, grant: GrantId, cursor: string | null) => services.of(familyOf).acts(city, grant, cursor),
    [],
  )
  return useList([city, grant], read)
}
