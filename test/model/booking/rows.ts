import { sql } from 'kysely'
import { blockedUntil } from '../../../city/booking/no-shows'
import type { Sandbox } from '../../../sandbox/start'

/** The rules of the city under test, written down again: what is checked must not come from what is checked. */
export const rules = {
  holdSeconds: 300,
  activeLimit: 3,
  noShowLimit: 2,
  noShowBlockDays: 30,
  cancelMinutes: 120,
  unusedLimit: 3,
  unusedMinutes: 30,
  slipMs: 60_000,
  /** People who may come for each item. */
  personsPerVisit: { 'id-card-renewal': 1, 'newborn-registration': 2 } as Readonly<Record<string, number>>,
}

export type HoldRow = {
  id: string
  citizen: string
  slot: string
  item: string
  state: 'held' | 'confirmed' | 'released' | 'expired'
  offered: boolean
  persons: number
  moves: string | null
  appointment: string | null
  created: number
  until: number
  ended: number | null
}
export type AppointmentRow = {
  id: string
  citizen: string
  hold: string
  slot: string
  item: string
  persons: number
  day: string
  state: string
  version: number
  code: string
  startsAt: number
  endsAt: number
}
/** `appointment`: of a late move the hold that it went to. */
export type Missed = { appointment: string; citizen: string; at: number; excused: boolean }
export type SlotRow = { id: string; day: string; capacity: number; elsewhere: number; taken: number; startsAt: number }
export type EntryRow = {
  id: string
  citizen: string
  state: string
  persons: number
  hold: string | null
  notices: number
}

/** All that is written down about bookings, as the clock means it at `now`. */
export type View = {
  now: number
  slots: SlotRow[]
  holds: HoldRow[]
  appointments: AppointmentRow[]
  missed: Missed[]
  entries: EntryRow[]
}

const keeps = (state: string): boolean => !['cancelled-by-citizen', 'cancelled-by-hall', 'excused'].includes(state)
export const isOpen = (appointment: AppointmentRow): boolean =>
  appointment.state === 'confirmed' || appointment.state === 'checked-in'

/** Reads the raw rows and does with them what the clock alone does, whether or not the city has got round to it. */
export async function readView(sandbox: Sandbox, slotIds: readonly string[]): Promise<View & { raw: SlotRow[] }> {
  const { db } = sandbox.world.database
  const now = sandbox.world.clock.now().getTime()
  const { rows } = await sql<{ view: Omit<View, 'now'> }>`select json_build_object(
    'slots', (select coalesce(json_agg(json_build_object('id', id, 'day', day, 'capacity', capacity,
      'elsewhere', elsewhere, 'taken', taken, 'startsAt', extract(epoch from starts_at) * 1000) order by id), '[]')
      from slots where id = any(${slotIds}::text[])),
    'holds', (select coalesce(json_agg(json_build_object('id', id, 'citizen', citizen_id, 'slot', slot_id,
      'item', item_id, 'persons', persons, 'state', state, 'offered', offered, 'moves', moves_id, 'appointment', appointment_id,
      'created', extract(epoch from created_at) * 1000, 'until', extract(epoch from expires_at) * 1000,
      'ended', extract(epoch from ended_at) * 1000) order by id), '[]') from holds),
    'appointments', (select coalesce(json_agg(json_build_object('id', a.id, 'citizen', citizen_id, 'hold', hold_id,
      'slot', slot_id, 'item', item_id, 'persons', persons, 'day', a.day, 'state', state, 'version', version, 'code', code,
      'startsAt', extract(epoch from s.starts_at) * 1000, 'endsAt', extract(epoch from a.ends_at) * 1000)
      order by a.id), '[]') from appointments a join slots s on s.id = a.slot_id),
    'missed', (select coalesce(json_agg(json_build_object('appointment', of, 'citizen', citizen_id,
      'at', extract(epoch from counted_at) * 1000, 'excused', excused_at is not null) order by of), '[]')
      from (select appointment_id as of, citizen_id, counted_at, excused_at from no_shows
      union all select id, citizen_id, counted_at, excused_at from late_moves) as missed),
    'entries', (select coalesce(json_agg(json_build_object('id', id, 'citizen', citizen_id, 'state', state,
      'persons', persons, 'hold', hold_id, 'notices', notices_sent) order by created_at, id), '[]') from waitlist)
    ) as view`.execute(db)
  const view = rows[0]?.view
  if (!view) throw new Error('no rows')
  return { ...asOf({ now, ...view }, now), raw: view.slots }
}

const shanghaiDay = (ms: number): string => new Date(ms + 8 * 3600_000).toISOString().slice(0, 10)

/** What the same rows mean later, when time alone has passed. */
export function asOf(view: View, now: number): View {
  const missed = [...view.missed]
  const appointments = view.appointments.map((appointment) => {
    if (appointment.state === 'confirmed' && appointment.endsAt <= now) {
      if (!missed.some((one) => one.appointment === appointment.id)) {
        missed.push({
          appointment: appointment.id,
          citizen: appointment.citizen,
          at: appointment.endsAt,
          excused: false,
        })
      }
      return { ...appointment, state: 'no-show', version: appointment.version + 1 }
    }
    const isLeftOver = appointment.state === 'checked-in' && appointment.day < shanghaiDay(now)
    return isLeftOver ? { ...appointment, state: 'expired', version: appointment.version + 1 } : appointment
  })
  const holds = view.holds.map((hold) =>
    hold.state === 'held' && hold.until <= now ? { ...hold, state: 'expired' as const, ended: hold.until } : hold,
  )
  missed.sort((a, b) => (a.appointment < b.appointment ? -1 : 1))
  return { ...view, now, holds, appointments, missed }
}

