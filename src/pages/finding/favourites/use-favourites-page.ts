import { useMemo, useState } from 'react'
import { asId, type CityId, type HallId, type ItemId } from '@/domain/ids'
import { searchFor } from '@/domain/typed'
import { useFavourites } from '@/queries/use-favourites'
import { useHalls } from '@/queries/use-halls'
import { useItems } from '@/queries/use-items'
import { type Load, valueOf } from '@/queries/use-load'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'
import { favouritesOf } from '@/services/favourites'

export type FavouriteKind = 'item' | 'hall'

/** Something to save. */
export interface Choice {
  readonly id: string
  readonly name: string
  readonly note: string
  readonly isSaved: boolean
}

export type FavouritesPage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | {
      readonly status: 'ready'
      readonly load: Load<unknown>
      readonly reload: () => Promise<void>
      readonly kind: FavouriteKind
      readonly show: (kind: FavouriteKind) => void
      readonly typed: string
      readonly type: (typed: string) => void
      /** Of the kind that is shown, what matches; what is saved first, as it was when the page opened. */
      readonly choices: readonly Choice[]
      readonly toggle: (id: string) => Promise<void>
      /** The last change that was not made. */
      readonly failure: { readonly isRemoval: boolean; readonly error: ServiceError } | null
    }

/** Everything that can be saved, with what is. A change shows at once, and is taken back when the city does not make it. */
export function useFavouritesPage(city: CityId): FavouritesPage {
  const [saved, reloadSaved] = useFavourites(city)
  const [kind, show] = useState<FavouriteKind>('item')
  const [typed, type] = useState('')
  const [items, reloadItems] = useItems(city)
  const [halls, reloadHalls] = useHalls(kind === 'hall' ? city : null)
  const [changes, setChanges] = useState<Readonly<Record<string, boolean>>>({})
  const [failure, setFailure] = useState<{ isRemoval: boolean; error: ServiceError } | null>(null)
  const load: Load<unknown> = kind === 'item' ? items : halls
  const keys = useMemo(() => (valueOf(saved) ?? []).map(({ kind, targetId }) => `${kind}:${targetId}`), [saved])
  const all = useMemo(() => {
    const rows =
      kind === 'item'
        ? (valueOf(items)?.items ?? []).map(({ id, name, department }) => ({
            id: id as string,
            name,
            note: department,
          }))
        : (valueOf(halls)?.items ?? []).map(({ id, name, address }) => ({ id: id as string, name, note: address }))
    const isSaved = ({ id }: { id: string }) => keys.includes(`${kind}:${id}`)
    return [...rows.filter(isSaved), ...rows.filter((row) => !isSaved(row))]
  }, [items, halls, kind, keys])
  const reload = async () => {
    await Promise.all([reloadSaved(), kind === 'item' ? reloadItems() : reloadHalls()])
  }
  const failed = [saved, load].find(({ status }) => status === 'failed')
  if (failed?.status === 'failed') return { status: 'failed', error: failed.error, reload }
  if (saved.status === 'loading' || load.status === 'loading') return { status: 'loading' }
  const isSaved = (id: string) => changes[`${kind}:${id}`] ?? keys.includes(`${kind}:${id}`)
  const has = searchFor(typed)
  return {
    status: 'ready',
    load,
    reload,
    kind,
    show,
    typed,
    type,
    choices: all.filter(({ name, note }) => has(name, note)).map((row) => ({ ...row, isSaved: isSaved(row.id) })),
    async toggle(id) {
      const isRemoval = isSaved(id)
      const set = (isSaved: boolean) => setChanges((before) => ({ ...before, [`${kind}:${id}`]: isSaved }))
      setFailure(null)
      set(!isRemoval)
      const { save, remove } = services.of(favouritesOf)
      try {
        await (isRemoval ? remove : save)(city, kind, asId<HallId | ItemId>(id))
      } catch (thrown) {
        set(isRemoval)
        setFailure({ isRemoval, error: asServiceError(thrown) })
      }
    },
    failure,
  }
}
