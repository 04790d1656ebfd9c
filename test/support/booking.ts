import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { fillSlotByHall } from '../../city/booking'
import type { Tables } from '../../city/database/tables'
import type {
  Appointment,
  AppointmentPage,
  Citizen,
  Hold,
  Problem,
  Session,
  Slot,
  SlotDays,
  SlotList,
  WaitlistEntry,
  WaitlistPage,
  WaitlistRequest,
} from '../../contract/wire/types.gen'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { testDatabase } from './sandbox'

export type Reply<Body> = { status: number; body: Body; problem: Problem | null; requestId: string | null }

type Request = { method?: string; path: string; body?: unknown; key?: string; token?: string; language?: string }

/** A sandbox inside the test, so that its tables and clock can be looked at; booking happens over HTTP all the same. */
export async function startBooking(startAt: Date, more: { demo?: boolean; sweepMs?: number | null } = {}) {
  const { databaseUrl, schema, release } = await testDatabase()
  const sandbox = await startSandbox({ port: 0, databaseUrl, schema, startAt, quiet: true, ...more })
  return {
    sandbox,
    base: `${sandbox.address}/330100`,
    close: async () => {
      await sandbox.close()
      await release()
    },
  }
}

/** A call over real HTTP, as any client makes it. */
export async function ask<Body>(base: string, request: Request): Promise<Reply<Body>> {
  const answer = await fetch(`${base}${request.path}`, {
    method: request.method ?? 'GET',
    headers: {
      ...(request.token !== undefined && { Authorization: `Bearer ${request.token}` }),
      ...(request.key !== undefined && { 'Idempotency-Key': request.key }),
      ...(request.body !== undefined && { 'Content-Type': 'application/json' }),
      ...(request.language !== undefined && { 'Accept-Language': request.language }),
    },
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
  })
  const text = await answer.text()
  const body = text === '' ? null : JSON.parse(text)
  return {
    status: answer.status,
    body: body as Body,
    problem: answer.ok ? null : (body as Problem),
    requestId: answer.headers.get('X-Request-Id'),
  }
}

export const newKey = (): string => randomUUID()

export const hall = '9007199254740995'
export const item = 'id-card-renewal'

/** A citizen with a session, who books. */
export async function citizenOf(base: string, who: string) {
  const code = `preview-${who}`
  const session = await ask<Session>(base, { method: 'POST', path: '/sessions', body: { host: 'preview', code } })
  const { token } = session.body
  const get = <Body>(path: string, language?: string) =>
    ask<Body>(base, { path, token, ...(language !== undefined && { language }) })
  const send = <Body>(path: string, body: unknown, key = newKey(), method = 'POST') =>
    ask<Body>(base, { method, path, body, key, token })
  return {
    id: session.body.citizenId,
    get,
    send,
    hold: (slotId: string, options: { itemId?: string; appointmentId?: string; persons?: number; key?: string } = {}) =>
      send<Hold>(
        '/holds',
        {
          slotId,
          itemId: options.itemId ?? item,
          ...(options.appointmentId !== undefined && { appointmentId: options.appointmentId }),
          ...(options.persons !== undefined && { persons: options.persons }),
        },
        options.key,
      ),
    getHold: (id: string) => get<Hold>(`/holds/${id}`),
    release: (id: string) => ask<null>(base, { method: 'DELETE', path: `/holds/${id}`, token }),
    confirm: (holdId: string, key?: string) =>
      send<Appointment>('/appointments', { holdId, visitor: { name: '李小明', phone: '13800000001' } }, key),
    swap: (id: string, holdId: string, key?: string) => send<Appointment>(`/appointments/${id}/swap`, { holdId }, key),
    cancel: (id: string, key?: string) => send<Appointment>(`/appointments/${id}/cancellation`, undefined, key),
    appointment: (id: string) => get<Appointment>(`/appointments/${id}`),
    appointments: (query = '') => get<AppointmentPage>(`/appointments${query}`),
    counters: async () => (await get<Citizen>('/citizen')).body.counters,
    join: (request: WaitlistRequest) => send<WaitlistEntry>('/waitlist', request),
    waitlist: async () => (await get<WaitlistPage>('/waitlist')).body.items,
    leave: (id: string) => ask<null>(base, { method: 'DELETE', path: `/waitlist/${id}`, token }),
  }
}
export type BookingCitizen = Awaited<ReturnType<typeof citizenOf>>

/** Free days of the hall, nearest first; `itemId` decides the counter. */
export async function freeDays(base: string, itemId = item): Promise<string[]> {
  const { body } = await ask<SlotDays>(base, { path: `/slot-days?hallId=${hall}&itemId=${itemId}` })
  return body.days.filter((day) => day.status === 'free').map((day) => day.day)
}

export async function slotsOf(base: string, day: string, itemId = item): Promise<Slot[]> {
  const { body } = await ask<SlotList>(base, { path: `/slots?hallId=${hall}&itemId=${itemId}&day=${day}` })
  return body.slots
}

/** Leaves `free` places in each of these slots. */
export async function leave(sandbox: Sandbox, slots: readonly { id: string }[], free: number): Promise<void> {
  for (const slot of slots) await fillSlotByHall(sandbox.world, slot.id, free)
}

/** Rows that break what must always hold; empty when all is well. */
export const brokenInvariants = (sandbox: Sandbox): Promise<unknown[]> => brokenRows(sandbox.world.database.db)

/** The same for any sandbox's tables. */
export async function brokenRows(db: Kysely<Tables>): Promise<unknown[]> {
  const { rows } = await sql`
    with kept as (
      select slot_id, sum(persons) as places
      from (select persons, unnest(slot_id || more_slot_ids) as slot_id from appointments
        where state not in ('cancelled-by-citizen', 'cancelled-by-hall', 'excused')) as places group by slot_id
    ), held as (
      select slot_id, sum(persons) as places
      from (select persons, unnest(slot_id || more_slot_ids) as slot_id from holds where state = 'held') as places
      group by slot_id
    )
    select 'places' as broken, slots.id, slots.capacity, slots.elsewhere, slots.taken,
      coalesce(kept.places, 0) as kept, coalesce(held.places, 0) as held
    from slots left join kept on kept.slot_id = slots.id left join held on held.slot_id = slots.id
    where slots.taken <> slots.elsewhere + coalesce(kept.places, 0) + coalesce(held.places, 0)
      or slots.taken > slots.capacity or slots.elsewhere < 0
    union all
    select 'hold without its visit', holds.id, 0, 0, 0, 0, 0 from holds
    where state = 'confirmed' and not exists (select 1 from appointments where appointments.id = holds.appointment_id)
    union all
    select 'visit without its hold', appointments.id, 0, 0, 0, 0, 0 from appointments
    join holds on holds.id = appointments.hold_id
    where holds.appointment_id is distinct from appointments.id or holds.slot_id <> appointments.slot_id
      or holds.more_slot_ids <> appointments.more_slot_ids or holds.persons <> appointments.persons
  `.execute(db)
  return rows
}
