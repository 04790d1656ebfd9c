import type { Database, Db } from '../city/database/database'
import { instant } from '../city/words'
import type { SandboxClock } from './clock'
import { seed } from './seed'
import { own } from './tables'

/** Fills the cities unless that was done before. Of several instances that start at once one does it, the others wait. */
export const seedOnce = (database: Database, now: Date): Promise<void> =>
  database.transaction(async (trx) => {
    const first = await own(trx)
      .insertInto('sandbox_state')
      .values({ name: 'seeded-at', value: instant(now) })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (first.numInsertedOrUpdatedRows) await seed(trx, now)
  })

/** Goes on with the clock where it was left: data of a moved clock would otherwise lie in the future. */
export async function restoreClock(db: Db, clock: SandboxClock): Promise<void> {
  const row = await own(db)
    .selectFrom('sandbox_state')
    .select('value')
    .where('name', '=', 'clock-offset-ms')
    .executeTakeFirst()
  if (row) clock.advance(Number(row.value) / 1000)
}

export async function keepClock(db: Db, clock: SandboxClock): Promise<void> {
  const value = String(Math.round(clock.now().getTime() - Date.now()))
  await own(db)
    .insertInto('sandbox_state')
    .values({ name: 'clock-offset-ms', value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}
