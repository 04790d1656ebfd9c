import { sql } from 'kysely'
import { recordWords } from '../../city/citizens/record-words'
import { sections } from '../../city/citizens/records'
import type { Account, Citizen, CitizenCopy, Problem, Report } from '../../contract/wire/types.gen'
import { nameOf, phoneOf } from '../../sandbox/seed/people'
import type { Sandbox } from '../../sandbox/start'
import { sweep } from '../../sandbox/sweep'
import {
  brokenInvariants,
  citizenOf,
  freeDays,
  hall,
  item,
  leave,
  newKey,
  slotsOf,
  startBooking,
} from '../support/booking'
import { electricity, signIn } from '../support/citizen'
import { controlOf } from '../support/sandbox'

let sandbox: Sandbox
let base: string
let close: () => Promise<void>
beforeAll(async () => {
  ;({ sandbox, base, close } = await startBooking(new Date('2026-11-23T10:00:00+08:00')))
}, 60_000)
afterEach(async () => expect(await brokenInvariants(sandbox)).toEqual([]))
afterAll(() => close())
const control = controlOf(() => sandbox)

/** What only this person wrote. */
const writingsOf = (who: string) => ({
  visitorName: `欧阳${who}`,
  visitorPhone: `139${String(who.length * 7919 + who.charCodeAt(0)).padStart(8, '0')}`,
  nickname: `${who} 外婆家`,
  report: `请打 ${who} 的电话`,
})

/** Somebody who has done all that one can do. Leaves a payment to be credited and a visit ahead. */
async function busyCitizen(who: string, number: string) {
  const { visitorName, visitorPhone, nickname, report } = writingsOf(who)
  const citizen = await signIn(base, who)
  const booker = await citizenOf(base, who)
  const bills = await citizen.billsOf('hz-electricity', number)
  const account = (await citizen.get<{ items: Account[] }>('/accounts')).body.items[0]
  expect((await citizen.send(`/accounts/${account?.id}`, { nickname }, undefined, 'PUT')).status).toBe(200)
  const { payment } = (await citizen.pay(bills)).body
  const about = { kind: 'payment', id: payment.id }
  await citizen.send<Report>('/reports', { about, reason: 'other', text: report })
  await citizen.send('/citizen/consents/messages', { given: true }, undefined, 'PUT')
  const day = (await freeDays(base))[2] ?? ''
  const slots = await slotsOf(base, day)
  await leave(sandbox, slots, 2)
  const hold = await booker.hold(slots[3]?.id ?? '')
  const visitor = { name: visitorName, phone: visitorPhone }
  const visit = await booker.send<{ id: string }>('/appointments', { holdId: hold.body.id, visitor })
  expect(visit.status).toBe(201)
  await booker.hold(slots[5]?.id ?? '')
  await booker.join({ hallId: hall, itemId: item, day, part: 'any' })
  return { citizen, booker, payment, visitId: visit.body.id }
}

async function settle(paymentId: string) {
  await control('POST', '/pay', { paymentId })
  const state = () =>
    sandbox.world.database.db.selectFrom('payments').select('state').where('id', '=', paymentId).executeTakeFirst()
  for (let times = 0; (await state())?.state !== 'credited' && times < 20; times += 1)
    await control('POST', '/clock', { advanceSeconds: 10 })
}

const tablesIn = async () => {
  const { rows } = await sql<{ name: string; columns: string[] }>`
    select table_name as name, array_agg(column_name::text) as columns from information_schema.columns
    where table_schema = ${await schemaOf()} group by table_name order by table_name`.execute(sandbox.world.database.db)
  return rows
}
const schemaOf = async () => {
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(sandbox.world.database.db)
  return rows[0]?.schema ?? ''
}

/** What billers and vendors have in their books is theirs, and what a phone was shown is with its host. */
const isOfOthers = (name: string) => /^(bills|biller_accounts|book_\w+|vendor_\w+|letters)$/.test(name)

