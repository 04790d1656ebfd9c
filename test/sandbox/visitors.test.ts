import type {
  Appointment,
  AppointmentPage,
  CitizenCopy,
  Hold,
  SlotDays,
  SlotList,
  Visitor,
  VisitorList,
} from '../../contract/wire/types.gen'
import { signIn, type TestCitizen } from '../support/citizen'
import { openRows } from '../support/rows'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

jest.setTimeout(60_000)
const hall = '9007199254741101'
const newborn = 'newborn-registration'
let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox({ startAt: '2026-11-23T10:00:00+08:00' })
}, 90_000)
afterAll(() => sandbox.close())

const mother = { name: '王秀英', phone: '13900000002', idNumber: '11010519491231002X' }

let taken = 0

/** Chengdu demands a document. Each books a time of its own, so that nobody is at two of them. */
async function book(citizen: TestCitizen, body: { visitor: Visitor } & Record<string, unknown>, itemId = newborn) {
  // Two visits ahead are as many as this city allows.
  for (const { id } of (await citizen.get<AppointmentPage>('/appointments?upcoming=true')).body.items)
    await citizen.send(`/appointments/${id}/cancellation`)
  const query = `hallId=${hall}&itemId=${itemId}`
  const { days } = (await citizen.get<SlotDays>(`/slot-days?${query}`)).body
  taken += 1
  const day = days.filter(({ status }) => status === 'free')[1 + (taken % 4)]?.day
  const { slots } = (await citizen.get<SlotList>(`/slots?${query}&day=${day}`)).body
  const slotId = slots.filter(({ free }) => free > 0)[Math.floor(taken / 4)]?.id
  const hold = await citizen.send<Hold>('/holds', { slotId, itemId })
  return citizen.send<Appointment>('/appointments', { holdId: hold.body.id, ...body })
}
const keptBy = async (citizen: TestCitizen) => (await citizen.get<VisitorList>('/visitors')).body.items
const newcomer = (who: string) => signIn(sandbox.city('510100'), who)

test('nobody is kept unasked; who is saved comes masked, and is filled in by the city alone', async () => {
  const citizen = await newcomer('daughter')
  expect((await book(citizen, { visitor: mother })).status).toBe(201)
  expect(await keptBy(citizen)).toEqual([])
  expect((await book(citizen, { visitor: mother, saveVisitor: true })).status).toBe(201)
  const [saved, ...others] = await keptBy(citizen)
  expect(others).toEqual([])
  expect(saved).toMatchObject({ maskedName: '王*英', maskedPhone: '139****0002', documentKind: 'id-card' })
  expect(JSON.stringify(saved)).not.toMatch(/秀|13900000002|19491231/)

  const visit = await book(citizen, { visitor: {}, savedVisitorId: saved?.id })
  expect(visit).toMatchObject({ status: 201, body: { visitorName: '王*英' } })
  const { db, close } = await openRows(sandbox)
  const rows = await db
    .selectFrom('appointments')
    .select(['visitor', 'document_key'])
    .where('citizen_id', '=', citizen.citizenId)
    .execute()
  await close()
  expect(new Set(rows.map(({ visitor }) => JSON.stringify(visitor))).size).toBe(1)
  // The same document: the same person, so that nobody is at two halls at once.
  expect(new Set(rows.map(({ document_key }) => document_key)).size).toBe(1)
})

