import { useState } from 'react'
import type { CityId, VisitorId } from '@/domain/ids'
import { hasFeature } from '@/domain/manifest'
import type { SavedVisitor } from '@/domain/visitor'
import { type Load, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { useVisitors } from '@/queries/use-visitors'
import { services } from '@/services'
import { visitorsOf } from '@/services/visitors'

export interface VisitorsPage {
  /** Null where the city keeps nobody. */
  readonly load: Load<readonly SavedVisitor[]> | null
  readonly reload: () => Promise<void>
  /** Whom to remove, once asked. */
  readonly removing: SavedVisitor | null
  readonly askRemove: (visitor: VisitorId | null) => void
  /** False when it is not known to be done. */
  readonly remove: () => Promise<boolean>
}

/** People whom the city keeps for the citizen, to look at and to remove. */
export function useVisitorsPage(city: CityId): VisitorsPage {
  const [manifest] = useManifest(city)
  const known = valueOf(manifest)
  const isOffered = known === null || hasFeature(known, 'visitors')
  const [load, reload] = useVisitors(isOffered ? city : null)
  const [asked, askRemove] = useState<VisitorId | null>(null)
  const removing = (valueOf(load) ?? []).find(({ id }) => id === asked) ?? null
  const remove = async () => {
    if (removing === null) return false
    const isDone = await services
      .of(visitorsOf)
      .forget(city, removing.id)
      .then(
        () => true,
        () => false,
      )
    askRemove(null)
    await reload()
    return isDone
  }
  return { load: isOffered ? load : null, reload, removing, askRemove, remove }
}
