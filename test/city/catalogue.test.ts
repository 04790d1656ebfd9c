import { changeCapacity, fillSlotByHall } from '../../city/booking'
import { createCatalogue } from '../../city/catalogue/cache'
import { writeCity } from '../../city/catalogue/rows'
import { createLog } from '../../city/log'
import { cityOf } from '../../city/service'
import type { HallPage, ItemPage, Manifest, SlotDays, SlotList } from '../../contract/wire/types.gen'
import { hangzhou } from '../../sandbox/seed/hangzhou'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { ask, citizenOf } from '../support/booking'
import { electricity, signIn } from '../support/citizen'
import { testDatabase } from '../support/sandbox'

let sandboxes: [Sandbox, Sandbox]
let release: () => Promise<void>
beforeAll(async () => {
  const { release: letGo, ...database } = await testDatabase()
  release = letGo
  const start = () => startSandbox({ port: 0, ...database, startAt: noon, keep: true, quiet: true, sweepMs: null })
  sandboxes = [await start(), await start()]
  db = sandboxes[0].world.database.db
}, 100_000)
afterAll(async () => {
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()))
  await release()
})

const noon = new Date('2026-11-23T12:00:00+08:00')
let db: Sandbox['world']['database']['db']
const shortly = () => new Promise((resolve) => setTimeout(resolve, 400))
const manifestAt = async ({ address }: Sandbox, city = '330100') =>
  (await ask<Manifest>(`${address}/${city}`, { path: '/manifest' })).body
const ofHangzhou = { city_id: '330100', id: 'hz-electricity' }

function recordingLog() {
  const lines: unknown[] = []
  return { log: createLog('json', { write: (line) => void lines.push(JSON.parse(line)) }), lines }
}

test('closing hours that staff change in a row count at every instance', async () => {
  const citizen = await signIn(`${sandboxes[1].address}/330100`, 'late')
  const bills = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const asleep = { from: '11:00', to: '13:30' }
  const biller = db.updateTable('billers').where((eb) => eb.and(ofHangzhou))
  await biller.set({ asleep: JSON.stringify(asleep) }).execute()
  await shortly()
  for (const sandbox of sandboxes)
    expect((await manifestAt(sandbox)).billers).toContainEqual(
      expect.objectContaining({ id: 'hz-electricity', asleep }),
    )
  expect((await citizen.pay(bills)).problem).toMatchObject({ code: 'biller-closed' })
  await biller.set({ asleep: null }).execute()
  await shortly()
  expect((await citizen.pay(bills)).status).toBe(201)
})

test('a city that is written while it runs is served, by its own rows alone', async () => {
  const id = '440300'
  const shenzhen = { ...hangzhou, id, letters: 'SZ', name: { zh: '深圳', en: 'Shenzhen' }, notices: [] }
  expect((await ask(`${sandboxes[1].address}/${id}`, { path: '/manifest' })).status).toBe(404)
  await sandboxes[0].world.database.transaction((trx) => writeCity(trx, shenzhen, 9))
  await shortly()
  expect(await manifestAt(sandboxes[1], id)).toMatchObject({ cityId: id, name: '深圳', notices: [] })
})

test('rows that make no sense are reported once, and the city goes on as it was', async () => {
  const { log, lines } = recordingLog()
  const catalogue = createCatalogue(sandboxes[0].world.database, log)
  await catalogue.refresh()
  const good = cityOf(catalogue, '330100')
  const city = db.updateTable('cities').where('id', '=', '330100')
  await city.set({ features: JSON.stringify(['flying']), phone: '12345' }).execute()
  await catalogue.refresh()
  await catalogue.refresh()
  expect(cityOf(catalogue, '330100')).toEqual(good)
  expect(lines).toMatchObject([{ city: '330100', why: expect.stringContaining('body/features/0') }])
  await city.set({ features: JSON.stringify(['accounts']), phone: '0571-1' }).execute()
  await catalogue.refresh()
  expect(cityOf(catalogue, '330100')).toMatchObject({ features: ['accounts'], phone: '0571-1' })
  const nonsense = { ...hangzhou, billers: [] }
  const written = sandboxes[0].world.database.transaction((trx) => writeCity(trx, nonsense, 0))
  // A notice is about a biller that is not there.
  await expect(written).rejects.toThrow('330100')
})

