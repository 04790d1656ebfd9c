import type { Transaction } from 'kysely'
import type {
  GetTicketData,
  GetTicketLineData,
  GetTicketLineResponses,
  GetTicketResponses,
  ListTicketsData,
  ListTicketsResponses,
  ReturnTicketData,
  ReturnTicketResponses,
  TakeTicketData,
  TakeTicketResponses,
} from '../../contract/wire/types.gen'
import { lockCitizen } from '../booking/locks'
import { refuseWithout } from '../booking/rules'
import { highest, needLevel } from '../citizens/verification-levels'
import type { Tables } from '../database/tables'
import { type Context, creating, operation, refuseWhenReadOnly } from '../http/operation'
import { problem } from '../http/problem'
import { newId } from '../ids'
import { dayOf, instant, say } from '../words'
import { findTicket, ticketBodies, ticketBody } from './body'
import { changeLine, expireTickets, lockLine, queues, standingOf, type TicketHall, ticketHall } from './line'
import { tellOfNear } from './messages'
import { isOpen, numberText, ticketRulesBody, ticketStates, waitOf } from './rules'
import type { LineRow, TicketRow } from './tables'

type Trx = Transaction<Tables>

export const getTicketLine = operation<GetTicketLineData, GetTicketLineResponses>(async ({ path }, context) => {
  refuseWithout('tickets', context)
  const { db, cityId, language } = context
  const hall = await ticketHall(db, cityId, path.hallId)
  const now = context.now()
  const day = dayOf(now)
  const line = await db
    .selectFrom('ticket_lines')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('hall_id', '=', hall.id)
    .where('day', '=', day)
    .executeTakeFirst()
  const waiting = line ? ((await queues(db, cityId, day, [line])).get(hall.id) ?? []).length : 0
  const { status, reason, opensAt, until, minutesLeft } = standingOf(hall, day, line, now)
  const wait =
    status === 'open' ? waitOf(waiting, line?.pace_seconds ?? hall.tickets.paceSeconds, minutesLeft) : undefined
  return {
    status: 200,
    body: {
      hallId: hall.id,
      hallName: say(hall.name, language),
      day,
      status,
      ...(reason && { reason: say(reason, language) }),
      ...(opensAt && { opensAt: instant(opensAt) }),
      ...(until && { until: instant(until) }),
      rules: ticketRulesBody(hall.tickets),
      waiting,
      ...(line?.called_number != null && { called: numberText(line.called_number) }),
      ...(wait && { wait }),
      countedAt: instant(now),
      serverTime: instant(now),
    },
  }
})

export const listTickets = operation<ListTicketsData, ListTicketsResponses>(async (_call, context) => {
  refuseWithout('tickets', context)
  const { db, cityId, citizenId } = context
  await expireTickets(db, cityId, citizenId, context.now())
  const rows = await db
    .selectFrom('tickets')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .orderBy('taken_at', 'desc')
    .orderBy('id')
    .limit(30)
    .execute()
  return { status: 200, body: { items: await ticketBodies(db, context, rows), serverTime: instant(context.now()) } }
})

export const getTicket = operation<GetTicketData, GetTicketResponses>(async ({ path }, context) => {
  const { db, cityId, citizenId } = context
  await expireTickets(db, cityId, citizenId, context.now())
  return { status: 200, body: await ticketBody(db, context, path.ticketId) }
})

/** The citizen's row is locked. Of the hall, all of today. */
const ofToday = (trx: Trx, { cityId, citizenId }: Context, hall: TicketHall, day: string): Promise<TicketRow[]> =>
  trx
    .selectFrom('tickets')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('hall_id', '=', hall.id)
    .where('day', '=', day)
    .execute()

/** The next numbers of a locked line, one for each. */
export async function drawNumbers(
  trx: Trx,
  line: LineRow,
  who: readonly { citizenId: string | null; messages: boolean }[],
  now: Date,
): Promise<TicketRow[]> {
  const fromHome = who.filter(({ citizenId }) => citizenId !== null).length
  await changeLine(trx, line, {
    last_number: line.last_number + who.length,
    ...(fromHome > 0 && { from_home: line.from_home + fromHome }),
  })
  return trx
    .insertInto('tickets')
    .values(
      who.map(({ citizenId, messages }, at) => ({
        city_id: line.city_id,
        id: newId('tk'),
        hall_id: line.hall_id,
        day: line.day,
        number: line.last_number + 1 + at,
        citizen_id: citizenId,
        messages,
        taken_at: now,
      })),
    )
    .returningAll()
    .execute()
}

/** Citizen, then line: two taps, two phones and the hall's machine are decided one after the other. */
export const takeTicket = creating<TakeTicketData, TakeTicketResponses>(
  'takeTicket',
  async ({ body: { hallId, messages = false } }, context, trx) => {
    refuseWithout('tickets', context)
    refuseWhenReadOnly(context)
    const { cityId, citizenId } = context
    const hall = await ticketHall(trx, cityId, hallId)
    await needLevel(trx, context, highest([hall.tickets.level]))
    await lockCitizen(trx, cityId, citizenId)
    await expireTickets(trx, cityId, citizenId, context.now())
    const day = dayOf(context.now())
    const line = await lockLine(trx, hall, day)
    const mine = await ofToday(trx, context, hall, day)
    const open = mine.find(({ state }) => isOpen(state))
    if (open) {
      if (messages && !open.messages)
        await trx
          .updateTable('tickets')
          .set({ messages })
          .where('city_id', '=', cityId)
          .where('id', '=', open.id)
          .execute()
      return { status: 201, body: await ticketBody(trx, context, open.id) }
    }
    // The lock may have been waited for.
    const now = context.now()
    const { status, reason } = standingOf(hall, day, line, now)
    if (status !== 'open' || dayOf(now) !== day) {
      const tickets = status === 'open' ? 'over' : status
      throw problem('tickets-not-given', { tickets, ...(reason && { detail: say(reason, context.language) }) })
    }
    if (mine.length >= hall.tickets.numbersPerPerson) throw problem('tickets-not-given', { tickets: 'open' })
    const [ticket] = await drawNumbers(trx, line, [{ citizenId, messages }], now)
    if (!ticket) throw problem('internal')
    // Who is near already sees it on the screen.
    const ahead = (await queues(trx, cityId, day, [line])).get(hall.id)?.findIndex(({ id }) => id === ticket.id) ?? 0
    if (ahead <= 3)
      await trx
        .updateTable('tickets')
        .set({ near_told: true })
        .where('city_id', '=', cityId)
        .where('id', '=', ticket.id)
        .execute()
    return { status: 201, body: await ticketBody(trx, context, ticket.id) }
  },
)

export const returnTicket = creating<ReturnTicketData, ReturnTicketResponses>(
  'returnTicket',
  async ({ path }, context, trx) => {
    const { hall_id, day } = await findTicket(trx, context, path.ticketId)
    const hall = await ticketHall(trx, context.cityId, hall_id)
    const line = await lockLine(trx, hall, day)
    await expireTickets(trx, context.cityId, context.citizenId, context.now())
    const ticket = await findTicket(trx, context, path.ticketId)
    const state = ticketStates[ticket.state].return
    if (state) {
      const now = context.now()
      await trx
        .updateTable('tickets')
        .set((set) => ({ state, version: set('version', '+', 1), ended_at: now }))
        .where('city_id', '=', context.cityId)
        .where('id', '=', ticket.id)
        .execute()
      await tellOfNear(trx, hall, line, now)
    }
    return { status: 200, body: await ticketBody(trx, context, ticket.id) }
  },
)