test('what the city does not know of somebody is asked for, and what is not taken is refused in words', async () => {
  const citizen = await newcomer('son')
  const foreign = {
    name: '陈嘉欣',
    phone: '13900000003',
    documentKind: 'hk-macao-permit' as const,
    documentNumber: 'H12345678',
  }
  await book(citizen, { visitor: foreign, saveVisitor: true })
  const [saved] = await keptBy(citizen)
  const refused = await book(citizen, { visitor: {}, savedVisitorId: saved?.id }, 'id-card-renewal')
  expect(refused).toMatchObject({ status: 400, problem: { fields: [{ field: 'visitor.documentKind' }] } })
  const typed = await book(
    citizen,
    { visitor: { idNumber: mother.idNumber }, savedVisitorId: saved?.id },
    'id-card-renewal',
  )
  expect(typed).toMatchObject({ status: 201, body: { visitorName: '陈*欣' } })
  // Used, not saved anew: what is kept stays as it was agreed.
  expect((await keptBy(citizen))[0]?.documentKind).toBe('hk-macao-permit')
  const unknown = await book(citizen, { visitor: {}, savedVisitorId: 'sv-none' })
  expect(unknown).toMatchObject({ status: 400, problem: { fields: [{ field: 'savedVisitorId' }] } })
})

test('somebody saved twice is there once, ten are kept at most, and each is the citizen’s own', async () => {
  const citizen = await newcomer('many')
  const { db, close } = await openRows(sandbox)
  await book(citizen, { visitor: mother, saveVisitor: true })
  await book(citizen, { visitor: { ...mother, phone: '13900000004' }, saveVisitor: true })
  const [saved, ...others] = await keptBy(citizen)
  expect([saved?.maskedPhone, others]).toEqual(['139****0004', []])
  const row = await db
    .selectFrom('saved_visitors')
    .selectAll()
    .where('id', '=', saved?.id ?? '')
    .executeTakeFirstOrThrow()
  for (let more = 0; more < 9; more += 1)
    await db
      .insertInto('saved_visitors')
      .values({ ...row, id: `sv-${more}`, document_key: `k${more}`, name: `某${more}` })
      .execute()
  await close()
  const other = { ...mother, idNumber: '110105194912310046' }
  expect((await book(citizen, { visitor: other, saveVisitor: true })).status).toBe(201)
  expect(await keptBy(citizen)).toHaveLength(10)

  const stranger = await newcomer('stranger')
  expect(await keptBy(stranger)).toEqual([])
  expect((await stranger.send(`/visitors/${saved?.id}`, undefined, undefined, 'DELETE')).status).toBe(204)
  expect((await book(stranger, { visitor: {}, savedVisitorId: saved?.id })).status).toBe(400)
  expect(await keptBy(citizen)).toHaveLength(10)
})

test('who is removed is gone, their visit stays; the copy has them, erasure takes them, a city without them hides them', async () => {
  const citizen = await newcomer('leaver')
  const visit = await book(citizen, { visitor: mother, saveVisitor: true })
  const [saved] = await keptBy(citizen)
  const copy = (await citizen.get<CitizenCopy>('/citizen/data')).body
  const section = copy.sections.find(({ kind }) => kind === 'saved_visitors')
  expect(section?.records).toMatchObject([{ name: mother.name, document_number: expect.stringContaining('*') }])
  expect(JSON.stringify(section)).not.toContain('document_key')
  for (const _ of [1, 2])
    expect((await citizen.send(`/visitors/${saved?.id}`, undefined, undefined, 'DELETE')).status).toBe(204)
  expect(await keptBy(citizen)).toEqual([])
  expect((await citizen.get<Appointment>(`/appointments/${visit.body.id}`)).body.state).toBe('confirmed')

  await citizen.send(`/appointments/${visit.body.id}/cancellation`)
  await citizen.send(
    `/appointments/${(await book(citizen, { visitor: mother, saveVisitor: true })).body.id}/cancellation`,
  )
  expect(await keptBy(citizen)).toHaveLength(1)
  expect((await citizen.send('/citizen/erasure', { confirmed: true })).status).toBe(204)
  const { db, close } = await openRows(sandbox)
  const rows = await db.selectFrom('saved_visitors').select('id').where('citizen_id', '=', citizen.citizenId).execute()
  await close()
  expect(rows).toEqual([])
  const harbin = await signIn(sandbox.city('230100'), 'leaver')
  expect((await harbin.get('/visitors')).status).toBe(404)
})