test('what an instance knows is read anew in the background, and kept for minutes while the database is away', async () => {
  const { log, lines } = recordingLog()
  let isAway = false
  const away = new Proxy(db, {
    get(target, name) {
      if (isAway && name === 'selectFrom') throw new Error('away')
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const catalogue = createCatalogue({ db: away }, log)
  await catalogue.refresh()
  await db.updateTable('cities').set({ phone: '0571-2' }).where('id', '=', '330100').execute()
  const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 6000)
  expect(cityOf(catalogue, '330100').phone).not.toBe('0571-2')
  await shortly()
  expect(cityOf(catalogue, '330100').phone).toBe('0571-2')
  isAway = true
  later.mockReturnValue(Date.now() + 60_000)
  expect(cityOf(catalogue, '330100').phone).toBe('0571-2')
  await shortly()
  expect(lines).toMatchObject([{ msg: 'cities are not read' }])
  later.mockReturnValue(Date.now() + 10 * 60_000)
  expect(() => cityOf(catalogue, '330100')).toThrow('unavailable')
  later.mockRestore()
})

test('a counter with fewer places than are taken throws nobody out, takes nobody else, and shrinks as places are given back', async () => {
  const { world, address } = sandboxes[0]
  const base = `${address}/510100`
  const citizens = await Promise.all(['one', 'two', 'three'].map((name) => citizenOf(base, name)))
  const [hall] = (await ask<HallPage>(base, { path: '/halls' })).body.items
  const [item] = (await ask<ItemPage>(base, { path: `/items?hallId=${hall?.id}` })).body.items
  const { days } = (await ask<SlotDays>(base, { path: `/slot-days?hallId=${hall?.id}&itemId=${item?.id}` })).body
  const day = days.filter(({ status }) => status === 'free').at(-1)?.day
  const query = `/slots?hallId=${hall?.id}&itemId=${item?.id}&day=${day}`
  const slots = (await ask<SlotList>(base, { path: query })).body.slots
  const slot = slots.filter(({ free }) => free > 0).at(-1)
  if (!slot) throw new Error('no slot')
  const row = () => db.selectFrom('slots').selectAll().where('id', '=', slot.id).executeTakeFirstOrThrow()
  const { counter_id: counterId } = await row()
  await fillSlotByHall(world, slot.id, 3)
  await db.updateTable('slots').set({ elsewhere: 0, taken: 0, capacity: 3 }).where('id', '=', slot.id).execute()
  const holds = []
  for (const citizen of citizens.slice(0, 2)) holds.push(await citizen.hold(slot.id, { itemId: item?.id ?? '' }))
  expect(holds.map(({ status }) => status)).toEqual([201, 201])

  await changeCapacity(world, { cityId: '510100', hallId: slot.hallId, counterId }, 1)
  expect(await row()).toMatchObject({ capacity: 2, taken: 2 })
  expect((await citizens[2]?.hold(slot.id, { itemId: item?.id ?? '' }))?.problem).toMatchObject({ code: 'slot-taken' })
  await citizens[0]?.release(holds[0]?.body.id ?? '')
  expect(await row()).toMatchObject({ capacity: 1, taken: 1 })
  await citizens[1]?.release(holds[1]?.body.id ?? '')
  expect(await row()).toMatchObject({ capacity: 1, taken: 0 })
  const counter = { cityId: '510100', hallId: slot.hallId, counterId }
  await expect(changeCapacity(world, counter, 0)).rejects.toMatchObject({ code: 'invalid-fields' })
  await expect(changeCapacity(world, { ...counter, counterId: 'none' }, 2)).rejects.toMatchObject({ code: 'not-found' })
})
