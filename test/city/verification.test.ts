import { VendorRefused } from '../../city/cashiers/errors'
import { sealed, unsealed } from '../../city/keys'
import { readContract, securedOperations } from '../../contract/check'
import { levelOfOperation, openCalls } from '../../contract/wire/levels.gen'
import type { Appointment, Bill, Hold, Verification } from '../../contract/wire/types.gen'
import type { Sandbox } from '../../sandbox/start'
import { startSandbox } from '../../sandbox/start'
import { own } from '../../sandbox/tables'
import { ask, freeDays, hall, newKey, slotsOf } from '../support/booking'
import { signIn, type TestCitizen } from '../support/citizen'
import { keptLog } from '../support/logs'
import { controlOf, testDatabase } from '../support/sandbox'

/** How far a city knows who calls: by operation, by item, and verified with the host. */

const { log, lines } = keptLog()
const idNumber = '11010519491231002X'
const otherNumber = '330102199003071230'
const realNameItem = 'travel-permit'
const faceItem = 'estate-mortgage'

let sandbox: Sandbox
let release: () => Promise<void>
let base: string
beforeAll(async () => {
  const database = await testDatabase()
  release = database.release
  const startAt = new Date('2026-11-23T10:00:00+08:00')
  sandbox = await startSandbox({ port: 0, ...database, startAt, log, sweepMs: null })
  sandbox.world.clock.stand()
  base = `${sandbox.address}/330100`
}, 100_000)
afterAll(async () => {
  await sandbox.close()
  await release()
})
afterEach(() => sandbox.world.faults.clear())
const control = controlOf(() => sandbox)

const begin = (citizen: TestCitizen, level = 'real-name', number = idNumber) =>
  citizen.send<Verification>('/verifications', { level, name: '李小明', idNumber: number })
const read = (citizen: TestCitizen, id: string) => citizen.get<Verification>(`/verifications/${id}`)

async function verify(
  citizen: TestCitizen,
  level = 'real-name',
  number = idNumber,
  act = 'pass',
): Promise<Verification> {
  const begun = await begin(citizen, level, number)
  expect(begun.status).toBe(201)
  await control('POST', '/verify', { number: numberOf(begun.body), act })
  return (await read(citizen, begun.body.id)).body
}

const numberOf = ({ invocation }: Verification): string =>
  invocation?.kind === 'page' ? (invocation.url.split('/').pop() ?? '') : ''

/** A place held for an item, and how confirming it ends. */
async function held(citizen: TestCitizen, itemId: string): Promise<Hold> {
  const [day = ''] = (await freeDays(base, itemId)).slice(-1)
  const slot = (await slotsOf(base, day, itemId)).find(({ free }) => free > 0)
  const hold = await citizen.send<Hold>('/holds', { slotId: slot?.id, itemId })
  expect(hold.status).toBe(201)
  return hold.body
}
const confirm = (citizen: TestCitizen, hold: Hold, key = newKey()) =>
  citizen.send<Appointment>(
    '/appointments',
    { holdId: hold.id, visitor: { name: '李小明', phone: '13800000001' } },
    key,
  )

test('each operation states its level, anybody is who needs no session, and the tables are the contract’s', () => {
  const operations = Object.entries(readContract().paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      operation.operationId === undefined ? [] : [{ ...operation, call: `${method.toUpperCase()} ${path}` }],
    ),
  )
  const anybody = operations.filter(({ security }) => security?.length === 0)
  for (const { operationId } of operations)
    expect([operationId, levelOfOperation[operationId]]).not.toContain(undefined)
  expect(Object.keys(levelOfOperation).filter((id) => !securedOperations().has(id))).toEqual(
    anybody.map(({ operationId }) => operationId),
  )
  expect(openCalls).toEqual(anybody.map(({ call }) => call.replace(/{\w+}/g, '*')))
  // Halls with their line of numbers, items, times, the check of a receipt; and signing in, which is how anybody gets an account.
  expect(openCalls).toHaveLength(10)
})

