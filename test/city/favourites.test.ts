import { countVisits } from '../../city/booking'
import type { CitizenCopy, FavouriteList, Item, ItemPage, Problem } from '../../contract/wire/types.gen'
import { hall, startBooking } from '../support/booking'
import { signIn, type TestCitizen } from '../support/citizen'

let hangzhou: string
let harbin: string
let sandbox: Awaited<ReturnType<typeof startBooking>>['sandbox']
let close: () => Promise<void>
beforeAll(async () => {
  ;({ sandbox, close } = await startBooking(new Date('2026-11-23T10:00:00+08:00')))
  hangzhou = `${sandbox.address}/330100`
  harbin = `${sandbox.address}/230100`
}, 60_000)
afterAll(() => close())

const put = (citizen: TestCitizen, kind: string, id: string) =>
  citizen.send<Problem>(`/favourites/${kind}/${id}`, undefined, undefined, 'PUT')
const remove = (citizen: TestCitizen, kind: string, id: string) =>
  citizen.send<Problem>(`/favourites/${kind}/${id}`, undefined, undefined, 'DELETE')
const listOf = async (citizen: TestCitizen, language?: string) =>
  (await citizen.get<FavouriteList>('/favourites', language)).body.items

test('what is saved comes back by name on any phone, the newest first; saving and removing twice is fine', async () => {
  const citizen = await signIn(hangzhou, 'saver')
  expect((await put(citizen, 'hall', hall)).status).toBe(204)
  sandbox.world.clock.advance(60)
  for (const _ of [1, 2]) expect((await put(citizen, 'item', 'id-card-renewal')).status).toBe(204)
  const again = await signIn(hangzhou, 'saver')
  expect(await listOf(again, 'en')).toMatchObject([
    { kind: 'item', targetId: 'id-card-renewal', name: 'Renew an ID card' },
    { kind: 'hall', targetId: hall },
  ])
  expect(await listOf(await signIn(hangzhou, 'somebody-else'))).toEqual([])
  for (const _ of [1, 2]) expect((await remove(citizen, 'item', 'id-card-renewal')).status).toBe(204)
  expect(await listOf(citizen)).toHaveLength(1)
})

test('nothing that the city does not have is saved, and what it has no longer is left out', async () => {
  const citizen = await signIn(hangzhou, 'unknown')
  expect((await put(citizen, 'hall', 'id-card-renewal')).problem?.code).toBe('not-found')
  expect((await put(citizen, 'street', hall)).status).toBe(400)
  await sandbox.world.database.db
    .insertInto('favourites')
    .values({
      city_id: '330100',
      citizen_id: citizen.citizenId,
      kind: 'item',
      target_id: 'of-before',
      saved_at: new Date(),
    })
    .execute()
  expect(await listOf(citizen)).toEqual([])
  expect((await (await signIn(harbin, 'elsewhere')).get('/favourites')).status).toBe(404)
})

test('two phones that save at once keep fifty at most, and the oldest goes', async () => {
  const citizen = await signIn(hangzhou, 'many')
  const { db } = sandbox.world.database
  const own = { city_id: '330100', citizen_id: citizen.citizenId, kind: 'item' as const }
  const saved_at = new Date('2026-01-01T00:00:00+08:00')
  await db
    .insertInto('favourites')
    .values([...Array(49).keys()].map((n) => ({ ...own, target_id: `old-${n}`, saved_at })))
    .execute()
  const { items } = (await citizen.get<ItemPage>('/items')).body
  const answers = await Promise.all(items.slice(0, 8).map(({ id }) => put(citizen, 'item', id)))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 204))
  const rows = await db
    .selectFrom('favourites')
    .select('target_id')
    .where('citizen_id', '=', citizen.citizenId)
    .execute()
  expect(rows).toHaveLength(50)
  expect(rows.map(({ target_id }) => target_id)).toEqual(expect.arrayContaining(items.slice(0, 8).map(({ id }) => id)))
})

test('favourites are in the copy of the data, and gone after erasure', async () => {
  const citizen = await signIn(hangzhou, 'leaving')
  await put(citizen, 'hall', hall)
  const { sections } = (await citizen.get<CitizenCopy>('/citizen/data')).body
  expect(sections.find(({ kind }) => kind === 'favourites')?.records).toMatchObject([{ kind: 'hall', target_id: hall }])
  expect((await citizen.send('/citizen/erasure', { confirmed: true })).status).toBe(204)
  const { db } = sandbox.world.database
  expect(await db.selectFrom('favourites').where('citizen_id', '=', citizen.citizenId).execute()).toEqual([])
})

test('items tell their events in life, and how many came lately, once a day, over all citizens, from ten on', async () => {
  const { db } = sandbox.world.database
  const read = async (id: string) => (await (await fetch(`${hangzhou}/items/${id}`)).json()) as Item
  const id = 'business-change'
  const seeded = await read('id-card-renewal')
  expect(seeded).toMatchObject({ lifeEvents: ['school', 'work'], recentVisits: 1860 })
  const visit = (n: number, change = {}) => ({
    ...{ city_id: '330100', id: `counted-${n}`, citizen_id: `c-${n}`, person_id: `c-${n}`, hall_id: hall },
    ...{ hold_id: `h-${n}`, slot_id: `s-${n}`, item_id: id, more_item_ids: ['estate-mortgage'], day: '2026-11-10' },
    ...{ ends_at: new Date('2026-11-10T10:00:00+08:00'), state: 'served' as const, visitor: '{}', code: `C${n}` },
    ...{ cancel_until: new Date('2026-11-10T08:00:00+08:00'), created_at: new Date('2026-11-01T08:00:00+08:00') },
    ...change,
  })
  await db.schema.alterTable('appointments').dropConstraint('appointments_city_id_slot_id_fkey').execute()
  await db.schema.alterTable('appointments').dropConstraint('appointments_city_id_hold_id_fkey').execute()
  const count = async () => {
    sandbox.world.clock.advance(24 * 3600)
    await Promise.all([countVisits(sandbox.world), countVisits(sandbox.world)])
    return (await read(id)).recentVisits
  }
  const nine = [...Array(9).keys()].map((n) => visit(n))
  await db.insertInto('appointments').values(nine).execute()
  expect(await count()).toBeUndefined()
  const uncounted = [visit(20, { state: 'cancelled-by-citizen' }), visit(21, { day: '2026-09-01' })]
  await db.insertInto('appointments').values(uncounted).execute()
  expect(await count()).toBeUndefined()
  await db.insertInto('appointments').values(visit(10)).execute()
  expect(await count()).toBe(10)
  expect((await read('estate-mortgage')).recentVisits).toBe(105)
  expect((await read('id-card-renewal')).recentVisits).toBe(1860)
})