/** Tables in which any of these texts is found. */
async function tablesWith(texts: readonly string[]): Promise<string[]> {
  const found = []
  for (const { name } of await tablesIn()) {
    if (isOfOthers(name)) continue
    const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(name)} t`.execute(
      sandbox.world.database.db,
    )
    for (const text of texts) if (rows.some(({ row }) => row.includes(text))) found.push(`${name}: ${text}`)
  }
  return found
}

test('N20: each table that knows a citizen is in the copy, or out of it for a reason, and gone or kept for one', async () => {
  const about = (await tablesIn())
    .filter(({ columns }) => columns.some((column) => /^(citizen_id|person_id|payment_id|who|asker)$/.test(column)))
    .map(({ name }) => name)
    // By the vendors, of whom the city is a customer.
    .filter((name) => !name.startsWith('vendor_'))
  const named = new Map(sections.map((section) => [String(section.table), section]))
  expect(about.filter((name) => !named.has(name))).toEqual([])
  expect(sections.filter(({ title, why }) => title === undefined && !why).map(({ table }) => table)).toEqual([])
  const names = (await tablesIn()).map(({ name }) => name)
  expect(sections.filter(({ table }) => !names.includes(table)).map(({ table }) => table)).toEqual([])
})

test('N20: every member of the copy has words in both languages, and no word is for a member that is gone', async () => {
  const tables = await tablesIn()
  const members = new Set(
    sections
      .filter(({ title }) => title !== undefined)
      .flatMap(({ table, hidden = [] }) =>
        (tables.find(({ name }) => name === table)?.columns ?? []).filter((column) => !hidden.includes(column)),
      ),
  )
  expect([...members].filter((member) => !recordWords[member])).toEqual([])
  expect(Object.keys(recordWords).filter((member) => !members.has(member))).toEqual([])
  for (const { zh, en } of Object.values(recordWords))
    expect([/_/.test(zh + en), /[\u4e00-\u9fff]/.test(en)]).toEqual([false, false])
})

test('N20: the copy holds every row about the citizen, and no secret', async () => {
  const who = 'copying'
  const { citizen, payment } = await busyCitizen(who, electricity.oneDue)
  await settle(payment.id)
  const { body, status } = await citizen.get<CitizenCopy>('/citizen/data')
  expect(status).toBe(200)
  const kinds = body.sections.map(({ kind }) => kind)
  for (const kind of [
    'citizens',
    'accounts',
    'payments',
    'payment_bills',
    'receipts',
    'ledger',
    'reports',
    'appointments',
  ])
    expect(kinds).toContain(kind)
  for (const { table, title } of sections.filter((section) => section.title)) {
    const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(table)} t`.execute(
      sandbox.world.database.db,
    )
    const own = rows.filter(({ row }) => row.includes(`"${citizen.citizenId}"`) || row.includes(`"${payment.id}"`))
    const copied = body.sections.find(({ kind }) => kind === table)
    // A session came meanwhile, and the copy itself is a use.
    expect([title?.en, (copied?.records.length ?? 0) >= own.length]).toEqual([title?.en, true])
  }
  const accounts = (await citizen.get<CitizenCopy>('/citizen/data', 'en')).body.sections.find(
    ({ kind }) => kind === 'accounts',
  )
  expect(accounts?.labels).toContainEqual({ name: 'biller_id', label: 'Biller' })
  const text = JSON.stringify(body)
  for (const mine of [nameOf(`preview/${who}`), ...Object.values(writingsOf(who)), electricity.oneDue])
    expect(text).toContain(mine)
  expect(text).not.toContain('token_hash')
  const { dataUse } = (await citizen.get<Citizen>('/citizen')).body
  expect(dataUse[0]).toMatchObject({ by: '本人', purpose: '下载个人信息副本' })
  const other = await signIn(base, newKey().slice(0, 8))
  expect(JSON.stringify((await other.get<CitizenCopy>('/citizen/data')).body)).not.toContain(
    writingsOf(who).visitorName,
  )
})

test('N20: what is open stops erasure with a word on what to do; then all goes but the accounts of money', async () => {
  const who = 'leaving'
  const { citizen, booker, payment, visitId } = await busyCitizen(who, electricity.overdue)
  const erase = () => citizen.send<Problem>('/citizen/erasure', { confirmed: true })
  const refused = await erase()
  expect(refused.problem).toMatchObject({
    status: 409,
    code: 'erasure-refused',
    detail: '有支付尚未完成：请付完或取消，并等待入账。有预约还没有办理：请先取消，或办理之后再删除。',
    pending: [
      { kind: 'payment', id: payment.id },
      { kind: 'appointment', id: visitId },
    ],
  })
  await settle(payment.id)
  expect((await erase()).problem?.pending).toEqual([{ kind: 'appointment', id: visitId }])
  expect((await booker.cancel(visitId)).status).toBe(200)
  expect((await citizen.send('/citizen/erasure', { confirmed: false })).status).toBe(400)

  const { id: citizenId, maskedName } = (await citizen.get<Citizen>('/citizen')).body
  const subject = `preview/${who}`
  const traces = [subject, nameOf(subject), phoneOf(subject), ...Object.values(writingsOf(who))]
  expect((await tablesWith(traces)).length).toBeGreaterThan(6)
  expect((await erase()).status).toBe(204)
  expect(await tablesWith([...traces, electricity.overdue])).toEqual([])
  const kept = (await tablesWith([citizenId])).map((found) => found.split(':')[0])
  expect(kept).toEqual(['payments'])

  expect((await citizen.get('/citizen')).problem?.code).toBe('unauthenticated')
  expect((await booker.appointments()).problem?.code).toBe('unauthenticated')
  const again = await signIn(base, who)
  expect(again.citizenId).not.toBe(citizenId)
  expect(again.maskedName).toBe(maskedName)
  expect((await again.get<{ items: unknown[] }>('/payments')).body.items).toEqual([])
  const books = (await control('GET', '/ledger')) as { payments: { id: string; state: string }[] }
  expect(books.payments.find(({ id }) => id === payment.id)?.state).toBe('credited')
})

