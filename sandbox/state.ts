import type { Database, Db } from '../city/database/database'
import { instant } from '../city/words'
import { seed } from './seed'
import { own } from './tables'

/** Fills the cities unless that was done before. */
export async function seedUnlessDone(db: Db, now: Date): Promise<void> {
  const first = await own(db)
    .insertInto('sandbox_state')
    .values({ name: 'seeded-at', value: instant(now) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (first.numInsertedOrUpdatedRows) await seed(db, now)
}

/** Of several instances that start at once one fills the cities, the others wait. */
export const seedOnce = (database: Database, now: Date): Promise<void> =>
  database.transaction((trx) => seedUnlessDone(trx, now))
