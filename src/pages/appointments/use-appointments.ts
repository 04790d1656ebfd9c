import { type Appointment, isOutcome } from '@/domain/appointment'
import type { CityId, WaitlistId } from '@/domain/ids'
import { hasFeature, type Manifest, takesActions } from '@/domain/manifest'
import type { WaitlistEntry } from '@/domain/waitlist'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { useList } from '@/queries/use-list'
import { type Load, useLoad, valueOf } from '@/queries/use-load'
import { type Page, services } from '@/services'
import { stores } from '@/stores'

export interface Visits {
  readonly city: CityId | null
  readonly list: Load<Page<Appointment>>
  /** Null where the city has none. */
  readonly waitlist: Load<readonly WaitlistEntry[]> | null
  readonly upcoming: readonly Appointment[]
  readonly past: readonly Appointment[]
  readonly hasMore: boolean
  readonly moreFailed: boolean
  readonly readMore: () => Promise<void>
  /** Days that the citizen waits for; those with a place held first. */
  readonly waits: readonly WaitlistEntry[]
  readonly leave: (entry: WaitlistId) => Promise<Left>
  /** The city is in maintenance. */
  readonly isPaused: boolean
  readonly manifest: Manifest | null
  /** False when the city's manifest says that it takes no bookings. */
  readonly takesBookings: boolean
  readonly reload: () => Promise<void>
}

/** How leaving the waitlist ended; `unsure` when nobody could tell. */
export type Left = 'left' | 'still' | 'unsure'

/** Without an answer the list itself says whether the entry is still there. */
async function stateAfter(city: CityId, entry: WaitlistId): Promise<Left> {
  const entries = await services.waitlist.list(city).catch(() => null)
  if (entries === null) return 'unsure'
  return entries.some(({ id, state }) => id === entry && state !== 'left') ? 'still' : 'left'
}

const isState = (state: WaitlistEntry['state']) => (entry: WaitlistEntry) => entry.state === state

/** Visits in the chosen city: what lies ahead first, then what has been, page by page. */
export function useAppointments(): Visits {
  const city = useWhileVisible(stores.city, (state) => state.city)
  const manifest = city ? services.manifest.kept(city)?.value : undefined
  const takesBookings = !manifest || hasFeature(manifest, 'appointments')
  const { load, reload, ...list } = useList(
    takesBookings ? city : null,
    (cursor) => services.appointments.list(city as CityId, {}, cursor),
    () =>
      services.appointments.keptList(city as CityId) ??
      services.appointments.keptList(city as CityId, { upcoming: true }),
    // What lies ahead comes first, and all of it is shown.
    (visits) => visits.some((visit) => isOutcome(visit.state)),
  )
  const hasWaitlist = !manifest || hasFeature(manifest, 'waitlist')
  const [waitlist, reloadWaits] = useLoad(hasWaitlist ? city : null, () => services.waitlist.list(city as CityId))
  const waits = valueOf(waitlist) ?? []
  const leave = async (entry: WaitlistId): Promise<Left> => {
    const left = await services.waitlist.leave(city as CityId, entry).then(
      () => 'left' as const,
      () => stateAfter(city as CityId, entry),
    )
    await reloadWaits()
    return left
  }
  return {
    city,
    list: load,
    waitlist: hasWaitlist ? waitlist : null,
    upcoming: list.items.filter((visit) => !isOutcome(visit.state)),
    past: list.items.filter((visit) => isOutcome(visit.state)),
    hasMore: list.hasMore,
    moreFailed: list.moreError !== null,
    readMore: list.readMore,
    waits: (['offered', 'waiting', 'unlisted'] as const).flatMap((state) => waits.filter(isState(state))),
    leave,
    isPaused: manifest !== undefined && !takesActions(manifest),
    manifest: manifest ?? null,
    takesBookings,
    reload: async () => {
      await Promise.all([reload(), hasWaitlist ? reloadWaits() : undefined])
    },
  }
}
