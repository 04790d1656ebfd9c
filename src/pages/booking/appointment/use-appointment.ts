import { useEffect, useState } from 'react'
import {
  type Appointment,
  type AppointmentAction,
  appointmentActions,
  type CancelConsequence,
  cancelConsequence,
  isOutcome,
  newerOf,
} from '@/domain/appointment'
import type { Counters } from '@/domain/citizen'
import type { AppointmentId, CityId, ItemId } from '@/domain/ids'
import { type BookingRules, type Manifest, takesActions } from '@/domain/manifest'
import { useServerNow } from '@/lifecycle/use-server-now'
import { useEffectWhileVisible } from '@/lifecycle/use-visible'
import { type JustDone, takeDone } from '@/pages/booking/parts/just-done'
import { useBooking } from '@/pages/booking/parts/use-booking'
import { forgetPreparation } from '@/pages/booking/parts/use-preparation'
import { useLoad, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'

export type Cancelling =
  | { readonly status: 'idle' }
  /** The consequence is on the screen; nothing has been done. */
  | { readonly status: 'asking'; readonly consequence: CancelConsequence }
  /** `unsure`: not known whether it is cancelled. */
  | { readonly status: 'failed' | 'unsure'; readonly error: ServiceError }

export interface Shown {
  readonly status: 'ready'
  readonly appointment: Appointment
  /** What cancelling would cost now; the citizen's counter is read when the dialog opens. */
  readonly consequence: CancelConsequence
  /** It was booked or moved a moment ago, by the city's response. */
  readonly justDone: JustDone | null
  readonly nowMs: number
  readonly actions: readonly AppointmentAction[]
  readonly manifest: Manifest | null
  readonly rules: BookingRules | null
  readonly cancelling: Cancelling
  readonly askCancel: () => Promise<void>
  readonly doCancel: () => Promise<void>
  readonly keep: () => void
}

export type AppointmentPage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | Shown

/** How often the queue is read while its page is visible. */
const queueEveryMs = 15_000

/** All items of an appointment. */
export const itemsOf = ({
  itemId,
  moreItemIds = [],
}: Pick<Appointment, 'itemId' | 'moreItemIds'>): readonly ItemId[] => [itemId, ...moreItemIds]

/** One appointment: readable without network, and read again on every show. */
export function useAppointmentPage(city: CityId, id: AppointmentId): AppointmentPage {
  const [load, reload, refresh] = useLoad(
    [city, id],
    async (city, id) => {
      const appointment = await services.appointments.get(city, id)
      keepListed(appointment)
      return appointment
    },
    keptAppointment,
  )
  const nowMs = useServerNow(city)
  const [manifestLoad, reloadManifest] = useManifest(city)
  const [justDone] = useState(() => takeDone(id))
  const manifest = valueOf(manifestLoad)
  const rules = manifest?.booking ?? null
  const [cancelling, setCancelling] = useState<Cancelling>({ status: 'idle' })
  const booking = useBooking()
  const [changed, setChanged] = useState<Appointment | null>(null)

  const state = valueOf(load)?.state
  const isWaiting = state === 'checked-in'
  useEffectWhileVisible(() => {
    if (!isWaiting) return
    const timer = setInterval(() => void refresh(), queueEveryMs)
    return () => clearInterval(timer)
  }, [isWaiting, refresh])
  useEffect(() => {
    const appointment = valueOf(load)
    if (appointment?.state === 'served') forgetPreparation(city, itemsOf(appointment))
  }, [load, city])

  if (load.status === 'loading') return load
  if (load.status === 'failed') return { ...load, reload }
  // A response that was on its way while it was cancelled must not bring it back.
  const appointment = changed ? newerOf(load.value, changed) : load.value

  const consequenceFor = (counters: Counters | null) =>
    cancelConsequence(appointment, counters, rules, services.serverNow(city))

  const askCancel = async () => {
    const first = consequenceFor(null)
    const citizen = first.kind === 'unknown-count' ? await services.citizen.get(city).catch(() => null) : null
    setCancelling({ status: 'asking', consequence: citizen ? consequenceFor(citizen.counters) : first })
  }

  const doCancel = async () => {
    if (cancelling.status !== 'asking') return
    // The free time may have ended while the question stood on the screen: then it is asked again.
    if (cancelling.consequence.kind === 'free' && consequenceFor(null).kind !== 'free') return askCancel()
    const result = await booking.cancel(city, id)
    if (result.appointment) setChanged(result.appointment)
    if (result.kind === 'cancelled') return setCancelling({ status: 'idle' })
    if (result.error.code === 'city-read-only') await reloadManifest()
    setCancelling({ status: result.kind, error: result.error })
    await reload()
  }

  return {
    status: 'ready',
    appointment,
    consequence: consequenceFor(null),
    justDone: appointment.state === 'confirmed' ? justDone : null,
    nowMs,
    actions: appointmentActions(appointment, nowMs, manifest !== null && !takesActions(manifest)),
    manifest,
    rules,
    cancelling,
    askCancel,
    doCancel,
    keep: () => setCancelling({ status: 'idle' }),
  }
}

/** Without network the list is the way to the code: its cached copy must hold an appointment just booked. */
function keepListed({ cityId, id, state }: Appointment): void {
  const cached = services.appointments.cachedList(cityId)?.value.items ?? []
  if (!isOutcome(state) && !cached.some((other) => other.id === id)) services.appointments.list(cityId).catch(() => {})
}

/** As it was when last read, on its own or in a list. */
function keptAppointment(city: CityId, id: AppointmentId) {
  const one = services.appointments.cached(city, id)
  if (one) return one
  for (const list of [
    services.appointments.cachedList(city),
    services.appointments.cachedList(city, { upcoming: true }),
  ]) {
    const appointment = list?.value.items.find((other) => other.id === id)
    if (list && appointment) return { value: appointment, asOf: list.asOf }
  }
  return null
}
