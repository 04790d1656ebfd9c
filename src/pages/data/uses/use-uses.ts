import { useState } from 'react'
import type { DataUse, DataUseFilter } from '@/domain/data-use'
import type { CityId } from '@/domain/ids'
import { hasFeature } from '@/domain/manifest'
import { useDataUses } from '@/queries/use-data-uses'
import { type Load, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import type { DataUsePage } from '@/services/data-uses'
import type { ServiceError } from '@/services/errors'

interface Filtering extends Pick<DataUsePage, 'offices' | 'purposes'> {
  readonly filter: DataUseFilter
  readonly setFilter: (filter: DataUseFilter) => void
}

export type UsesPage = { readonly filtering: Filtering } & (
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | { readonly status: 'none'; readonly load: Load<unknown>; readonly reload: () => Promise<void> }
  | {
      readonly status: 'uses'
      readonly uses: readonly DataUse[]
      readonly open: DataUse | null
      readonly show: (id: string | null) => void
      /** The number to call where the city takes no reports online; null where it does. */
      readonly callInstead: string | null
      readonly hasMore: boolean
      readonly moreFailed: boolean
      readonly readMore: () => Promise<void>
    }
)

/** Who used the citizen's data, as far as they have read. */
export function useUsesPage(city: CityId): UsesPage {
  const [filter, setFilter] = useState<DataUseFilter>(null)
  const [shown, show] = useState<string | null>(null)
  const { load, items, hasMore, moreError, readMore, reload, offices, purposes } = useDataUses(city, filter)
  const manifest = valueOf(useManifest(city)[0])
  const filtering = { filter, setFilter, offices, purposes }
  if (load.status === 'loading') return { status: 'loading', filtering }
  if (load.status === 'failed') return { status: 'failed', error: load.error, reload, filtering }
  if (items.length === 0) return { status: 'none', load, reload, filtering }
  return {
    status: 'uses',
    uses: items,
    open: items.find(({ id }) => id === shown) ?? null,
    show,
    callInstead: manifest && !hasFeature(manifest, 'reports') ? manifest.phone : null,
    hasMore,
    moreFailed: moreError !== null,
    readMore,
    filtering,
  }
}
