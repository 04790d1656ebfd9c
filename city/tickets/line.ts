import type { Selectable, Transaction } from 'kysely'
import { hallDayOn } from '../booking/slot-plan'
import type { Db } from '../database/database'
import type { Tables } from '../database/tables'
import { problem } from '../http/problem'
import { addDays, dayOf, momentOf } from '../words'
import { callingOrder, lineStanding, openStates } from './rules'
import type { LineRow, TicketSeed } from './tables'

type Trx = Transaction<Tables>
type HallRow = Selectable<Tables['halls']>
/** A hall that gives numbers from home. */
export type TicketHall = HallRow & { tickets: TicketSeed }

/** @throws ProblemError `not-found` where the hall gives no numbers from home. */
export async function ticketHall(db: Db, cityId: string, hallId: string): Promise<TicketHall> {
  const hall = await db
    .selectFrom('halls')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('id', '=', hallId)
    .executeTakeFirst()
  if (!hall?.tickets) throw problem('not-found')
  return { ...hall, tickets: hall.tickets }
}

const key = (hall: Pick<HallRow, 'city_id' | 'id'>, day: string) => ({ city_id: hall.city_id, hall_id: hall.id, day })

/** The line of a day, locked until the transaction ends, and made by who comes first. Everything that changes a ticket locks it before. */
export const lockLine = (trx: Trx, hall: TicketHall, day: string): Promise<LineRow> =>
  trx
    .insertInto('ticket_lines')
    .values({ ...key(hall, day), pace_seconds: hall.tickets.paceSeconds })
    .onConflict((conflict) =>
      conflict.columns(['city_id', 'hall_id', 'day']).doUpdateSet((set) => ({ city_id: set.ref('excluded.city_id') })),
    )
    .returningAll()
    .executeTakeFirstOrThrow()

export const changeLine = async (
  trx: Trx,
  { city_id, hall_id, day }: LineRow,
  change: Partial<Omit<LineRow, 'city_id' | 'hall_id' | 'day' | 'reason'>> & { reason?: string | null },
): Promise<void> => {
  await trx
    .updateTable('ticket_lines')
    .set(change)
    .where('city_id', '=', city_id)
    .where('hall_id', '=', hall_id)
    .where('day', '=', day)
    .execute()
}

/** How the line stands; `line` is undefined before the first number of the day. */
export const standingOf = (hall: TicketHall, day: string, line: LineRow | undefined, now: Date) =>
  lineStanding(
    day,
    hallDayOn(day, { hours: hall.hours, maintenance: hall.maintenance, ownDays: hall.own_days }),
    line,
    hall.tickets,
    now,
  )

/** Those who are still to be called in these halls, in the order in which they will be. */
export async function queues(
  db: Db,
  cityId: string,
  day: string,
  lines: readonly Pick<LineRow, 'hall_id' | 'calls'>[],
) {
  const open =
    lines.length === 0
      ? []
      : await db
          .selectFrom('tickets')
          .select(['id', 'hall_id', 'number', 'state', 'again_at', 'citizen_id', 'messages', 'near_told'])
          .where('city_id', '=', cityId)
          .where('day', '=', day)
          .where(
            'hall_id',
            'in',
            lines.map(({ hall_id }) => hall_id),
          )
          .where('state', 'in', ['waiting', 'passed'])
          .execute()
  return new Map(
    lines.map(({ hall_id, calls }) => [
      hall_id,
      callingOrder(
        open.filter((ticket) => ticket.hall_id === hall_id),
        calls,
      ),
    ]),
  )
}

/** How many wait in each of these halls today. */
export async function waitingIn(
  db: Db,
  cityId: string,
  hallIds: readonly string[],
  now: Date,
): Promise<Map<string, number>> {
  if (hallIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('tickets')
    .select(['hall_id', (count) => count.fn.countAll<number>().as('count')])
    .where('city_id', '=', cityId)
    .where('day', '=', dayOf(now))
    .where('hall_id', 'in', hallIds)
    .where('state', 'in', ['waiting', 'passed'])
    .groupBy('hall_id')
    .execute()
  return new Map(rows.map(({ hall_id, count }) => [hall_id, Number(count)]))
}

/** A day's numbers are worth nothing after it. Without a citizen, the whole city's. One statement, so that two readers end each once. */
export async function expireTickets(db: Db, cityId: string, citizenId: string | null, now: Date): Promise<void> {
  const today = dayOf(now)
  let open = db
    .selectFrom('tickets')
    .select(['id', 'day'])
    .where('city_id', '=', cityId)
    .where('day', '<', today)
    .where('state', 'in', [...openStates])
  if (citizenId !== null) open = open.where('citizen_id', '=', citizenId)
  for (const { id, day } of await open.execute())
    await db
      .updateTable('tickets')
      .set((set) => ({ state: 'expired', version: set('version', '+', 1), ended_at: momentOf(addDays(day, 1)) }))
      .where('city_id', '=', cityId)
      .where('id', '=', id)
      .where('state', 'in', [...openStates])
      .execute()
}
