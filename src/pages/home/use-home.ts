import { useCallback } from 'react'
import type { Appointment } from '@/domain/appointment'
import type { Bill } from '@/domain/bill'
import { type Feature, hasFeature, type Manifest } from '@/domain/manifest'
import type { WaitlistEntry } from '@/domain/waitlist'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { useUpcomingAppointments } from '@/queries/use-appointments'
import { useDueBills } from '@/queries/use-bills'
import { type Load, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { useWaitlist } from '@/queries/use-waitlist'
import type { Page } from '@/services'
import { type City, findCity } from '@/services/cities'
import { stores } from '@/stores'

/** What is to do. A failed part hides nothing of the others; a part that the city does not have is null. */
export interface Todo {
  readonly due: Load<Page<Bill>> | null
  readonly visits: Load<Page<Appointment>> | null
  /** Days that the citizen waits for; those with an offer come first. */
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
 * Home needs one request before it can be used, the manifest, or none when one is cached. What is to do follows, as far as the
 * city has the features.
 */
export function useHome(): Home {
  const id = useWhileVisible(stores.city, (state) => state.city)
  const city = id === null ? null : findCity(id)
  const [manifest, reloadManifest] = useManifest(id, false)
  const offered = valueOf(manifest)
  const has = (feature: Feature) => offered !== null && hasFeature(offered, feature)
  // Without the manifest it is not known which parts there are.
  const [due, reloadDue] = useDueBills(has('accounts') ? id : null)
  const [visits, reloadVisits] = useUpcomingAppointments(has('appointments') ? id : null)
  const hasWaitlist = has('waitlist')
  const [waits, reloadWaits] = useWaitlist(hasWaitlist ? id : null)
  const reload = useCallback(async () => {
    await Promise.all([reloadManifest(), reloadDue(), reloadVisits(), hasWaitlist ? reloadWaits() : undefined])
  }, [reloadManifest, reloadDue, reloadVisits, reloadWaits, hasWaitlist])
  if (city === null) return { status: 'no-city' }
  const todo = {
    due: offered && !has('accounts') ? null : due,
    visits: offered && !has('appointments') ? null : visits,
    waits: offered && !hasWaitlist ? null : waits,
  }
  return { status: 'city', city, manifest, todo, reload }
}
