import type { FastifyInstance } from 'fastify'
import type { Db } from '../database/database'
import { newId } from '../ids'
import type { Service } from '../service'

const BEAT_MS = 10_000
/** A city without a heartbeat for longer was away. */
const AWAY_MS = 60_000

/** Notes that the city is there, and that it was away when it was. Real time: a clock that was moved is no outage. */
export async function beat(db: Db, cityId: string, now: Date): Promise<void> {
  const machineAt = new Date()
  const last = await db.selectFrom('heartbeats').selectAll().where('city_id', '=', cityId).executeTakeFirst()
  const beating = { machine_at: machineAt, clock_at: now }
  if (last === undefined) {
    await db
      .insertInto('heartbeats')
      .values({ city_id: cityId, ...beating })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return
  }
  const silentMs = machineAt.getTime() - last.machine_at.getTime()
  if (silentMs < BEAT_MS) return
  // Of several instances one notes it.
  const mine = await db
    .updateTable('heartbeats')
    .set(beating)
    .where('city_id', '=', cityId)
    .where('machine_at', '=', last.machine_at)
    .executeTakeFirst()
  if (silentMs < AWAY_MS || !mine.numUpdatedRows) return
  await db
    .insertInto('outages')
    .values({ city_id: cityId, id: newId('out'), began_at: last.clock_at, ended_at: now })
    .execute()
}

/** Whether the city was away at any time from one moment to another. */
export async function wasAway(db: Db, cityId: string, from: Date, until: Date): Promise<boolean> {
  const outage = await db
    .selectFrom('outages')
    .select('id')
    .where('city_id', '=', cityId)
    .where('began_at', '<', until)
    .where('ended_at', '>', from)
    .limit(1)
    .executeTakeFirst()
  return outage !== undefined
}

/** A hold whose citizen tried to use it and was answered 5xx does not count when it runs out. */
export function forgiveFailures(app: FastifyInstance, { database }: Pick<Service, 'database'>): void {
  app.addHook('onResponse', async (request, reply) => {
    const { operationId } = request.routeOptions.config
    if (reply.statusCode < 500 || (operationId !== 'confirmHold' && operationId !== 'swapAppointment')) return
    const { cityId } = request.params as { cityId: string }
    const { holdId } = request.body as { holdId: string }
    await database.db
      .updateTable('holds')
      .set({ forgiven: true })
      .where('city_id', '=', cityId)
      .where('id', '=', holdId)
      .execute()
      .catch(() => undefined)
  })
}
