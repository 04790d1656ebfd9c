import { useCallback, useState } from 'react'
import type { Appointment } from '@/domain/appointment'
import { type Bill, isPayable, sortBills } from '@/domain/bill'
import type { Item } from '@/domain/hall'
import type { CityId } from '@/domain/ids'
import { hasFeature, type Manifest } from '@/domain/manifest'
import { type Load, useLoad } from '@/pages/use-load'
import { useWhileVisible } from '@/pages/use-visible'
import { services } from '@/services'
import { type City, findCity } from '@/services/cities'
import { asServiceError, type ServiceError } from '@/services/errors'
import { stores } from '@/stores'

/** What one card of "to do" knows; a card that failed hides nothing of the others. */
export type Part<T> = { readonly value: T } | { readonly error: ServiceError }

export interface Todo {
  readonly bills: Part<readonly Bill[]>
  readonly visit: Part<Appointment | null>
}

export type Home =
  | { readonly status: 'no-city' }
  | {
      readonly status: 'city'
      readonly city: City
      readonly manifest: Load<Manifest>
      readonly todo: Load<Todo>
      readonly reload: () => Promise<void>
    }

async function part<T>(read: Promise<T>): Promise<Part<T>> {
  try {
    return { value: await read }
  } catch (thrown) {
    return { error: asServiceError(thrown) }
  }
}

const none = async <T>(value: T) => value

async function readTodo(city: CityId, manifest: Manifest): Promise<Todo> {
  const [bills, visit] = await Promise.all([
    part(
      hasFeature(manifest, 'accounts')
        ? services.bills.list(city, { due: true }).then((page) => sortBills(page.items.filter(isPayable)))
        : none([]),
    ),
    part(
      hasFeature(manifest, 'appointments')
        ? services.appointments.list(city, { upcoming: true }).then((page) => page.items[0] ?? null)
        : none(null),
    ),
  ])
  return { bills, visit }
}

/**
 * Home needs one request, the manifest, before it can be used, or none when one was kept. What is to do follows, and only
 * as far as the city has the features.
 */
export function useHome(): Home {
  const id = useWhileVisible(stores.city, (state) => state.city)
  const city = id === null ? null : findCity(id)
  const [manifest, reloadManifest] = useLoad(
    id,
    () => services.manifest.get(id as CityId),
    () => services.manifest.kept(id as CityId),
  )
  const known = manifest.status === 'ready' ? manifest.value : null
  const isOwn = known !== null && known.cityId === id
  const [todo, reloadTodo] = useLoad(isOwn ? `${id} ${known.features.join()}` : null, () =>
    readTodo(id as CityId, known as Manifest),
  )
  const reload = useCallback(async () => {
    await Promise.all([reloadManifest(), reloadTodo()])
  }, [reloadManifest, reloadTodo])
  if (city === null) return { status: 'no-city' }
  return { status: 'city', city, manifest, todo, reload }
}

export interface ItemSearch {
  readonly typed: string
  readonly type: (typed: string) => void
  /** Null until they have been read. */
  readonly items: readonly Item[] | null
  readonly failed: boolean
}

/** Items are read at the first letter typed, and kept for the next ones. */
export function useItemSearch(city: CityId | null, wanted: boolean): ItemSearch {
  const [typed, setTyped] = useState('')
  const [load] = useLoad(
    typed !== '' && city !== null && wanted ? city : null,
    () => services.items.list(city as CityId),
    () => services.items.keptList(city as CityId),
  )
  return {
    typed,
    type: setTyped,
    items: load.status === 'ready' ? load.value.items : null,
    failed: load.status === 'failed',
  }
}
