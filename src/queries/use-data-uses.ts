import { useCallback } from 'react'
import type { DataUse, DataUseFilter } from '@/domain/data-use'
import type { CityId } from '@/domain/ids'
import { useStateWhileVisible } from '@/lifecycle/use-visible'
import { services } from '@/services'
import type { DataUsePage } from '@/services/data-uses'
import { dataUsesOf } from '@/services/data-uses'
import { type List, useList } from './use-list'

type Groups = Pick<DataUsePage, 'offices' | 'purposes'>
const none: Groups = { offices: [], purposes: [] }

/** Who used the citizen's data, newest first, page by page, with what there is to filter by. */
export function useDataUses(city: CityId, filter: DataUseFilter): List<DataUse> & Groups {
  const [groups, setGroups] = useStateWhileVisible(none)
  const read = useCallback(
    async (city: CityId, filter: DataUseFilter, cursor: string | null) => {
      const page = await services.of(dataUsesOf).list(city, filter, cursor)
      if (cursor === null) setGroups(() => page)
      return page
    },
    [setGroups],
  )
  return { ...useList([city, filter], read), offices: groups.offices, purposes: groups.purposes }
}
