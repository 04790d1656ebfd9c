import {
  type AppointmentRow,
  countersOf,
  heldBy,
  openAppointmentsOf,
  placesLeft,
  rules,
  type SlotRow,
  unusedHolds,
  type View,
} from './rows'

/** Why the city may refuse; empty: it must not. */
export type Reasons = Set<string>

/** The limits on one more appointment, or on one in place of `moves`. */
function limits(view: View, citizen: string, item: string, slot: SlotRow, moves: string | null): Reasons {
  const reasons: Reasons = new Set()
  const { day } = slot
  const open = openAppointmentsOf(view, citizen)
  if (moves === null) {
    const { blocked, activeAppointments } = countersOf(view, citizen)
    if (blocked) reasons.add('booking-blocked')
    if (activeAppointments >= rules.activeLimit) reasons.add('booking-limit')
  }
  if (open.some((appointment) => appointment.id !== moves && appointment.item === item && appointment.day === day))
    reasons.add('booking-limit')
  // All of them are at the same counter, whose times never overlap but with themselves.
  if (open.some((appointment) => appointment.id !== moves && appointment.slot === slot.id))
    reasons.add('overlapping-visit')
  return reasons
}

const slotOf = (view: View, slotId: string) => {
  const slot = view.slots.find(({ id }) => id === slotId)
  if (!slot) throw new Error(`no slot ${slotId}`)
  return slot
}

export type HoldAttempt = { citizen: string; slot: string; item: string; persons: number; moves: string | null }

export function refusesHold(view: View, { citizen, slot: slotId, item, persons, moves }: HoldAttempt): Reasons {
  const slot = slotOf(view, slotId)
  const reasons = limits(view, citizen, item, slot, moves)
  if (slot.startsAt <= view.now) reasons.add('slot-past')
  if (unusedHolds(view, citizen, slotId) >= rules.unusedLimit) reasons.add('booking-limit')
  const before = heldBy(view, citizen)
  const own = before?.slot === slotId ? before.persons : 0
  if (placesLeft(view, slotId) + own < persons) reasons.add('slot-taken')
  if (persons > (rules.personsPerVisit[item] ?? 1)) reasons.add('booking-limit')
  const appointment = view.appointments.find(({ id }) => id === moves)
  if (
    moves !== null &&
    (appointment?.state !== 'confirmed' || appointment.item !== item || appointment.persons !== persons)
  )
    reasons.add('appointment-not-open')
  return reasons
}

export function refusesConfirm(view: View, citizen: string, holdId: string): Reasons {
  const hold = view.holds.find(({ id }) => id === holdId)
  if (!hold || hold.citizen !== citizen) return new Set(['not-found'])
  if (hold.state === 'confirmed') return new Set()
  if (hold.state !== 'held') return new Set(['hold-expired'])
  return limits(view, citizen, hold.item, slotOf(view, hold.slot), null)
}

const isAhead = (view: View, appointment: AppointmentRow) =>
  appointment.state === 'confirmed' && appointment.startsAt > view.now

export function refusesSwap(view: View, citizen: string, appointmentId: string, holdId: string): Reasons {
  const appointment = view.appointments.find(({ id }) => id === appointmentId)
  const hold = view.holds.find(({ id }) => id === holdId)
  if (!appointment || !hold || appointment.citizen !== citizen || hold.citizen !== citizen)
    return new Set(['not-found'])
  if (hold.state === 'confirmed') {
    return hold.appointment === appointment.id && appointment.hold === hold.id ? new Set() : new Set(['hold-used'])
  }
  const reasons = limits(view, citizen, appointment.item, slotOf(view, hold.slot), appointment.id)
  if (!isAhead(view, appointment)) reasons.add('appointment-not-open')
  if (hold.state !== 'held') reasons.add('hold-expired')
  if (
    (hold.moves !== null && hold.moves !== appointment.id) ||
    hold.item !== appointment.item ||
    hold.persons !== appointment.persons
  )
    reasons.add('hold-used')
  return reasons
}

export function refusesCancel(view: View, appointmentId: string): Reasons {
  const appointment = view.appointments.find(({ id }) => id === appointmentId)
  if (!appointment) return new Set(['not-found'])
  if (appointment.state === 'cancelled-by-citizen') return new Set()
  return isAhead(view, appointment) ? new Set() : new Set(['appointment-not-open'])
}

export function refusesRelease(view: View, citizen: string, holdId: string): Reasons {
  const hold = view.holds.find(({ id }) => id === holdId)
  if (!hold || hold.citizen !== citizen) return new Set(['not-found'])
  return hold.state === 'confirmed' ? new Set(['hold-used']) : new Set()
}

/** What may be different afterwards. Everything else must be as it was, or as the clock makes it. */
export type Touched = { holds: ReadonlySet<string>; appointments: ReadonlySet<string>; missed: ReadonlySet<string> }
export const nothing: Touched = { holds: new Set(), appointments: new Set(), missed: new Set() }

/**
 * Names what changed though nothing was to change it. Places offered to somebody who waits may come at any time: the city
 * does that by itself; it takes back nothing.
 */
export function strangeChanges(before: View, after: View, touched: Touched): string[] {
  const strange: string[] = []
  const compare = <Row extends { [name: string]: unknown }>(
    what: string,
    was: readonly Row[],
    is: readonly Row[],
    nameOf: (row: Row) => string,
    mayChange: ReadonlySet<string>,
    mayCome: (row: Row) => boolean,
  ) => {
    const now = new Map(is.map((row) => [nameOf(row), row]))
    for (const row of was) {
      const name = nameOf(row)
      if (mayChange.has(name)) continue
      if (JSON.stringify(now.get(name)) !== JSON.stringify(row)) {
        strange.push(`${what} ${JSON.stringify(row)} became ${JSON.stringify(now.get(name))}`)
      }
    }
    const known = new Set(was.map(nameOf))
    for (const [name, row] of now) {
      if (!known.has(name) && !mayChange.has(name) && !mayCome(row)) strange.push(`${what} ${JSON.stringify(row)} came`)
    }
  }
  compare(
    'hold',
    before.holds,
    after.holds,
    ({ id }) => id,
    touched.holds,
    ({ offered }) => offered,
  )
  compare(
    'appointment',
    before.appointments,
    after.appointments,
    ({ id }) => id,
    touched.appointments,
    () => false,
  )
  compare(
    'missed',
    before.missed,
    after.missed,
    ({ appointment }) => appointment,
    touched.missed,
    () => false,
  )
  return strange
}