test('N20: a pause of booking does not end by erasure', async () => {
  const citizen = await signIn(base, 'missing')
  const missed = ['one', 'two'].map((name) => ({
    city_id: '330100',
    id: `h-${name}`,
    citizen_id: citizen.citizenId,
    appointment_id: `ap-${name}`,
    counted_at: sandbox.world.clock.now(),
  }))
  await sandbox.world.database.db.insertInto('late_moves').values(missed).execute()
  const refused = await citizen.send<Problem>('/citizen/erasure', { confirmed: true })
  expect(refused.problem).toMatchObject({ code: 'erasure-refused', pending: [] })
  expect(refused.problem?.detail).toMatch(/^暂停预约期间不能删除，\d{4}-\d\d-\d\d 之后可以。$/)
})

test('N20: a real name that is withdrawn goes, is told to nobody, and is taken again once it is given', async () => {
  const who = 'nameless'
  const [subject, name] = [`preview/${who}`, nameOf(`preview/${who}`)]
  const citizen = await signIn(base, who)
  const consents = (await citizen.get<Citizen>('/citizen')).body.consents
  expect(consents).toMatchObject([{ consent: 'real-name', given: true }])
  const row = () =>
    sandbox.world.database.db
      .selectFrom('citizens')
      .select(['name', 'phone'])
      .where('subject', '=', subject)
      .executeTakeFirstOrThrow()
  expect(await row()).toEqual({ name, phone: phoneOf(subject) })
  await citizen.send('/citizen/consents/real-name', { given: false }, undefined, 'PUT')
  expect(await row()).toEqual({ name: '', phone: '' })
  const shown = (await citizen.get<Citizen>('/citizen')).body
  expect([shown.maskedName, shown.maskedPhone]).toEqual(['*', undefined])
  expect((await signIn(base, who)).maskedName).toBe('*')
  expect(await row()).toEqual({ name: '', phone: '' })
  await citizen.send('/citizen/consents/real-name', { given: true }, undefined, 'PUT')
  const asked = personsAsked(sandbox)
  await citizen.match('hz-electricity', electricity.nothingDue)
  expect(asked.persons).toEqual([{ name: '', phone: '' }])
  asked.restore()
  expect((await signIn(base, who)).citizenId).toBe(citizen.citizenId)
  expect(await row()).toEqual({ name, phone: phoneOf(subject) })
})

/** Notes for whom the billers are asked. */
function personsAsked({ world }: Sandbox) {
  const { lookUp } = world.billers
  const persons: unknown[] = []
  world.billers.lookUp = (question) => {
    persons.push(question.person)
    return lookUp(question)
  }
  return {
    persons,
    restore: () => {
      world.billers.lookUp = lookUp
    },
  }
}

test('N20: messages that are withdrawn stop at once', async () => {
  const who = 'silent'
  const { booker, citizen } = await busyCitizen(who, electricity.severalDue)
  const letters = async () => {
    await sweep(sandbox.world)
    const { rows } = await sql<{ state: string; kind: string }>`select kind, state from messages
      where citizen_id = ${citizen.citizenId} order by kind`.execute(sandbox.world.database.db)
    return rows
  }
  const [reminder] = await letters()
  expect(reminder).toEqual({ kind: 'visit-tomorrow', state: 'waiting' })
  const { rows } = await sql<{ send_at: Date }>`select send_at from messages
      where citizen_id = ${citizen.citizenId}`.execute(sandbox.world.database.db)
  await booker.send('/citizen/consents/messages', { given: false }, newKey(), 'PUT')
  sandbox.world.clock.set(rows[0]?.send_at ?? new Date())
  expect((await letters()).filter(({ kind }) => kind === 'visit-tomorrow')).toEqual([
    { kind: 'visit-tomorrow', state: 'off' },
  ])
})
