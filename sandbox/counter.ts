import { codeKeyOf } from '../city/family/codes'
import { acceptAtCounter, endAtCounter } from '../city/family/counter'
import { problem } from '../city/http/problem'
import { newId } from '../city/ids'
import { makeHolder, relativeOf } from './demo'
import { accountSeeds, fullNumber } from './seed/accounts'
import type { World } from './world'

const homePlans: readonly string[] = ['one-due', 'overdue']

/**
 * A counter of a hall: a relative of who invited stands there without a phone, has shown their papers and reads out the code. Their homes
 * are known to the city since long.
 */
export async function readOutAtCounter(world: World, code: string): Promise<{ grantId: string }> {
  for (const city of world.cities) {
    const row = await world.database.db
      .selectFrom('family_grants')
      .select('actor_id')
      .where('city_id', '=', city.id)
      .where('code_key', '=', codeKeyOf({ keys: world.keys, cityId: city.id }, code))
      .executeTakeFirst()
    if (!row?.actor_id) continue
    const citizenId = await relativeOf(world.database.db, city.id, row.actor_id, world.clock.now())
    await bindHomes(world, city.id, citizenId)
    const { id } = await acceptAtCounter(world, { cityId: city.id, citizenId, code })
    return { grantId: id }
  }
  throw problem('invitation-not-open')
}

/** Either of the two wants it to end. */
export async function endAtThisCounter({ database, clock }: World, grantId: string): Promise<{ state: string }> {
  const { city_id: cityId } = await database.db
    .selectFrom('family_grants')
    .select('city_id')
    .where('id', '=', grantId)
    .executeTakeFirstOrThrow(() => problem('not-found'))
  const { state } = await endAtCounter({ database, clock }, { cityId, grantId })
  return { state }
}

/** Two homes that nobody else of the sandbox calls their own. */
async function bindHomes({ database, cities, clock }: World, cityId: string, citizenId: string): Promise<void> {
  const city = cities.find(({ id }) => id === cityId)
  if (!city) return
  const isHome = (biller: string) =>
    city.billers.some(({ id, kind }) => id === biller && kind !== 'fine' && kind !== 'tax')
  const homes = (accountSeeds[cityId] ?? [])
    .filter(({ biller, plan, demo, lookup }) => isHome(biller) && homePlans.includes(plan) && !demo && !lookup)
    .slice(0, 2)
    .map((seed) => ({ city_id: cityId, biller_id: seed.biller, number: fullNumber(city, seed) }))
  await makeHolder(database.db, citizenId, homes)
  for (const home of homes)
    await database.db
      .insertInto('accounts')
      .values({
        ...home,
        id: newId('a'),
        citizen_id: citizenId,
        relation: 'mine',
        is_holder: true,
        bound_at: clock.now(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}
