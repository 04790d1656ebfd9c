import type { Selectable } from 'kysely'
import type { Ticket } from '../../contract/wire/types.gen'
import { both } from '../booking/both'
import type { Db } from '../database/database'
import type { Tables } from '../database/tables'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { dayOf, instant, say } from '../words'
import { queues, standingOf } from './line'
import { isOpen, numberText, passing, waitOf } from './rules'
import type { LineRow, TicketRow, TicketSeed } from './tables'

export async function findTicket(
  db: Db,
  { cityId, citizenId }: Pick<Context, 'cityId' | 'citizenId'>,
  id: string,
): Promise<TicketRow> {
  const ticket = await db
    .selectFrom('tickets')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('id', '=', id)
    .where('citizen_id', '=', citizenId)
    .executeTakeFirst()
  if (!ticket) throw problem('not-found')
  return ticket
}

/** The contract's shape of tickets, in the order given. */
export async function ticketBodies(db: Db, context: Context, rows: readonly TicketRow[]): Promise<Ticket[]> {
  if (rows.length === 0) return []
  const { cityId, language } = context
  const now = context.now()
  const hallIds = [...new Set(rows.map(({ hall_id }) => hall_id))]
  const halls = await db
    .selectFrom('halls')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('id', 'in', hallIds)
    .execute()
  const lines = await db
    .selectFrom('ticket_lines')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('day', 'in', [...new Set(rows.map(({ day }) => day))])
    .where('hall_id', 'in', hallIds)
    .execute()
  const today = dayOf(now)
  const waiting = await queues(
    db,
    cityId,
    today,
    lines.filter(
      ({ hall_id, day }) =>
        day === today && rows.some((row) => row.hall_id === hall_id && row.day === day && isOpen(row.state)),
    ),
  )
  return rows.map((row) => {
    const hall = halls.find(({ id }) => id === row.hall_id)
    const line = lines.find(({ hall_id, day }) => hall_id === row.hall_id && day === row.day)
    if (!hall || !line) throw problem('internal')
    const ahead = waiting.get(row.hall_id)?.findIndex(({ id }) => id === row.id) ?? -1
    return {
      id: row.id,
      cityId,
      hall: {
        id: hall.id,
        name: say(hall.name, language),
        address: say(hall.address, language),
        phone: hall.phone,
        latitude: hall.latitude,
        longitude: hall.longitude,
      },
      state: row.state,
      version: row.version,
      number: numberText(row.number),
      day: row.day,
      ...(ahead >= 0 && { ahead, ...waitBody(hall, line, row, ahead, now) }),
      ...(line.called_number !== null && { lineCalled: numberText(line.called_number) }),
      ...(row.state === 'called' &&
        row.counter !== null && {
          counter: say(both(`${row.counter} 号窗口`, `Counter ${row.counter}`), language),
        }),
      ...(row.called_at && { calledAt: instant(row.called_at) }),
      ...(hall.tickets && againBody(hall.tickets, row)),
      messages: row.messages,
      ...(row.state === 'ended-by-hall' && line.reason && { reason: say(line.reason, language) }),
      takenAt: instant(row.taken_at),
      ...(row.ended_at && { endedAt: instant(row.ended_at) }),
      countedAt: instant(now),
      serverTime: instant(now),
    }
  })
}

function waitBody(
  hall: Selectable<Tables['halls']>,
  line: LineRow,
  { state, day }: TicketRow,
  ahead: number,
  now: Date,
): Pick<Ticket, 'wait'> {
  if (state !== 'waiting' || !hall.tickets) return {}
  const { minutesLeft } = standingOf({ ...hall, tickets: hall.tickets }, day, line, now)
  const wait = waitOf(ahead, line.pace_seconds, minutesLeft)
  return wait ? { wait } : {}
}

const againBody = (rules: TicketSeed, { state, times_passed }: TicketRow): Pick<Ticket, 'calledAgainAfter'> =>
  state === 'waiting' || state === 'called'
    ? { calledAgainAfter: passing(rules, times_passed) === 'pass' ? rules.calledAgainAfter : 0 }
    : {}

export async function ticketBody(db: Db, context: Context, id: string): Promise<Ticket> {
  const [body] = await ticketBodies(db, context, [await findTicket(db, context, id)])
  if (!body) throw problem('internal')
  return body
}
