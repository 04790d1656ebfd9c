import { cancelUntilOf } from '../city/booking/confirmation'
import { slotsAhead } from '../city/booking/slots'
import { visitPlanOf } from '../city/booking/visit-plan'
import type { City } from '../city/catalogue'
import type { Db } from '../city/database/database'
import { newId, newNumber, spokenCode } from '../city/ids'
import { dayOf, secondsAfter } from '../city/words'
import { accountSeeds, fullNumber } from './seed/accounts'
import { nameOf, phoneOf } from './seed/people'
import { own } from './tables'

const itemId = 'id-card-renewal'
const HALF_YEAR_SECONDS = 180 * 86_400

/** Binds the two accounts of a city that show most; the billers know the citizen as the holder of these and of all that bear the names. */
export async function bindDemoAccounts(db: Db, city: City, citizenId: string, now: Date): Promise<void> {
  const all = accountSeeds[city.id] ?? []
  const seeds = all.filter(({ demo }) => demo)
  await makeHolder(
    db,
    citizenId,
    all
      .filter(({ holder, biller }) => seeds.some((seed) => seed.holder === holder) || isOfOne(city, biller))
      .map((seed) => ({ city_id: city.id, biller_id: seed.biller, number: fullNumber(city, seed) })),
  )
  for (const [at, seed] of seeds.entries()) {
    await db
      .insertInto('accounts')
      .values({
        id: newId('a'),
        city_id: city.id,
        citizen_id: citizenId,
        biller_id: seed.biller,
        number: fullNumber(city, seed),
        relation: 'mine',
        is_holder: true,
        bound_at: secondsAfter(now, at - seeds.length),
      })
      .execute()
  }
}

/** Fines and taxes are sent to a person, not to a home: here to whoever asks first. */
const isOfOne = ({ billers }: City, billerId: string): boolean =>
  billers.some(({ id, kind }) => id === billerId && (kind === 'fine' || kind === 'tax'))

/** The billers know the citizen as the holder of these accounts. */
export async function makeHolder(
  db: Db,
  citizenId: string,
  accounts: readonly { city_id: string; biller_id: string; number: string }[],
): Promise<void> {
  const person = await db
    .selectFrom('citizens')
    .select(['name', 'phone'])
    .where('id', '=', citizenId)
    .executeTakeFirstOrThrow()
  if (accounts.length === 0) return
  await own(db)
    .insertInto('book_holders')
    .values(accounts.map((account) => ({ ...account, ...person })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The citizen's relative, whom the city knows from a counter; always the same one. */
export async function relativeOf(db: Db, cityId: string, citizenId: string, now: Date): Promise<string> {
  const subject = `relative/${citizenId}`
  await db
    .insertInto('citizens')
    .values({
      id: newNumber(),
      city_id: cityId,
      subject,
      name: nameOf(subject),
      phone: phoneOf(subject),
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { id } = await db
    .selectFrom('citizens')
    .select('id')
    .where('city_id', '=', cityId)
    .where('subject', '=', subject)
    .executeTakeFirstOrThrow()
  return id
}

/** A relative for whom the citizen may book, as somebody has who once showed the papers at a counter. */
async function grantRelative(db: Db, cityId: string, citizenId: string, now: Date): Promise<void> {
  const id = await relativeOf(db, cityId, citizenId, now)
  await db
    .insertInto('family_grants')
    .values({
      ...{ city_id: cityId, id: newId('fg'), giver_id: id, actor_id: citizenId, invited_as: 'actor', things: ['book'] },
      ...{ ends_on: dayOf(secondsAfter(now, HALF_YEAR_SECONDS)), state: 'active', at_counter: true },
      ...{ created_at: now, began_at: now },
    })
    .execute()
}

/** Books the citizen a visit on the next bookable day but one, as somebody who has used the app before would have. */
export async function bookDemoVisit(db: Db, city: City, citizenId: string, now: Date): Promise<void> {
  const rules = city.booking
  if (!rules) return
  const served = await db
    .selectFrom('hall_items')
    .innerJoin('halls', (join) =>
      join.onRef('halls.city_id', '=', 'hall_items.city_id').onRef('halls.id', '=', 'hall_items.hall_id'),
    )
    .select('hall_id')
    .where('hall_items.city_id', '=', city.id)
    .where('item_id', '=', itemId)
    .orderBy('halls.position')
    .limit(1)
    .executeTakeFirst()
  const citizen = await db.selectFrom('citizens').selectAll().where('id', '=', citizenId).executeTakeFirst()
  if (!served || !citizen) return
  await grantRelative(db, city.id, citizenId, now)
  const plan = await visitPlanOf(db, { city, cityId: city.id, language: 'zh-CN' }, served.hall_id, [itemId])
  const free = (await slotsAhead(db, { city, now: () => now }, plan)).filter((slot) => slot.free > 0)
  const days = [...new Set(free.map((slot) => slot.day))]
  const slot = free.find(({ day }) => day === (days[1] ?? days[0]))
  if (!slot) return
  // Somebody else may have taken it since it was read: then there is no visit, which is lifelike too.
  const taken = await db
    .updateTable('slots')
    .set((set) => ({ taken: set('taken', '+', 1) }))
    .where('city_id', '=', city.id)
    .where('id', '=', slot.id)
    .whereRef('taken', '<', 'capacity')
    .executeTakeFirst()
  if (!taken.numUpdatedRows) return
  const ids = { hold: newId('h'), appointment: newId('ap') }
  await db
    .insertInto('holds')
    .values({
      id: ids.hold,
      city_id: city.id,
      citizen_id: citizenId,
      slot_id: slot.id,
      item_id: itemId,
      ends_at: slot.ends_at,
      state: 'confirmed',
      appointment_id: ids.appointment,
      expires_at: now,
      created_at: now,
      ended_at: now,
    })
    .execute()
  await db
    .insertInto('appointments')
    .values({
      id: ids.appointment,
      city_id: city.id,
      citizen_id: citizenId,
      person_id: citizenId,
      hold_id: ids.hold,
      slot_id: slot.id,
      hall_id: slot.hall_id,
      item_id: itemId,
      day: slot.day,
      ends_at: slot.ends_at,
      state: 'confirmed',
      visitor: JSON.stringify({ name: citizen.name, phone: citizen.phone }),
      code: spokenCode(6),
      cancel_until: cancelUntilOf(slot, rules),
      created_at: now,
    })
    .execute()
}
