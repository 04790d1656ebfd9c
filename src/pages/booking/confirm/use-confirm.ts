import { useUnload } from '@tarojs/taro'
import { useCallback, useRef, useState } from 'react'
import type { Appointment } from '@/domain/appointment'
import type { Citizen, Counters } from '@/domain/citizen'
import {
  type Confirmation,
  type ConfirmationEvent,
  confirmationAfter,
  isReleasable,
  notConfirmed,
} from '@/domain/confirmation'
import { documentKindsFor } from '@/domain/document'
import { type Hold, type HoldStatus, holdStatus } from '@/domain/hold'
import type { AppointmentId, CitizenId, CityId, HoldId, ItemId, VisitorId, WaitlistId } from '@/domain/ids'
import { type Item, isForOthersToo } from '@/domain/item'
import { verifiable } from '@/domain/level'
import { type BookingRules, hasFeature, type Manifest, takesActions } from '@/domain/manifest'
import { instantOf, isPast } from '@/domain/time'
import { fieldsToFill, mostVisitors, type SavedVisitor, type VisitorField } from '@/domain/visitor'
import { type OfferOutcome, offerOutcome } from '@/domain/waitlist'
import { fromHere, go } from '@/lifecycle/go'
import { useStepUp } from '@/lifecycle/step-up'
import { todayIn } from '@/lifecycle/use-server-now'
import { useEffectWhileVisible } from '@/lifecycle/use-visible'
import { noteDone } from '@/pages/booking/parts/just-done'
import { useBooking } from '@/pages/booking/parts/use-booking'
import { type Taking, useTake } from '@/pages/booking/parts/use-take'
import { useAppointment } from '@/queries/use-appointments'
import { useCitizen } from '@/queries/use-citizen'
import { useItemsOf } from '@/queries/use-items'
import { type Load, mapLoad, useLoad, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { useVisitors } from '@/queries/use-visitors'
import { useWaitlist } from '@/queries/use-waitlist'
import { routes, tabs } from '@/routes'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'
import { holdsOf } from '@/services/holds'
import { useVisitor, type VisitorForm } from './use-visitor'

export type ConfirmPage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | {
      readonly status: 'ready'
      readonly hold: Hold
      readonly holdStatus: HoldStatus
      /** How the last request to confirm ended, when it did not end in an appointment. */
      readonly confirmation: Confirmation<ServiceError>
      /** The appointment that this would move. */
      readonly moving: AppointmentId | null
      /** The same, once it is read. */
      readonly old: Appointment | null
      readonly rules: BookingRules | null
      readonly counters: Load<Counters>
      /** With fee and materials. */
      readonly items: Load<readonly Item[]>
      readonly manifest: Manifest
      /** Relatives for whom the citizen may book; none when an appointment is moved, or where one books for oneself only. */
      readonly grants: Citizen['grants']
      readonly forCitizen: CitizenId | null
      readonly setForCitizen: (citizen: CitizenId | null) => void
      /** People whom the city keeps for the citizen, where it does. */
      readonly saved: SavedChoice
      readonly form: VisitorForm
      /** The number to call when the hall demands a field that this version does not know. */
      readonly callInstead: string | null
      readonly taking: Taking
      readonly confirm: () => Promise<void>
      readonly holdAgain: () => Promise<void>
      readonly chooseOther: () => Promise<unknown>
      readonly timeUp: () => void
      /** Set for a place offered by the waitlist: leaving keeps it, so releasing it is an act. */
      readonly giveUp: (() => Promise<unknown>) | null
      /** What became of a place offered by the waitlist that is no longer held. */
      readonly outcome: OfferOutcome | null
    }

/** A hold that can be read, with all that its page shows. */
export type ConfirmReady = Extract<ConfirmPage, { status: 'ready' }>

/** Somebody saved to come, and whether who is typed is to be saved. */
export interface SavedChoice {
  readonly people: readonly SavedVisitor[]
  readonly chosen: SavedVisitor | null
  readonly choose: (visitor: VisitorId | null) => void
  readonly isSaving: boolean
  /** Null where the city keeps nobody, or nobody more. */
  readonly setSaving: ((on: boolean) => void) | null
}

const none: readonly never[] = []

/**
 * A held place on its way to an appointment. The hold may be replaced by a new one while everything typed stays; leaving without
 * an appointment releases it, unless it was found for an `entry` of the waitlist: that one stays until its time is over.
 */
export function useConfirm(city: CityId, first: HoldId, entry: WaitlistId | undefined): ConfirmPage {
  const booking = useBooking()
  const [manifestLoad, reloadManifest] = useManifest(city)
  const manifest = valueOf(manifestLoad)
  const [citizen] = useCitizen(city)
  const [forCitizen, setForCitizen] = useState<CitizenId | null>(null)
  const [chosenVisitor, setChosenVisitor] = useState<VisitorId | null>(null)
  const [isSaving, setSaving] = useState(false)
  const [created, setCreated] = useState<Hold | null>(null)
  const id = created?.id ?? first
  const [load, reload] = useLoad(
    [city, id],
    services.of(holdsOf).get,
    () => created && { value: created, asOf: instantOf(services.serverNow(city)) },
  )
  const hold = valueOf(load)
  const itemIds: readonly ItemId[] = hold ? [hold.itemId, ...(hold.moreItemIds ?? [])] : none
  const [items] = useItemsOf(city, itemIds)
  const isPaused = manifest !== null && !takesActions(manifest)
  const moving = hold?.state === 'confirmed' ? null : (hold?.appointmentId ?? null)
  const [oldLoad] = useAppointment(city, moving)
  // The city knows its data of a relative.
  const demanded = moving || forCitizen ? none : (manifest?.booking?.visitor ?? none)
  const known = demanded.filter((field): field is VisitorField => field !== 'unlisted')
  const takesVisitors = manifest !== null && hasFeature(manifest, 'visitors') && known.length > 0
  const [visitors, reloadVisitors] = useVisitors(takesVisitors ? city : null)
  const people = valueOf(visitors) ?? none
  const saved = people.find(({ id }) => id === chosenVisitor) ?? null
  const kinds = documentKindsFor(manifest?.booking ?? {}, valueOf(items) ?? none)
  const form = useVisitor(fieldsToFill(known, saved, kinds), kinds, () => todayIn(city))

  const [confirmation, setConfirmation] = useState<Confirmation<ServiceError>>(notConfirmed)
  // The page may be left before the state is rendered.
  const latest = useRef(confirmation)
  const dispatch = (event: ConfirmationEvent<ServiceError>) => {
    latest.current = confirmationAfter(latest.current, event)
    setConfirmation(latest.current)
  }
  const [, setEnded] = useState<HoldId | null>(null)
  const taking = useTake({
    city,
    items: itemIds as readonly [ItemId, ...ItemId[]],
    persons: hold?.persons ?? 1,
    appointment: moving ?? undefined,
    onHeld(next) {
      dispatch({ kind: 'hold-replaced' })
      setCreated(next)
    },
  })

  const status = hold && holdStatus(hold, services.serverNow(city), isPaused)
  const isFound = entry !== undefined && id === first
  const isOver = status === 'expired' || status === 'released'
  const [waits] = useWaitlist(isFound && isOver ? city : null)
  const waiting = isFound ? valueOf(waits)?.find((other) => other.id === entry) : undefined
  const held = useRef<HoldId | null>(null)
  held.current = hold && !isFound && (status === 'counting' || status === 'paused') ? hold.id : null
  useUnload(() => {
    if (held.current && isReleasable(latest.current)) void booking.release(city, held.current)
  })

  const showAppointment = useCallback(
    async (appointment: AppointmentId, here = fromHere()) => {
      await here.replace(routes.appointment({ city, appointment }))
    },
    [city],
  )
  // An old link, or a response that was lost: there is an appointment already.
  const booked = hold?.state === 'confirmed' ? hold.appointmentId : undefined
  useEffectWhileVisible(() => {
    if (booked) void showAppointment(booked)
    return undefined
  }, [booked, showAppointment])

  const stepUp = useStepUp(() => confirm(true))
  /** Once: when the city still wants more after that, its refusal stands. */
  const confirm = async (isVerified = false) => {
    const visitor = moving ? {} : form.read()
    if (hold === null || visitor === null) return
    const here = fromHere()
    dispatch({ kind: 'sent' })
    const event = await booking.confirm(
      city,
      hold.id,
      moving
        ? { moves: moving }
        : {
            visitor,
            ...(forCitizen && { forCitizen }),
            ...(saved && { savedVisitor: saved.id }),
            ...(takesVisitors && isSaving && { saveVisitor: true }),
          },
    )
    // Removed on another phone: the list is read again, and the form asks for everything.
    if (event.kind === 'failed' && event.error.fields?.some(({ field }) => field === 'savedVisitorId'))
      await reloadVisitors()
    const isForm = event.kind === 'failed' && event.error.code === 'invalid-fields' && form.blame(event.error)
    dispatch(isForm ? { kind: 'fields-refused' } : event)
    const after = latest.current
    if (after.status === 'booked') {
      noteDone(after.appointment, moving ? 'moved' : 'booked')
      return showAppointment(after.appointment, here)
    }
    if (event.kind !== 'failed' || isForm) return
    if (event.error.code === 'city-read-only') await reloadManifest()
    if (event.hold !== null) await reload()
    const level = isVerified || event.error.code !== 'level-needed' ? null : verifiable(event.error.level)
    if (level === null) return
    const { slot, itemName, expiresAt } = hold
    const { name, idNumber } = visitor
    await stepUp({ city, level, purpose: itemName, name, idNumber, hall: slot.hallId, until: expiresAt })
  }

  const giveUp = async () => {
    const here = fromHere()
    await booking.release(city, first)
    return here.back(tabs.appointments)
  }

  const failed = load.status === 'failed' ? load : manifestLoad.status === 'failed' ? manifestLoad : null
  if (failed) {
    const again = async () => {
      await Promise.all([reload(), reloadManifest()])
    }
    return { status: 'failed', error: failed.error, reload: again }
  }
  if (hold === null || status === null || manifest === null || booked) return { status: 'loading' }
  const isValid = ({ until }: Citizen['grants'][number]) => !isPast(until, services.serverNow(city))
  return {
    status: 'ready',
    hold,
    holdStatus: status,
    confirmation,
    manifest,
    moving,
    old: valueOf(oldLoad),
    rules: manifest.booking ?? null,
    counters: mapLoad(citizen, ({ counters }) => counters),
    items,
    grants:
      moving || !isForOthersToo(valueOf(items) ?? none) ? none : (valueOf(citizen)?.grants ?? none).filter(isValid),
    forCitizen,
    setForCitizen(next) {
      dispatch({ kind: 'visitor-changed' })
      setForCitizen(next)
    },
    saved: {
      people,
      chosen: saved,
      choose(next) {
        dispatch({ kind: 'visitor-changed' })
        setChosenVisitor(next)
      },
      isSaving,
      setSaving:
        takesVisitors && visitors.status === 'ready' && (saved !== null || people.length < mostVisitors)
          ? setSaving
          : null,
    },
    form,
    callInstead: demanded.some((field) => field === 'unlisted') ? manifest.phone : null,
    taking,
    confirm: () => confirm(),
    holdAgain: () => taking.hold(hold.slot),
    chooseOther: () => go.back(tabs.appointments),
    timeUp: () => setEnded(hold.id),
    giveUp: isFound ? giveUp : null,
    outcome: waiting ? offerOutcome(waiting, services.serverNow(city)) : null,
  }
}