test('what anybody may ask answers without a token, all else is 401', async () => {
  const [day = ''] = await freeDays(base)
  for (const path of [
    '/manifest',
    '/halls',
    `/halls/${hall}`,
    '/items',
    `/items/${realNameItem}`,
    `/slot-days?hallId=${hall}&itemId=${realNameItem}`,
    `/slots?hallId=${hall}&itemId=${realNameItem}&day=${day}`,
  ])
    expect([path, (await ask(base, { path })).status]).toEqual([path, 200])
  for (const path of ['/bills', '/accounts', '/payments', '/citizen', '/appointments', '/verifications/ve-1'])
    expect([path, (await ask(base, { path })).status]).toEqual([path, 401])
})

test('an item may raise the level: below it nothing is booked, the place stays, and the same call goes through after', async () => {
  const citizen = await signIn(base, 'raised')
  expect((await ask<{ level?: string }>(base, { path: `/items/${realNameItem}` })).body.level).toBe('real-name')
  const hold = await held(citizen, realNameItem)
  const key = newKey()
  const refused = await confirm(citizen, hold, key)
  expect([refused.status, refused.problem]).toEqual([
    403,
    expect.objectContaining({ code: 'level-needed', level: 'real-name', retry: 'never' }),
  ])
  expect((await citizen.get<Hold>(`/holds/${hold.id}`)).body.state).toBe('held')

  const verified = await verify(citizen)
  expect(verified).toMatchObject({ level: 'real-name', state: 'verified' })
  expect(Date.parse(verified.verifiedUntil ?? '')).toBeGreaterThan(
    sandbox.world.clock.now().getTime() + 170 * 86_400_000,
  )
  expect((await confirm(citizen, hold, key)).status).toBe(201)
})

test('a real name is no face; a face is a real name, and holds for minutes', async () => {
  const citizen = await signIn(base, 'faces')
  await verify(citizen)
  const hold = await held(citizen, faceItem)
  expect((await confirm(citizen, hold)).problem).toMatchObject({ code: 'level-needed', level: 'face' })
  expect(await verify(citizen, 'face')).toMatchObject({ state: 'verified' })
  sandbox.world.clock.advance(16 * 60)
  const later = await signIn(base, 'faces')
  const again = await held(later, faceItem)
  expect((await confirm(later, again)).problem).toMatchObject({ level: 'face' })
  await verify(later, 'face')
  expect((await confirm(later, again)).status).toBe(201)

  const other = await signIn(base, 'face-first')
  await verify(other, 'face', otherNumber)
  const place = await held(other, realNameItem)
  expect((await confirm(other, place)).status).toBe(201)
})

test('a decision is read and confirmed by whom the biller wants to know; its number and its sum are for all who are bound', async () => {
  const chengdu = `${sandbox.address}/510100`
  const citizen = await signIn(chengdu, 'driver')
  const number = '510106190012347'
  await citizen.bind('cd-fine', number)
  const person = await sandbox.world.database.db
    .selectFrom('citizens')
    .select(['name', 'phone'])
    .where('id', '=', citizen.citizenId)
    .executeTakeFirstOrThrow()
  await own(sandbox.world.database.db)
    .insertInto('book_holders')
    .values({ city_id: '510100', biller_id: 'cd-fine', number, ...person })
    .execute()
  const [bill] = await citizen.billsOf('cd-fine', number)
  if (!bill) throw new Error('no fine')
  expect(bill).toMatchObject({
    amountFen: 20_000,
    decision: { number, text: '', level: 'real-name', confirmed: false },
  })
  const confirmIt = () => citizen.send<Bill>(`/bills/${bill.id}/decision`, { version: bill.version })
  expect((await confirmIt()).problem).toMatchObject({ status: 403, code: 'level-needed', level: 'real-name' })
  await verify(citizen)
  const read = (await citizen.get<Bill>(`/bills/${bill.id}`)).body
  expect(read.decision?.text).toMatch(/罚款 200 元/)
  expect(read.decision?.level).toBeUndefined()
  expect((await confirmIt()).body).toMatchObject({ status: 'due', decision: { confirmed: true } })
})

