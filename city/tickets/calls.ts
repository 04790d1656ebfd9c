import type { Transaction } from 'kysely'
import { lost } from '../database/errors'
import type { Tables } from '../database/tables'
import { problem } from '../http/problem'
import type { Service } from '../service'
import { dayOf, type Words } from '../words'
import { changeLine, lockLine, queues, standingOf, type TicketHall, ticketHall, waitingIn } from './line'
import { tellOfCall, tellOfEnd, tellOfNear, tellOfPassing } from './messages'
import { drawNumbers } from './operations'
import { isOpen, openStates, paceAfter, passing, type TicketEvent, ticketStates } from './rules'
import type { LineRow, TicketRow } from './tables'

/** What the machine at a hall's door and its counters do to the queue of today. */

type Trx = Transaction<Tables>
type Staff = Pick<Service, 'database' | 'clock'>
type Where = { cityId: string; hallId: string }

const atLine = <T>(
  { database, clock }: Staff,
  { cityId, hallId }: Where,
  act: (trx: Trx, at: { hall: TicketHall; line: LineRow; now: Date }) => Promise<T>,
): Promise<T> =>
  database.transaction(async (trx) => {
    const hall = await ticketHall(trx, cityId, hallId)
    const line = await lockLine(trx, hall, dayOf(clock.now()))
    return act(trx, { hall, line, now: clock.now() })
  })

/** The line is locked. @throws to be tried again, when the ticket went meanwhile with its citizen's data. */
async function change(
  trx: Trx,
  ticket: Pick<TicketRow, 'city_id' | 'id' | 'state'>,
  event: TicketEvent,
  more: Partial<Pick<TicketRow, 'counter' | 'called_at' | 'again_at' | 'times_passed'>>,
  endedAt: Date,
): Promise<TicketRow> {
  const state = ticketStates[ticket.state][event]
  if (state === undefined) throw problem('bad-request', { detail: `A ticket that is ${ticket.state}: no ${event}` })
  return trx
    .updateTable('tickets')
    .set((set) => ({
      state,
      version: set('version', '+', 1),
      ...more,
      ...(!isOpen(state) && { ended_at: endedAt }),
    }))
    .where('city_id', '=', ticket.city_id)
    .where('id', '=', ticket.id)
    .where('state', '=', ticket.state)
    .returningAll()
    .executeTakeFirstOrThrow(lost)
}

/**
 * People take numbers at the hall's machine, of the same sequence. It gives them however many were taken from home. With `only`, no
 * more than are missing until so many wait, and while the line has been called so often: of several that would fill a hall at once, one does.
 */
export const takeAtMachine = (
  service: Staff,
  where: Where,
  people = 1,
  only?: { upTo: number; seen: number },
): Promise<TicketRow[]> =>
  atLine(service, where, async (trx, { hall, line, now }) => {
    const { status, reason } = standingOf(hall, line.day, line, now)
    if (status !== 'open' && status !== 'used-up')
      throw problem('tickets-not-given', { tickets: status, ...(reason && { detail: reason.zh }) })
    const missing = only ? await missingOf(trx, line, only, now) : people
    const count = Math.min(people, missing)
    return count <= 0 ? [] : drawNumbers(trx, line, Array(count).fill({ citizenId: null, messages: false }), now)
  })

async function missingOf(trx: Trx, line: LineRow, { upTo, seen }: { upTo: number; seen: number }, now: Date) {
  if (line.calls !== seen) return 0
  return upTo - ((await waitingIn(trx, line.city_id, [line.hall_id], now)).get(line.hall_id) ?? 0)
}

/**
 * A counter calls who is next; whom it called before has been served. Null when nobody waits. With `seen`, only while the line has been called
 * so often: of several that would call at once, one does.
 */
export const callNext = (service: Staff, where: Where, counter: number, seen?: number): Promise<TicketRow | null> =>
  atLine(service, where, async (trx, { hall, line, now }) => {
    if (seen !== undefined && line.calls !== seen) return null
    const before = await trx
      .selectFrom('tickets')
      .selectAll()
      .where('city_id', '=', line.city_id)
      .where('hall_id', '=', line.hall_id)
      .where('day', '=', line.day)
      .where('state', '=', 'called')
      .where('counter', '=', counter)
      .execute()
    for (const ticket of before) await change(trx, ticket, 'serve', {}, now)
    const next = (await queues(trx, line.city_id, line.day, [line])).get(line.hall_id)?.[0]
    if (next === undefined) return null
    const called = await change(
      trx,
      { ...next, city_id: line.city_id },
      'call',
      { counter, called_at: now, again_at: null },
      now,
    )
    const since = line.called_at && (now.getTime() - line.called_at.getTime()) / 1000
    const after = {
      calls: line.calls + 1,
      called_number: called.number,
      called_at: now,
      pace_seconds: paceAfter(line.pace_seconds, since),
    }
    await changeLine(trx, line, after)
    await tellOfCall(trx, hall, called, counter, now)
    await tellOfNear(trx, hall, { ...line, ...after }, now)
    return called
  })

/** Who was called is not there (过号). */
export const passTicket = (service: Staff, where: Where, number: number): Promise<TicketRow> =>
  atLine(service, where, async (trx, { hall, line, now }) => {
    const ticket = await trx
      .selectFrom('tickets')
      .selectAll()
      .where('city_id', '=', line.city_id)
      .where('hall_id', '=', line.hall_id)
      .where('day', '=', line.day)
      .where('number', '=', number)
      .executeTakeFirstOrThrow(() => problem('not-found'))
    const event = passing(hall.tickets, ticket.times_passed)
    const after = hall.tickets.calledAgainAfter
    const passed = await change(
      trx,
      ticket,
      event,
      { times_passed: ticket.times_passed + 1, again_at: event === 'pass' ? line.calls + after : null },
      now,
    )
    await tellOfPassing(trx, passed, event === 'pass' ? after : null, now)
    return passed
  })

/** The hall gives no more numbers for now, and why; null gives them again. What was given is called. */
export const stopTickets = (service: Staff, where: Where, reason: Words | null): Promise<void> =>
  atLine(service, where, (trx, { line, now }) =>
    changeLine(trx, line, { stopped_at: reason && now, reason: reason && JSON.stringify(reason) }),
  )

/** The hall ends the queue of today before its time: nobody is called any more, and all who waited are told why. */
export const endQueue = (service: Staff, where: Where, reason: Words): Promise<void> =>
  atLine(service, where, async (trx, { hall, line, now }) => {
    if (line.ended_at) return
    await changeLine(trx, line, { ended_at: now, reason: JSON.stringify(reason) })
    const open = await trx
      .selectFrom('tickets')
      .selectAll()
      .where('city_id', '=', line.city_id)
      .where('hall_id', '=', line.hall_id)
      .where('day', '=', line.day)
      .where('state', 'in', [...openStates])
      .execute()
    for (const ticket of open) {
      await change(trx, ticket, 'end', {}, now)
      await tellOfEnd(trx, hall, ticket, reason, now)
    }
  })
