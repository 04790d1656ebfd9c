import type { Kysely } from 'kysely'
import { asId, type HallId, type ItemId } from '@/domain/ids'
import { isServiceError } from '@/services/errors'
import { holdsOf } from '@/services/holds'
import { slotsOf } from '@/services/slots'
import type { Tables } from '../../city/database/tables'
import { brokenRows, hall, item } from '../support/booking'
import { hangzhou } from '../support/city'
import { codesOf, createCrowd, figures, inTurns, timed } from '../support/crowd'
import { openRows } from '../support/rows'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

const citizens = Number(process.env.RACERS ?? 1000)
const places = citizens / 10
const sockets = 100
/** Asserted only where the machine is known to do nothing else; without it the times are printed. */
const boundMs = Number(process.env.RACE_BOUND_MS ?? Number.POSITIVE_INFINITY)
const hallId = asId<HallId>(hall)
const itemId = asId<ItemId>(item)

let sandbox: TestSandbox
let db: Kysely<Tables>
let closeRows: () => Promise<void>

beforeAll(async () => {
  sandbox = await startTestSandbox({ startAt: '2026-11-23T10:00:00+08:00' })
  ;({ db, close: closeRows } = await openRows(sandbox))
}, 100_000)
afterAll(async () => {
  await closeRows()
  await sandbox.close()
}, 30_000)

test('a thousand citizens want one of a hundred places: exactly a hundred hold one, all others are shown a way on', async () => {
  const crowd = createCrowd(sandbox.city('330100'), sockets)
  const phones = Array.from({ length: citizens }, (_, at) => crowd.phoneOf(`racer-${at}`))
  const [first] = phones
  if (!first) throw new Error('no racers')
  const { days } = await first.of(slotsOf).days(hangzhou, hallId, [itemId])
  const day = days.filter(({ status }) => status === 'free')[1]?.day ?? ''
  const slot = (await first.of(slotsOf).list(hangzhou, hallId, [itemId], day)).slots[4]
  if (!slot) throw new Error('no slot')
  await db.updateTable('slots').set({ capacity: places, elsewhere: 0, taken: 0 }).where('id', '=', slot.id).execute()
  await inTurns(phones, 20, (phone) => phone.sessions.begin(hangzhou))

  const began = performance.now()
  const outcomes = await inTurns(phones, sockets, (phone) =>
    timed(() => phone.of(holdsOf).create(hangzhou, { slotId: slot.id, itemId }, phone.newIdempotencyKey())),
  )
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  process.stdout.write(`${citizens} for ${places}: ${figures(outcomes)}, all in ${seconds} s\n`)
  expect(Math.max(...outcomes.map(({ ms }) => ms))).toBeLessThan(boundMs)
  expect(codesOf(outcomes)).toEqual({ ok: places, 'slot-taken': citizens - places })
  for (const { error } of outcomes) {
    if (!isServiceError(error)) continue
    expect(error.alternatives?.length).toBe(3)
    for (const other of error.alternatives ?? []) expect([other.free > 0, other.id !== slot.id]).toEqual([true, true])
  }
  expect(new Set(outcomes.flatMap(({ value }) => value?.id ?? [])).size).toBe(places)
  expect(await brokenRows(db)).toEqual([])

  // Without confirmations: when the time is over no hold is left and every place is free again.
  await sandbox.control('POST', '/clock', { advanceSeconds: 301 })
  const left = await db.selectFrom('holds').select('id').where('state', '=', 'held').execute()
  expect(left).toEqual([])
  const { taken } = await db.selectFrom('slots').select('taken').where('id', '=', slot.id).executeTakeFirstOrThrow()
  expect(taken).toBe(0)
  expect(await brokenRows(db)).toEqual([])
  crowd.close()
}, 180_000)

test('parties of one to four want a hundred places: as many persons as places at most, and who is refused found too few', async () => {
  const passport = asId<ItemId>('passport')
  const crowd = createCrowd(sandbox.city('330100'), sockets)
  const parties = Array.from({ length: Math.ceil(citizens * 0.3) }, (_, at) => ({
    phone: crowd.phoneOf(`party-${at}`),
    persons: (at % 4) + 1,
  }))
  const looker = crowd.phoneOf('party-looker')
  const { days } = await looker.of(slotsOf).days(hangzhou, hallId, [passport], 4)
  const day = days.filter(({ status }) => status === 'free')[1]?.day ?? ''
  const slot = (await looker.of(slotsOf).list(hangzhou, hallId, [passport], day)).slots[4]
  if (!slot) throw new Error('no slot')
  await db.updateTable('slots').set({ capacity: places, elsewhere: 0, taken: 0 }).where('id', '=', slot.id).execute()
  await inTurns(parties, 20, ({ phone }) => phone.sessions.begin(hangzhou))
  const outcomes = await inTurns(parties, sockets, ({ phone, persons }) =>
    timed(() =>
      phone
        .of(holdsOf)
        .create(
          hangzhou,
          { slotId: slot.id, itemId: passport, ...(persons > 1 && { persons }) },
          phone.newIdempotencyKey(),
        ),
    ),
  )
  process.stdout.write(`${parties.length} parties for ${places}: ${figures(outcomes)}\n`)
  expect(Object.keys(codesOf(outcomes)).sort()).toEqual(['ok', 'slot-taken'])
  const held = outcomes.reduce((sum, { value }) => sum + (value ? (value.persons ?? 1) : 0), 0)
  expect(held).toBeLessThanOrEqual(places)
  const { taken } = await db.selectFrom('slots').select('taken').where('id', '=', slot.id).executeTakeFirstOrThrow()
  expect(taken).toBe(held)
  // Nothing was given back meanwhile: who was refused could not have fitted in.
  outcomes.forEach(({ code }, at) => {
    if (code === 'slot-taken') expect(parties[at]?.persons).toBeGreaterThan(places - held)
  })
  expect(await brokenRows(db)).toEqual([])
  await sandbox.control('POST', '/clock', { advanceSeconds: 301 })
  expect(await db.selectFrom('slots').select('taken').where('id', '=', slot.id).executeTakeFirstOrThrow()).toEqual({
    taken: 0,
  })
  expect(await brokenRows(db)).toEqual([])
  crowd.close()
}, 180_000)
