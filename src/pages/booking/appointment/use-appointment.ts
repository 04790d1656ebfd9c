import { useEffect, useRef, useState } from 'react'
import {
  type Appointment,
  type AppointmentAction,
  appointmentActions,
  type CancelConsequence,
  cancelConsequence,
  isOutcome,
  newerOf,
} from '@/domain/appointment'
import type { AppointmentId, CityId, IdempotencyKey, ItemId } from '@/domain/ids'
import { type BookingRules, type Manifest, takesActions } from '@/domain/manifest'
import { useEffectWhileVisible } from '@/lifecycle/use-visible'
import { type JustDone, takeDone } from '@/pages/booking/parts/just-done'
import { forgetPreparation } from '@/pages/booking/parts/use-preparation'
import { type Load, useLoad, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { services } from '@/services'
import { asServiceError, mayBeDone, type ServiceError } from '@/services/errors'

/** What cancelling would cost; `unknown-count` when it is late and the citizen's counter could not be read. */
export type Consequence = CancelConsequence | { kind: 'unknown-count'; limit: number }

export type Cancelling =
  | { readonly status: 'no' }
  /** The consequence is on the screen; nothing has been done. */
  | { readonly status: 'asking'; readonly consequence: Consequence }
  /** `isUnsure`: nobody could tell whether it was done. */
  | { readonly status: 'failed'; readonly error: ServiceError; readonly isUnsure: boolean }

export interface Shown {
  readonly visit: Appointment
  /** It was booked or moved a moment ago, and the city said so. */
  readonly justDone: JustDone | null
  readonly actions: readonly AppointmentAction[]
  readonly manifest: Manifest | null
  readonly rules: BookingRules | null
  readonly cancelling: Cancelling
  readonly askCancel: () => Promise<void>
  readonly doCancel: () => Promise<void>
  readonly keep: () => void
}

export type VisitPage = Exclude<Load<never>, { status: 'ready' }> | ({ readonly status: 'ready' } & Shown)

/** How often the place in the queue is asked for, while somebody looks at it. */
const queueEveryMs = 15_000

/** All items of a visit. */
export const itemsOf = ({
  itemId,
  moreItemIds = [],
}: Pick<Appointment, 'itemId' | 'moreItemIds'>): readonly ItemId[] => [itemId, ...moreItemIds]

/** One visit: readable without network, and asked about again on every show. */
export function useAppointment(city: CityId, id: AppointmentId): [VisitPage, () => Promise<void>] {
  const [load, reload, refresh] = useLoad(
    `${city} ${id}`,
    async () => {
      const visit = await services.appointments.get(city, id)
      keepListed(visit)
      return visit
    },
    () => keptVisit(city, id),
  )
  const [manifestLoad, reloadManifest] = useManifest(city)
  const [justDone] = useState(() => takeDone(id))
  const manifest = valueOf(manifestLoad)
  const rules = manifest?.booking ?? null
  const [cancelling, setCancelling] = useState<Cancelling>({ status: 'no' })
  const [changed, setChanged] = useState<Appointment | null>(null)
  const key = useRef<IdempotencyKey | null>(null)

  const state = valueOf(load)?.state
  const isWaiting = state === 'checked-in'
  useEffectWhileVisible(() => {
    if (!isWaiting) return
    const timer = setInterval(() => void refresh(), queueEveryMs)
    return () => clearInterval(timer)
  }, [isWaiting, refresh])
  useEffect(() => {
    const visit = valueOf(load)
    if (visit?.state === 'served') forgetPreparation(city, itemsOf(visit))
  }, [load, city])

  if (load.status !== 'ready') return [load, reload]
  // An answer that was on its way while the visit was cancelled must not bring it back.
  const visit = changed ? newerOf(load.value, changed) : load.value

  /** The counter decides only once the free time is over: before that nothing needs to be read. */
  const weigh = async (): Promise<Consequence> => {
    const now = () => services.serverNow(city)
    const first = cancelConsequence(visit, { noShowsThisMonth: 0 }, rules, now())
    if (first.kind !== 'counts') return first
    const citizen = await services.citizen.get(city).catch(() => null)
    if (citizen === null) return { kind: 'unknown-count', limit: first.limit }
    return cancelConsequence(visit, citizen.counters, rules, now())
  }

  const askCancel = async () => {
    key.current ??= services.newIdempotencyKey()
    setCancelling({ status: 'asking', consequence: await weigh() })
  }

  const doCancel = async () => {
    if (cancelling.status !== 'asking' || key.current === null) return
    // The free time may have ended while the question stood on the screen: then it is asked anew.
    const now = cancelConsequence(visit, { noShowsThisMonth: 0 }, rules, services.serverNow(city))
    if (cancelling.consequence.kind === 'free' && now.kind !== 'free') return askCancel()
    try {
      setChanged(await services.appointments.cancel(city, id, key.current))
      key.current = null
      setCancelling({ status: 'no' })
    } catch (thrown) {
      const error = asServiceError(thrown)
      if (error.kind === 'refused') key.current = null
      if (error.code === 'city-read-only') await reloadManifest()
      // Without an answer it may be done all the same: the visit itself says whether it is.
      const now = mayBeDone(error) ? await services.appointments.get(city, id).catch(() => null) : null
      if (now) setChanged(now)
      if (now?.state === 'cancelled-by-citizen') {
        key.current = null
        return setCancelling({ status: 'no' })
      }
      setCancelling({ status: 'failed', error, isUnsure: mayBeDone(error) && now === null })
      await reload()
    }
  }

  return [
    {
      status: 'ready',
      visit,
      justDone: visit.state === 'confirmed' ? justDone : null,
      actions: appointmentActions(visit, services.serverNow(city), manifest !== null && !takesActions(manifest)),
      manifest,
      rules,
      cancelling,
      askCancel,
      doCancel,
      keep: () => setCancelling({ status: 'no' }),
    },
    reload,
  ]
}

/** Without network the list is the way to the code, so what is kept of it must know a visit that was just booked. */
function keepListed({ cityId, id, state }: Appointment): void {
  const kept = services.appointments.keptList(cityId)?.value.items ?? []
  if (!isOutcome(state) && !kept.some((other) => other.id === id)) services.appointments.list(cityId).catch(() => {})
}

/** As it was when last read, on its own or in a list. */
function keptVisit(city: CityId, id: AppointmentId) {
  const one = services.appointments.kept(city, id)
  if (one) return one
  for (const list of [services.appointments.keptList(city), services.appointments.keptList(city, { upcoming: true })]) {
    const visit = list?.value.items.find((other) => other.id === id)
    if (list && visit) return { value: visit, asOf: list.asOf }
  }
  return null
}
