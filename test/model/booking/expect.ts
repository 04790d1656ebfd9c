import { countersOf, heldBy, openVisitsOf, placesLeft, rules, type SlotRow, type View, type VisitRow } from './rows'

/** Why the city may refuse; empty: it must not. */
export type Reasons = Set<string>

/** The limits on one more visit, or on one in place of `moves`. */
function limits(view: View, citizen: string, item: string, slot: SlotRow, moves: string | null): Reasons {
  const reasons: Reasons = new Set()
  const { day } = slot
  const open = openVisitsOf(view, citizen)
  if (moves === null) {
    const { blocked, activeAppointments } = countersOf(view, citizen)
    if (blocked) reasons.add('booking-blocked')
    if (activeAppointments >= rules.activeLimit) reasons.add('booking-limit')
  }
  if (open.some((visit) => visit.id !== moves && visit.item === item && visit.day === day)) reasons.add('booking-limit')
  // All of them are at the same counter, whose times never overlap but with themselves.
  if (open.some((visit) => visit.id !== moves && visit.slot === slot.id)) reasons.add('overlapping-visit')
  return reasons
}

const slotOf = (view: View, slotId: string) => {
  const slot = view.slots.find(({ id }) => id === slotId)
  if (!slot) throw new Error(`no slot ${slotId}`)
  return slot
}

export type Wish = { citizen: string; slot: string; item: string; moves: string | null }

export function refusesHold(view: View, { citizen, slot: slotId, item, moves }: Wish): Reasons {
  const slot = slotOf(view, slotId)
  const reasons = limits(view, citizen, item, slot, moves)
  if (slot.startsAt <= view.now) reasons.add('slot-past')
  const own = heldBy(view, citizen)?.slot === slotId ? 1 : 0
  if (placesLeft(view, slotId) + own <= 0) reasons.add('slot-taken')
  const visit = view.visits.find(({ id }) => id === moves)
  if (moves !== null && (visit?.state !== 'confirmed' || visit.item !== item)) reasons.add('appointment-not-open')
  return reasons
}

export function refusesConfirm(view: View, citizen: string, holdId: string): Reasons {
  const hold = view.holds.find(({ id }) => id === holdId)
  if (!hold || hold.citizen !== citizen) return new Set(['not-found'])
  if (hold.state === 'confirmed') return new Set()
  if (hold.state !== 'held') return new Set(['hold-expired'])
  return limits(view, citizen, hold.item, slotOf(view, hold.slot), null)
}

const isAhead = (view: View, visit: VisitRow) => visit.state === 'confirmed' && visit.startsAt > view.now

export function refusesSwap(view: View, citizen: string, visitId: string, holdId: string): Reasons {
  const visit = view.visits.find(({ id }) => id === visitId)
  const hold = view.holds.find(({ id }) => id === holdId)
  if (!visit || !hold || visit.citizen !== citizen || hold.citizen !== citizen) return new Set(['not-found'])
  if (hold.state === 'confirmed') {
    return hold.visit === visit.id && visit.hold === hold.id ? new Set() : new Set(['hold-used'])
  }
  const reasons = limits(view, citizen, visit.item, slotOf(view, hold.slot), visit.id)
  if (!isAhead(view, visit)) reasons.add('appointment-not-open')
  if (hold.state !== 'held') reasons.add('hold-expired')
  if ((hold.moves !== null && hold.moves !== visit.id) || hold.item !== visit.item) reasons.add('hold-used')
  return reasons
}

export function refusesCancel(view: View, visitId: string): Reasons {
  const visit = view.visits.find(({ id }) => id === visitId)
  if (!visit) return new Set(['not-found'])
  if (visit.state === 'cancelled-by-citizen') return new Set()
  return isAhead(view, visit) ? new Set() : new Set(['appointment-not-open'])
}

export function refusesRelease(view: View, citizen: string, holdId: string): Reasons {
  const hold = view.holds.find(({ id }) => id === holdId)
  if (!hold || hold.citizen !== citizen) return new Set(['not-found'])
  return hold.state === 'confirmed' ? new Set(['hold-used']) : new Set()
}

/** What may be different afterwards. Everything else must be as it was, or as the clock makes it. */
export type Touched = { holds: ReadonlySet<string>; visits: ReadonlySet<string>; missed: ReadonlySet<string> }
export const nothing: Touched = { holds: new Set(), visits: new Set(), missed: new Set() }

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
    'visit',
    before.visits,
    after.visits,
    ({ id }) => id,
    touched.visits,
    () => false,
  )
  compare(
    'missed',
    before.missed,
    after.missed,
    ({ visit }) => visit,
    touched.missed,
    () => false,
  )
  return strange
}
