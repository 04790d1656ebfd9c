import { randomBytes } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Database, Db } from '../city/database/database'
import type { Tables } from '../city/database/tables'
import { instant } from '../city/words'
import { cityKeyName, newCityKey } from './city-keys'
import { seed, seedCatalogue } from './seed'
import { cities } from './seed/cities'
import { own } from './tables'

/** False when this is noted already. Of several instances that note it at once one is the first, the others wait. */
async function noteFirst(db: Db, name: string, value: string): Promise<boolean> {
  const first = await own(db)
    .insertInto('sandbox_state')
    .values({ name, value })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Boolean(first.numInsertedOrUpdatedRows)
}

/** Fills the cities unless that was done before. */
export async function seedUnlessDone(db: Transaction<Tables>, now: Date): Promise<void> {
  if (await noteFirst(db, 'seeded-at', instant(now))) await seed(db, now)
}

/** Fills the cities and makes their keys and the token of the control API, each unless that was done before. */
export const seedOnce = (database: Database, now: Date): Promise<void> =>
  database.transaction(async (trx) => {
    await noteFirst(trx, 'control-token', randomBytes(18).toString('base64url'))
    for (const { id } of cities) await noteFirst(trx, cityKeyName(id), newCityKey())
    await seedUnlessDone(trx, now)
    // Data of a version that had no such tables.
    await seedCatalogue(trx)
  })
