import { type Appointment, isOutcome } from '@/domain/appointment'
import type { CityId, WaitlistId } from '@/domain/ids'
import { hasFeature, type Manifest, takesActions } from '@/domain/manifest'
import { entriesToShow, type LeaveResult, leaveResult, type WaitlistEntry } from '@/domain/waitlist'
import { todayIn } from '@/lifecycle/use-server-now'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { useAppointments } from '@/queries/use-appointments'
import { type Load, valueOf } from '@/queries/use-load'
import { useWaitlist } from '@/queries/use-waitlist'
import { type Page, services } from '@/services'
import { stores } from '@/stores'

export interface AppointmentsPage {
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
  readonly entries: readonly WaitlistEntry[]
  /** An offer has run out: what became of it is for the city to say. */
  readonly reloadWaitlist: () => Promise<void>
  readonly leave: (entry: WaitlistId) => Promise<LeaveResult>
  /** The city is in maintenance. */
  readonly isPaused: boolean
  readonly manifest: Manifest | null
  /** False when the city's manifest says that it takes no bookings. */
  readonly takesBookings: boolean
  /** Numbers of today's queues can be taken from home. */
  readonly givesNumbers: boolean
  readonly reload: () => Promise<void>
}

/** Appointments in the chosen city: what lies ahead first, then what has been, page by page. */
export function useAppointmentsPage(): AppointmentsPage {
  const city = useWhileVisible(stores.city, (state) => state.city)
  const manifest = city ? services.manifest.cached(city)?.value : undefined
  const takesBookings = !manifest || hasFeature(manifest, 'appointments')
  const { load, reload, ...list } = useAppointments(takesBookings ? city : null)
  const hasWaitlist = !manifest || hasFeature(manifest, 'waitlist')
  const [waitlist, reloadWaitlist] = useWaitlist(hasWaitlist ? city : null)
  const leave = async (entry: WaitlistId): Promise<LeaveResult> => {
    if (!city) return 'unsure'
    const result = await services.waitlist.leave(city, entry).then(
      () => 'left' as const,
      async () => leaveResult(await services.waitlist.list(city).catch(() => null), entry),
    )
    await reloadWaitlist()
    return result
  }
  return {
    city,
    list: load,
    waitlist: hasWaitlist ? waitlist : null,
    upcoming: list.items.filter(({ state }) => !isOutcome(state)),
    past: list.items.filter(({ state }) => isOutcome(state)),
    hasMore: list.hasMore,
    moreFailed: list.moreError !== null,
    readMore: list.readMore,
    entries: city ? entriesToShow(valueOf(waitlist) ?? [], todayIn(city)) : [],
    reloadWaitlist,
    leave,
    isPaused: manifest !== undefined && !takesActions(manifest),
    manifest: manifest ?? null,
    takesBookings,
    givesNumbers: manifest !== undefined && hasFeature(manifest, 'tickets'),
    reload: async () => {
      await Promise.all([reload(), hasWaitlist ? reloadWaitlist() : undefined])
    },
  }
}