test('half a year later the name has to be verified again', async () => {
  const citizen = await signIn(base, 'half-a-year')
  await verify(citizen)
  const now = sandbox.world.clock.now()
  sandbox.world.clock.advance(181 * 86_400)
  const later = await signIn(base, 'half-a-year')
  expect((await confirm(later, await held(later, realNameItem))).problem).toMatchObject({ code: 'level-needed' })
  sandbox.world.clock.set(now)
})

test.each([
  ['cancel', 'cancelled'],
  ['refuse', 'refused'],
  ['other-person', 'other-person'],
  ['time-out', 'timed-out'],
])('%s: the host’s word ends it as %s, nothing is verified, and another try may pass', async (act, state) => {
  const citizen = await signIn(base, `ends-${act}`)
  const ended = await verify(citizen, 'real-name', idNumber, act)
  expect(ended).toMatchObject({ state })
  expect(ended.verifiedUntil).toBeUndefined()
  // What is over stays so, whatever the host says later.
  await control('POST', '/verify', { act: 'pass' })
  expect((await read(citizen, ended.id)).body.state).toBe(state)
  expect((await confirm(citizen, await held(citizen, realNameItem))).problem).toMatchObject({ code: 'level-needed' })
  expect(await verify(citizen)).toMatchObject({ state: 'verified' })
})

test('while the host has not decided it is open, until its time is over', async () => {
  const citizen = await signIn(base, 'undecided')
  const { body } = await begin(citizen)
  expect((await read(citizen, body.id)).body.state).toBe('open')
  sandbox.world.clock.advance(601)
  expect((await read(citizen, body.id)).body.state).toBe('timed-out')
})

test('a host that is down verifies nobody and ends nothing: 503, and later the same one is decided', async () => {
  const citizen = await signIn(base, 'down')
  const { body } = await begin(citizen)
  await control('PUT', '/faults', { name: 'verifier-not-answering' })
  expect((await begin(citizen)).problem).toMatchObject({ status: 503, code: 'verifier-not-answering', retry: 'safe' })
  expect((await read(citizen, body.id)).problem).toMatchObject({ code: 'verifier-not-answering' })
  await control('DELETE', '/faults')
  await control('POST', '/verify', { number: numberOf(body), act: 'pass' })
  expect((await read(citizen, body.id)).body.state).toBe('verified')
})

test('a host that knows nothing of it any more ends it with its time, and not before', async () => {
  const citizen = await signIn(base, 'forgotten')
  const { body } = await begin(citizen)
  const { identity } = sandbox.world
  const refusing = { queryVerification: () => Promise.reject(new VendorRefused('other', '84001', '')) }
  Object.assign(sandbox.world, { identity: { ...identity, ...refusing } })
  try {
    expect((await read(citizen, body.id)).problem?.code).toBe('verifier-not-answering')
    sandbox.world.clock.advance(3600)
    expect((await read(await signIn(base, 'forgotten'), body.id)).body.state).toBe('timed-out')
  } finally {
    Object.assign(sandbox.world, { identity })
  }
})

test('one account of a host is one person: another document than before is somebody else', async () => {
  const citizen = await signIn(base, 'one-person')
  await verify(citizen)
  expect(await verify(citizen, 'face', otherNumber)).toMatchObject({ state: 'other-person' })
  expect(await verify(citizen, 'face')).toMatchObject({ state: 'verified' })
})

test('nobody reads or uses a verification of somebody else, and a newer one ends an open one', async () => {
  const [citizen, stranger] = [await signIn(base, 'mine'), await signIn(base, 'not-mine')]
  const first = (await begin(citizen)).body
  expect((await read(stranger, first.id)).status).toBe(404)
  const second = (await begin(citizen)).body
  await control('POST', '/verify', { number: numberOf(first), act: 'pass' })
  expect((await read(citizen, first.id)).body.state).toBe('cancelled')
  expect((await read(citizen, second.id)).body.state).toBe('open')
})

