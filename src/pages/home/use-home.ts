import { useCallback, useState } from 'react'
import type { Appointment } from '@/domain/appointment'
import type { Bill } from '@/domain/bill'
import type { CityId } from '@/domain/ids'
import type { Item } from '@/domain/item'
import { type Feature, hasFeature, type Manifest } from '@/domain/manifest'
import type { WaitlistEntry } from '@/domain/waitlist'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { readAll } from '@/queries/read-all'
import { readDue } from '@/queries/read-due'
import { type Load, useLoad } from '@/queries/use-load'
import { type Page, services } from '@/services'
import { type City, findCity } from '@/services/cities'
import { stores } from '@/stores'

/** What is to do; a part that failed hides nothing of the others, and one that the city does not have is null. */
export interface Todo {
  readonly due: Load<Page<Bill>> | null
  readonly visits: Load<Page<Appointment>> | null
  /** Days that the citizen waits for; those with a place held come first of all. */
  readonly waits: Load<readonly WaitlistEntry[]> | null
}

export type Home =
  | { readonly status: 'no-city' }
  | {
      readonly status: 'city'
      readonly city: City
      readonly manifest: Load<Manifest>
      readonly todo: Todo
      readonly reload: () => Promise<void>
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
  const has = (feature: Feature) => isOwn && hasFeature(known, feature)
  // Until the manifest is there, nobody knows which parts there are.
  const [due, reloadDue] = useLoad(
    has('accounts') ? id : null,
    () => readDue(id as CityId),
    () => services.bills.keptList(id as CityId, { due: true }),
  )
  const [visits, reloadVisits] = useLoad(
    has('appointments') ? id : null,
    () => services.appointments.list(id as CityId, { upcoming: true }),
    () => services.appointments.keptList(id as CityId, { upcoming: true }),
  )
  const hasWaitlist = has('waitlist')
  const [waits, reloadWaits] = useLoad(hasWaitlist ? id : null, () => services.waitlist.list(id as CityId))
  const reload = useCallback(async () => {
    await Promise.all([reloadManifest(), reloadDue(), reloadVisits(), hasWaitlist ? reloadWaits() : undefined])
  }, [reloadManifest, reloadDue, reloadVisits, reloadWaits, hasWaitlist])
  if (city === null) return { status: 'no-city' }
  const todo = {
    due: isOwn && !has('accounts') ? null : due,
    visits: isOwn && !has('appointments') ? null : visits,
    waits: isOwn && !hasWaitlist ? null : waits,
  }
  return { status: 'city', city, manifest, todo, reload }
}

export interface ItemSearch {
  readonly typed: string
  readonly type: (typed: string) => void
  /** Null where nobody can come to a hall: then only services are searched. */
  readonly load: Load<Page<Item>> | null
  readonly reload: () => Promise<void>
}

/** All items are read at the first letter typed, and kept for the next ones. */
export function useItemSearch(city: CityId | null, wanted: boolean): ItemSearch {
  const [typed, type] = useState('')
  const [load, reload] = useLoad(
    typed !== '' && city !== null && wanted ? city : null,
    () => readAll((cursor) => services.items.list(city as CityId, null, cursor)),
    () => services.items.keptList(city as CityId),
  )
  return { typed, type, load: wanted ? load : null, reload }
}