const personsOf = (rows: readonly { persons: number }[]): number => rows.reduce((sum, { persons }) => sum + persons, 0)

/** Places left in a slot, counted from who stands there and not from the city's own count. */
export function placesLeft(view: View, slotId: string): number {
  const slot = view.slots.find(({ id }) => id === slotId)
  if (!slot) throw new Error(`no slot ${slotId}`)
  const held = personsOf(view.holds.filter((hold) => hold.slot === slotId && hold.state === 'held'))
  const kept = personsOf(
    view.appointments.filter((appointment) => appointment.slot === slotId && keeps(appointment.state)),
  )
  return slot.capacity - slot.elsewhere - held - kept
}

/** How often this citizen held this slot of late and did not use it. */
export const unusedHolds = (view: View, citizen: string, slot: string): number =>
  view.holds.filter((hold) => {
    if (hold.citizen !== citizen || hold.slot !== slot || hold.offered || hold.state === 'confirmed') return false
    const ended = hold.ended ?? view.now
    return ended > view.now - rules.unusedMinutes * 60_000 && ended - hold.created >= rules.slipMs
  }).length

export const heldBy = (view: View, citizen: string): HoldRow | undefined =>
  view.holds.find((hold) => hold.citizen === citizen && hold.state === 'held' && !hold.offered)

export const openAppointmentsOf = (view: View, citizen: string): AppointmentRow[] =>
  view.appointments.filter((appointment) => appointment.citizen === citizen && isOpen(appointment))

/** The citizen's own counters, counted from history. */
export function countersOf(view: View, citizen: string) {
  const times = view.missed.filter((one) => one.citizen === citizen && !one.excused).map(({ at }) => at)
  const month = shanghaiDay(view.now).slice(0, 7)
  return {
    noShowsThisMonth: times.filter((at) => shanghaiDay(at).slice(0, 7) === month).length,
    activeAppointments: openAppointmentsOf(view, citizen).length,
    blocked: blockedUntil(
      times.map((at) => new Date(at)),
      rules,
      new Date(view.now),
    ),
  }
}

/** What must hold whatever has happened; empty when all is well. */
export function broken(view: View, raw: readonly SlotRow[], before: View | null): string[] {
  const faults: string[] = []
  for (const slot of view.slots) {
    const left = placesLeft(view, slot.id)
    if (left < 0) faults.push(`${slot.id} has ${left} places left`)
  }
  for (const slot of raw)
    if (slot.taken > slot.capacity || slot.taken < 0) faults.push(`${slot.id} counts ${slot.taken}`)
  const once = (names: string[], what: string) => {
    for (const name of new Set(names.filter((each, at) => names.indexOf(each) !== at))) faults.push(`${what}: ${name}`)
  }
  const held = view.holds.filter(({ state }) => state === 'held')
  once(
    held.filter(({ offered }) => !offered).map(({ citizen }) => citizen),
    'two holds of one citizen',
  )
  once(
    held.filter(({ offered }) => offered).map(({ citizen }) => citizen),
    'two offers to one citizen',
  )
  const open = view.appointments.filter(isOpen)
  once(
    open.map(({ citizen, item, day }) => `${citizen} ${item} ${day}`),
    'two appointments on a day for one item',
  )
  once(
    open.map(({ citizen, slot }) => `${citizen} ${slot}`),
    'two appointments at the same time',
  )
  once(
    view.appointments.map(({ hold }) => hold),
    'two appointments from one hold',
  )
  once(
    view.appointments.map(({ day, code }) => `${day} ${code}`),
    'two appointments with one code',
  )
  for (const appointment of view.appointments) {
    const hold = view.holds.find(({ id }) => id === appointment.hold)
    if (hold?.appointment !== appointment.id || hold.slot !== appointment.slot || hold.persons !== appointment.persons)
      faults.push(`${appointment.id} and its hold do not agree`)
  }
  for (const hold of view.holds) {
    if (hold.state === 'confirmed' && !view.appointments.some(({ id }) => id === hold.appointment))
      faults.push(`${hold.id} is lost`)
  }
  for (const entry of view.entries) {
    if (entry.notices > 3) faults.push(`${entry.id} got ${entry.notices} notices`)
    const offer = entry.state === 'offered' ? view.holds.find(({ id }) => id === entry.hold) : undefined
    if (offer && offer.persons !== entry.persons) faults.push(`${entry.id} was offered ${offer.persons} places`)
  }
  for (const old of before?.appointments ?? []) {
    const now = view.appointments.find(({ id }) => id === old.id)
    if (!now || now.version < old.version) faults.push(`${old.id} went back to ${now?.version}`)
  }
  return faults
}