test('what is typed is made plain, what is no number of an ID card is named, and a stranger cannot try without end', async () => {
  const citizen = await signIn(base, 'typed')
  const typed = { level: 'real-name', name: ' 李 小明 ', idNumber: '１１０１０５-19491231-002x' }
  expect((await citizen.send('/verifications', typed)).status).toBe(201)
  const wrong = await begin(citizen, 'real-name', '110105194912310021')
  expect(wrong.problem).toMatchObject({
    code: 'invalid-fields',
    fields: [expect.objectContaining({ field: 'idNumber' })],
  })
  expect((await citizen.send('/verifications', { level: 'account', name: 'a', idNumber })).problem?.code).toBe(
    'invalid-fields',
  )
})

test('a city without the feature does not verify, and neither does a host that cannot', async () => {
  const harbin = await signIn(`${sandbox.address}/230100`, 'no-feature')
  expect((await begin(harbin)).status).toBe(404)
  const { identity } = sandbox.world
  const { beginVerification } = identity
  identity.beginVerification = async () => null
  const citizen = await signIn(base, 'cannot')
  expect((await begin(citizen)).problem).toMatchObject({ code: 'forbidden', detail: expect.stringMatching(/窗口/) })
  identity.beginVerification = beginVerification
})

test('withdrawing the real name ends what was verified at once; erasure and the copy know of it', async () => {
  const citizen = await signIn(base, 'withdrawn')
  await verify(citizen)
  const { body: copy } = await citizen.get<{ sections: { kind: string; records: object[] }[] }>('/citizen/data')
  const record = copy.sections.find(({ kind }) => kind === 'verifications')?.records[0]
  expect(record).toMatchObject({ level: 'real-name', state: 'verified', name: null })
  expect(Object.keys(record ?? {})).not.toContain('document_key')
  await citizen.send('/citizen/consents/real-name', { given: false }, newKey(), 'PUT')
  expect((await confirm(citizen, await held(citizen, realNameItem))).problem).toMatchObject({ code: 'level-needed' })
})

test('the number of the document is in no row and no line of the log, and the name only while it is open', async () => {
  const citizen = await signIn(base, 'in-no-row')
  const open = await begin(citizen)
  const rows = await sandbox.world.database.db.selectFrom('verifications').selectAll().execute()
  const books = JSON.stringify([rows, await control('GET', '/state'), lines])
  expect(rows.length).toBeGreaterThan(5)
  for (const number of [idNumber, otherNumber]) expect(books).not.toContain(number)
  expect(rows.filter(({ name }) => name !== null).map(({ state }) => state)).toEqual(
    rows.filter(({ state }) => state === 'open').map(() => 'open'),
  )
  // Every column of every table, what the sandbox and the city keep for idempotency included.
  const { rows: tables } = await everyRow(sandbox)
  expect(tables).not.toContain(idNumber)
  expect(open.status).toBe(201)
})

async function everyRow({ world }: Sandbox): Promise<{ rows: string }> {
  const { db } = world.database
  const kept = await Promise.all([
    db.selectFrom('verifications').selectAll().execute(),
    db.selectFrom('idempotency_keys').selectAll().execute(),
    db.selectFrom('citizens').selectAll().execute(),
    db.selectFrom('data_uses').selectAll().execute(),
    db.selectFrom('call_counts').selectAll().execute(),
  ])
  return { rows: JSON.stringify(kept) }
}

test('what is sealed opens with the same key for the same purpose only', () => {
  const { keys } = sandbox.world
  const [one, two] = [keys.ofCity('330100'), keys.ofCity('510100')]
  const text = sealed(one, 'verifications', 'hash of a document')
  expect(text).not.toContain('hash')
  expect(sealed(one, 'verifications', 'hash of a document')).not.toBe(text)
  expect(unsealed(one, 'verifications', text)).toBe('hash of a document')
  expect(() => unsealed(two, 'verifications', text)).toThrow()
  expect(() => unsealed(one, 'documents', text)).toThrow()
  expect(() => unsealed(one, 'verifications', `${text.slice(0, -4)}AAAA`)).toThrow()
})
