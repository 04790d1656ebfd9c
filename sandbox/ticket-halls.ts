import { hallDayOn } from '../city/booking/slot-plan'
import { callNext, endQueue, passTicket, stopTickets, takeAtMachine } from '../city/tickets'
import { waitingIn } from '../city/tickets/line'
import { dayOf, timeOf } from '../city/words'
import type { World } from './world'

/** The halls that give numbers: who comes to the door, and whom the counters call, by the clock. */

/** Three counters call somebody so often between them. */
const CALL_SECONDS = 90
const COUNTERS = 3
/** So many wait at the door at any time. */
const CROWD = 6
/** After a leap of the clock; nobody counts them where nobody waits from home. */
const MOST_CALLS = 8

const hallsOf = (world: World, cityId: string) =>
  world.database.db
    .selectFrom('halls')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('tickets', 'is not', null)
    .execute()

const isOpen = (hall: Awaited<ReturnType<typeof hallsOf>>[number], now: Date): boolean => {
  const day = hallDayOn(dayOf(now), { hours: hall.hours, maintenance: hall.maintenance, ownDays: hall.own_days })
  const time = timeOf(now)
  return day.closed === null && day.hours.some(({ from, to }) => from <= time && time < to)
}

/** What happened at the halls since this was asked last; nothing while their machines are off. */
export async function runTicketHalls(world: World): Promise<void> {
  for (const { id, features } of world.cities)
    if (features.includes('tickets') && !world.faults.isOn('queue-missing', { cityId: id })) await runCity(world, id)
}

async function runCity(world: World, cityId: string): Promise<void> {
  const { db } = world.database
  const now = world.clock.now()
  const halls = (await hallsOf(world, cityId)).filter((hall) => isOpen(hall, now))
  if (halls.length === 0) return
  const lines = await db
    .selectFrom('ticket_lines')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('day', '=', dayOf(now))
    .execute()
  const ids = halls.map(({ id }) => id)
  const before = await waitingIn(db, cityId, ids, now)
  for (const hallId of ids) {
    const line = lines.find(({ hall_id }) => hall_id === hallId)
    if (line?.ended_at) continue
    const where = { cityId, hallId }
    const since = line?.called_at ? (now.getTime() - line.called_at.getTime()) / 1000 : CALL_SECONDS
    const most = line?.from_home ? MOST_CALLS : 1
    const due = Math.min(most, Math.floor(since / CALL_SECONDS))
    // Nobody draws a number any more shortly before the hall closes.
    const crowd = CROWD + due
    if ((before.get(hallId) ?? 0) < crowd && !line?.stopped_at)
      await takeAtMachine(world, where, crowd, { upTo: crowd, seen: line?.calls ?? 0 }).catch(() => undefined)
    for (let call = 0; call < due; call += 1) {
      const seen = (line?.calls ?? 0) + call
      // Another instance calls already, or nobody waits.
      if ((await callNext(world, where, 1 + (seen % COUNTERS), seen)) === null) break
    }
  }
}

/** Today's queue begins anew, without anybody. The line first: who draws a number meanwhile waits for it. */
const clear = ({ database, clock }: World, { cityId, hallId }: Where): Promise<null> =>
  database.transaction(async (trx) => {
    for (const table of ['ticket_lines', 'tickets'] as const)
      await trx
        .deleteFrom(table)
        .where('city_id', '=', cityId)
        .where('hall_id', '=', hallId)
        .where('day', '=', dayOf(clock.now()))
        .execute()
    return null
  })

const noCounters = { zh: '系统故障', en: 'a system failure' }
const powerCut = { zh: '停电', en: 'a power cut' }

/** What somebody at the control page may have a hall do. */
export const hallActs = {
  call: (world: World, where: Where) => callNext(world, where, 1),
  pass: async (world: World, where: Where) => {
    const { number } = await world.database.db
      .selectFrom('tickets')
      .select('number')
      .where('city_id', '=', where.cityId)
      .where('hall_id', '=', where.hallId)
      .where('day', '=', dayOf(world.clock.now()))
      .where('state', '=', 'called')
      .orderBy('called_at', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    return passTicket(world, where, number)
  },
  draw: async (world: World, where: Where) => (await takeAtMachine(world, where))[0],
  clear,
  stop: (world: World, where: Where) => stopTickets(world, where, noCounters),
  resume: (world: World, where: Where) => stopTickets(world, where, null),
  end: (world: World, where: Where) => endQueue(world, where, powerCut),
} satisfies Record<string, (world: World, where: Where) => Promise<unknown>>

type Where = { cityId: string; hallId: string }

export const isHallAct = (name: string): name is keyof typeof hallActs => Object.hasOwn(hallActs, name)
