import { useUnload } from '@tarojs/taro'
import { useCallback, useRef, useState } from 'react'
import type { Appointment } from '@/domain/appointment'
import type { Citizen, Counters } from '@/domain/citizen'
import { documentKindsFor } from '@/domain/document'
import { type Hold, isHeld } from '@/domain/hold'
import type { AppointmentId, CitizenId, CityId, HoldId, IdempotencyKey, ItemId, WaitlistId } from '@/domain/ids'
import type { Item } from '@/domain/item'
import { type BookingRules, type Manifest, takesActions } from '@/domain/manifest'
import { dayOf, instantOf, isPast } from '@/domain/time'
import { fromHere, leave } from '@/lifecycle/leave'
import { useEffectWhileVisible } from '@/lifecycle/use-visible'
import { noteDone } from '@/pages/booking/parts/just-done'
import { mapLoad } from '@/pages/booking/parts/map-load'
import { useCitizen } from '@/pages/booking/parts/rules'
import { useItemsLoad } from '@/pages/booking/parts/use-items-of'
import { type Taking, useTake } from '@/pages/booking/parts/use-take'
import type { Navigation } from '@/platform/types'
import { type Load, useLoad, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { routes, tabs } from '@/routes'
import { services } from '@/services'
import type { Visitor } from '@/services/appointments'
import { asServiceError, type ServiceError } from '@/services/errors'
import { useVisitor, type VisitorField, type VisitorForm } from './use-visitor'

/** How the last try to confirm ended, when it did not end in a visit. */
export type Trouble =
  /** The city said no, and why. */
  | { readonly kind: 'refused'; readonly error: ServiceError }
  /** It did not happen; the place is still held. */
  | { readonly kind: 'not-done'; readonly error: ServiceError }
  /** Nobody could tell. The same try again finds out, and never books twice. */
  | { readonly kind: 'unsure'; readonly error: ServiceError }

export type Confirm =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | {
      readonly status: 'ready'
      readonly hold: Hold
      /** The server's deadline has passed, or the place was given back. */
      readonly isOver: boolean
      /** The visit that this would move, when it is a swap. */
      readonly moving: AppointmentId | null
      readonly old: Appointment | null
      readonly rules: BookingRules | null
      readonly counters: Load<Counters>
      /** With fee and materials. */
      readonly items: Load<readonly Item[]>
      readonly manifest: Manifest
      /** The city is in maintenance: nothing can be confirmed, and no time runs out. */
      readonly isPaused: boolean
      /** Relatives for whom the citizen may book; nobody for a swap. */
      readonly grants: Citizen['grants']
      readonly whom: CitizenId | null
      readonly setWhom: (whom: CitizenId | null) => void
      readonly form: VisitorForm
      /** Whom to call when the hall demands something that this version cannot ask for. */
      readonly callInstead: string | null
      readonly trouble: Trouble | null
      readonly taking: Taking
      readonly confirm: () => Promise<void>
      readonly holdAgain: () => Promise<void>
      readonly chooseOther: () => Promise<unknown>
      readonly timeUp: () => void
      /** For a place that was found for somebody who waits: leaving keeps it, so giving it back is an act. */
      readonly giveUp: (() => Promise<unknown>) | null
    }

const nobody: readonly never[] = []

/**
 * A held place on its way to a visit. The hold may be replaced by a new one while everything typed stays; leaving without
 * a visit gives it back, unless it was found for an `entry` of the waitlist: that one stays until its time is over.
 */
export function useConfirm(city: CityId, first: HoldId, entry: WaitlistId | undefined): Confirm {
  const [manifestLoad, reloadManifest] = useManifest(city)
  const manifest = valueOf(manifestLoad)
  const citizen = useCitizen(city)
  const [whom, setWhom] = useState<CitizenId | null>(null)
  const [made, setMade] = useState<Hold | null>(null)
  const id = made?.id ?? first
  const [load, reload] = useLoad(
    `${city} ${id}`,
    () => services.holds.get(city, id),
    () => made && { value: made, asOf: instantOf(services.serverNow(city)) },
  )
  const hold = valueOf(load)
  const itemIds: readonly ItemId[] = hold ? [hold.itemId, ...(hold.moreItemIds ?? [])] : nobody
  const items = useItemsLoad(city, itemIds)
  const isPaused = manifest !== null && !takesActions(manifest)
  const moving = hold?.state === 'confirmed' ? null : (hold?.appointmentId ?? null)
  const [oldLoad] = useLoad(
    moving && `${city} ${moving}`,
    () => services.appointments.get(city, moving as AppointmentId),
    () => services.appointments.kept(city, moving as AppointmentId),
  )
  // Of a relative the city knows what it needs.
  const demanded = moving || whom ? nobody : (manifest?.booking?.visitor ?? nobody)
  const form = useVisitor(
    demanded.filter((field): field is VisitorField => field !== 'unlisted'),
    documentKindsFor(manifest?.booking ?? {}, valueOf(items) ?? nobody),
    () => dayOf(services.serverNow(city)),
  )
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [, setEnded] = useState<HoldId | null>(null)
  const taking = useTake({
    city,
    items: itemIds as readonly [ItemId, ...ItemId[]],
    appointment: moving ?? undefined,
    onHeld(next) {
      setTrouble(null)
      setMade(next)
    },
  })

  // What this page may still give back when it is left.
  const left = useRef<{ hold: HoldId | null; isTrying: boolean }>({ hold: null, isTrying: false })
  const isFound = entry !== undefined && id === first
  left.current.hold = hold && !isFound && isHeld(hold, services.serverNow(city), isPaused) ? hold.id : null
  useUnload(() => {
    const { hold, isTrying } = left.current
    // A confirmation on its way must not find its place gone. If it never arrives, the hold ends at its deadline.
    if (hold && !isTrying) services.holds.release(city, hold).catch(() => {})
  })

  const intent = useRef<{ said: string; key: IdempotencyKey } | null>(null)
  const done = useCallback(
    async (appointment: AppointmentId, here: Navigation = fromHere()) => {
      left.current.isTrying = true
      await here.replace(routes.appointment({ city, appointment }))
    },
    [city],
  )

  // An old link, or an answer that was lost: there is a visit already.
  const booked = hold?.state === 'confirmed' ? hold.appointmentId : undefined
  useEffectWhileVisible(() => {
    if (booked) void done(booked)
    return undefined
  }, [booked, done])

  const confirm = async () => {
    if (!hold) return
    const visitor: Visitor | null = moving ? {} : form.read()
    if (visitor === null) return
    const said = JSON.stringify([hold.id, visitor, whom])
    if (intent.current?.said !== said) intent.current = { said, key: services.newIdempotencyKey() }
    const { key } = intent.current
    const here = fromHere()
    left.current.isTrying = true
    setTrouble(null)
    try {
      const visit = moving
        ? await services.appointments.swap(city, moving, hold.id, key)
        : await services.appointments.confirm(city, hold.id, visitor, key, whom ?? undefined)
      noteDone(visit.id, moving ? 'moved' : 'booked')
      await done(visit.id, here)
    } catch (thrown) {
      const error = asServiceError(thrown)
      await settle(hold, error, here)
    }
  }

  /** No visit came back: what the hold has become says whether there is one. */
  const settle = async (hold: Hold, error: ServiceError, here: Navigation) => {
    if (error.code === 'invalid-fields' && form.blame(error)) {
      left.current.isTrying = false
      return
    }
    const now = await services.holds.get(city, hold.id).catch(() => null)
    if (now?.state === 'confirmed' && now.appointmentId) {
      noteDone(now.appointmentId, moving ? 'moved' : 'booked')
      return done(now.appointmentId, here)
    }
    if (error.code === 'city-read-only') await reloadManifest()
    // The try may still arrive, so the place is not given back while nobody knows.
    left.current.isTrying = now === null && error.kind !== 'refused'
    if (now !== null) await reload()
    if (error.code === 'hold-expired' || (now !== null && now.state !== 'held')) return
    const kind = error.kind === 'refused' ? 'refused' : now === null ? 'unsure' : 'not-done'
    setTrouble({ kind, error })
  }

  const giveUp = async () => {
    const here = fromHere()
    await services.holds.release(city, first).catch(() => {})
    return here.back(tabs.appointments)
  }

  const failed = load.status === 'failed' ? load : manifestLoad.status === 'failed' ? manifestLoad : null
  if (failed) {
    const again = async () => {
      await Promise.all([reload(), reloadManifest()])
    }
    return { status: 'failed', error: failed.error, reload: again }
  }
  if (hold === null || manifest === null || booked) return { status: 'loading' }
  return {
    status: 'ready',
    hold,
    isOver: !isHeld(hold, services.serverNow(city), isPaused),
    manifest,
    isPaused,
    moving,
    old: valueOf(oldLoad),
    rules: manifest.booking ?? null,
    counters: mapLoad(citizen, ({ counters }) => counters),
    items,
    grants: moving
      ? nobody
      : (valueOf(citizen)?.grants ?? nobody).filter(({ until }) => !isPast(until, services.serverNow(city))),
    whom,
    setWhom(next) {
      setTrouble(null)
      setWhom(next)
    },
    form,
    callInstead: demanded.some((field) => field === 'unlisted') ? manifest.phone : null,
    trouble,
    taking,
    confirm,
    holdAgain: () => taking.hold(hold.slot),
    chooseOther: () => leave.back(tabs.appointments),
    timeUp: () => setEnded(hold.id),
    giveUp: isFound ? giveUp : null,
  }
}
