import { sql } from 'kysely'
import type {
  AccountPage,
  ActPage,
  Appointment,
  AppointmentPage,
  Bill,
  BillPage,
  Citizen,
  DataUsePage,
  Grant,
  GrantList,
  GrantThing,
  Invitation,
  Payment,
  Problem,
  Verification,
} from '../../contract/wire/types.gen'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { freeDays, newKey, slotsOf } from '../support/booking'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { keptLog } from '../support/logs'
import { controlOf, testDatabase } from '../support/sandbox'

/** Acting for a parent or a child. */

const { log, lines } = keptLog()
let sandbox: Sandbox
let release: () => Promise<void>
let schema: string
let base: string
beforeAll(async () => {
  const database = await testDatabase()
  ;({ release, schema } = database)
  const startAt = new Date('2026-11-23T10:00:00+08:00')
  sandbox = await startSandbox({ port: 0, ...database, startAt, log, sweepMs: null, anybodyHolds: true })
  sandbox.world.clock.stand()
  base = `${sandbox.address}/330100`
}, 100_000)
afterAll(async () => {
  await sandbox.close()
  await release()
})
const control = controlOf(() => sandbox)

/** Somebody whose real name the host has verified. */
async function verified(who: string): Promise<TestCitizen> {
  const citizen = await signIn(base, who)
  const { body } = await citizen.send<Verification>('/verifications', {
    level: 'real-name',
    name: '李小明',
    idNumber: '11010519491231002X',
  })
  const number = body.invocation?.kind === 'page' ? body.invocation.url.split('/').pop() : ''
  await control('POST', '/verify', { number, act: 'pass' })
  expect((await citizen.get<Verification>(`/verifications/${body.id}`)).body.state).toBe('verified')
  return citizen
}

const endsOn = '2027-11-23'
const invite = (citizen: TestCitizen, role: 'giver' | 'actor', things: GrantThing[] = ['bills', 'pay', 'book']) =>
  citizen.send<Grant>('/family/grants', { role, things, endsOn })
const accept = (citizen: TestCitizen, code = '', key = newKey()) =>
  citizen.send<Grant>('/family/acceptances', { code }, key)
const end = (citizen: TestCitizen, grantId: string) =>
  citizen.send<Grant>(`/family/grants/${grantId}`, undefined, undefined, 'DELETE')
const grantsOf = async (citizen: TestCitizen) => (await citizen.get<GrantList>('/family/grants')).body.items
const actsOf = async (citizen: TestCitizen, grantId: string) =>
  (await citizen.get<ActPage>(`/family/grants/${grantId}/acts`)).body.items

/** A mother who lets her daughter act, both verified. */
async function family(name: string, things?: GrantThing[]) {
  const [mother, daughter] = [await verified(`${name}-mother`), await verified(`${name}-daughter`)]
  const { body: asked } = await invite(daughter, 'actor', things)
  const { body: grant } = await accept(mother, asked.code)
  expect(grant.state).toBe('active')
  return { mother, daughter, grantId: grant.id }
}

test('a daughter asks, her mother sees what for and accepts; both see it, and the code is good once', async () => {
  const [mother, daughter] = [await verified('asked-mother'), await verified('asking-daughter')]
  const { status, body: asked } = await invite(daughter, 'actor', ['bills', 'pay'])
  expect([status, asked]).toEqual([
    201,
    expect.objectContaining({ role: 'actor', state: 'open', things: ['bills', 'pay'], endsOn }),
  ])
  expect(asked.code).toMatch(/^[A-Z0-9]{8}$/)
  const typed = asked.code?.replace(/(.{4})/, '$1 ').toLowerCase()
  const seen = await mother.send<Invitation>('/family/invitation-checks', { code: typed })
  expect(seen.body).toMatchObject({ role: 'giver', things: ['bills', 'pay'], endsOn })
  expect(seen.body.maskedName).toMatch(/^.\*/)
  expect((await accept(daughter, asked.code)).problem?.code).toBe('invitation-not-open')

  const key = newKey()
  const accepted = await accept(mother, typed, key)
  expect(accepted.body).toMatchObject({ id: asked.id, role: 'giver', state: 'active' })
  // A lost answer is given again.
  expect((await accept(mother, typed, key)).body).toEqual(accepted.body)
  expect((await accept(mother, asked.code)).problem?.code).toBe('invitation-not-open')
  for (const [citizen, role] of [
    [mother, 'giver'],
    [daughter, 'actor'],
  ] as const) {
    const [grant] = await grantsOf(citizen)
    expect(grant).toMatchObject({ id: asked.id, role, state: 'active' })
    expect([grant?.code, grant?.maskedName]).toEqual([undefined, expect.stringMatching(/^.\*/)])
    expect((await actsOf(citizen, asked.id)).map(({ kind }) => kind)).toEqual(['begin'])
  }
})

test('a mother gives by herself as well; the code is neither kept nor in any log', async () => {
  const [mother, son] = [await verified('giving-mother'), await verified('accepting-son')]
  const key = newKey()
  const { body: given } = await mother.send<Grant>('/family/grants', { role: 'giver', things: ['book'], endsOn }, key)
  const again = await mother.send<Grant>('/family/grants', { role: 'giver', things: ['book'], endsOn }, key)
  expect(again.body).toMatchObject({ id: given.id, code: given.code })
  for (const table of ['family_grants', 'idempotency_keys']) {
    const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(table)} t`.execute(
      sandbox.world.database.db,
    )
    expect([table, rows.length > 0, rows.some(({ row }) => row.includes(given.code ?? 'no code'))]).toEqual([
      table,
      true,
      false,
    ])
  }
  expect((await accept(son, given.code)).body).toMatchObject({ role: 'actor', state: 'active', things: ['book'] })
  expect(JSON.stringify(lines)).not.toContain(given.code)
})

test('without a real name nobody gives, asks, looks at a code or accepts', async () => {
  const [nobody, mother] = [await signIn(base, 'unverified'), await verified('careful-mother')]
  const { body: given } = await invite(mother, 'giver')
  for (const refused of [
    await invite(nobody, 'actor'),
    await nobody.send('/family/invitation-checks', { code: given.code }),
    await accept(nobody, given.code),
  ])
    expect(refused.problem).toMatchObject({ code: 'level-needed', level: 'real-name' })
  expect((await grantsOf(nobody)).length).toBe(0)
})

test('a code runs out after half an hour, and who tries codes has to wait', async () => {
  await verified('thief')
  const mother = await verified('slow-mother')
  const { body: given } = await invite(mother, 'giver')
  const now = sandbox.world.clock.now()
  sandbox.world.clock.advance(1800)
  const [thief, later] = [await signIn(base, 'thief'), await signIn(base, 'slow-mother')]
  expect((await accept(thief, given.code)).problem?.code).toBe('invitation-not-open')
  expect((await grantsOf(later))[0]).toMatchObject({ state: 'ended', endReason: 'not-accepted' })
  const tries = []
  for (let index = 0; index < 8; index += 1) tries.push((await accept(thief, `ACDEFG${index}7`)).problem?.code)
  expect(tries).toContain('too-many-requests')
  sandbox.world.clock.set(now)
})

test('at most five on each side, however many are accepted at once', async () => {
  const busy = await verified('busy-daughter')
  const codes: string[] = []
  for (let index = 0; index < 5; index += 1) codes.push((await invite(busy, 'actor', ['bills'])).body.code ?? '')
  expect((await invite(busy, 'actor')).problem?.code).toBe('family-limit')
  const parent = await verified('popular-parent')
  const givers: TestCitizen[] = []
  for (let index = 0; index < 6; index += 1) givers.push(await verified(`acting-${index}`))
  const asked = await Promise.all(givers.map((giver) => invite(giver, 'actor', ['bills'])))
  const all = await Promise.all(asked.map(({ body }) => accept(parent, body.code)))
  expect(all.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 409])
  expect((await grantsOf(parent)).filter(({ state }) => state === 'active')).toHaveLength(5)
})

test('of two who accept the same code at once one does', async () => {
  const [mother, one, two] = [await verified('raced-mother'), await verified('first'), await verified('second')]
  const { body: given } = await invite(mother, 'giver')
  const both = await Promise.all([accept(one, given.code), accept(two, given.code)])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
})

test('the bills of a giver are read and paid under the grant, with the home but not its nickname; the log names it', async () => {
  const { mother, daughter, grantId } = await family('bills')
  const account = await mother.bind('hz-electricity', electricity.overdue)
  await mother.send(`/accounts/${account.id}`, { nickname: '自己家' }, undefined, 'PUT')
  expect((await daughter.get<BillPage>('/bills')).body).toMatchObject({ items: [], family: 1 })
  const { items, family: more } = (await daughter.get<BillPage>(`/bills?due=true&grantId=${grantId}`)).body
  expect([items.length > 0, more]).toEqual([true, undefined])
  const bill = items.find(({ status }) => status === 'overdue') as Bill
  expect(bill.accountLabel).not.toBe('自己家')
  const homes = (await daughter.get<AccountPage>(`/accounts?grantId=${grantId}`)).body.items
  expect(homes).toEqual([expect.objectContaining({ id: account.id, maskedAddress: bill.accountLabel })])
  expect(homes[0]).not.toHaveProperty('nickname')
  expect((await daughter.get(`/accounts/${account.id}/history?grantId=${grantId}`)).status).toBe(200)
  // Without naming the grant nothing of it is there.
  for (const path of [`/bills/${bill.id}`, `/accounts/${account.id}/history`])
    expect((await daughter.get(path)).status).toBe(404)
  expect((await daughter.pay([bill])).problem?.code).toBe('not-found')

  const paying = await daughter.pay([bill], { grantId })
  expect(paying.status).toBe(201)
  await control('POST', '/pay', { paymentId: paying.body.payment.id })
  const paid = (await daughter.get<Payment>(`/payments/${paying.body.payment.id}`)).body
  expect([paid.state, paid.bills[0]?.accountLabel]).toEqual(['paid', bill.accountLabel])
  expect((await mother.get(`/payments/${paid.id}`)).status).toBe(404)

  const kinds = ['pay', 'see-history', 'see-bills', 'begin']
  const acts = await actsOf(mother, grantId)
  expect(acts.map(({ kind }) => kind).sort()).toEqual([...kinds].sort())
  expect(await actsOf(daughter, grantId)).toEqual(acts)
  const act = acts.find(({ kind }) => kind === 'pay')
  expect(act?.text).toContain(bill.title)
  expect(act?.actor).not.toBe(act?.giver)
  const uses = (await mother.get<DataUsePage>('/citizen/data-uses?purpose=acting')).body.items
  expect(uses.map(({ text }) => text)).toEqual(expect.arrayContaining(['查看账单', act?.text]))
  expect(uses[0]?.by).toMatch(/（代您办理）$/)
})

test('what a grant does not name is refused, and so is another one’s grant; paying needs none', async () => {
  const { mother, daughter, grantId } = await family('narrow', ['bills'])
  const [bill] = await mother.billsOf('hz-electricity', electricity.oneDue)
  const stranger = await signIn(base, 'narrow-stranger')
  for (const refused of [
    await daughter.get<Problem>(`/appointments?grantId=${grantId}`),
    await daughter.pay([bill as Bill], { grantId }),
    await stranger.get<Problem>(`/bills?grantId=${grantId}`),
    await mother.get<Problem>(`/bills?grantId=${grantId}`),
  ])
    expect([refused.status, refused.problem?.code]).toEqual([403, 'grant-ended'])
  for (const path of [`/family/grants/${grantId}`, `/family/grants/${grantId}/acts`])
    expect((await stranger.get(path)).status).toBe(404)
  expect((await end(stranger, grantId)).status).toBe(404)
  // By its number anybody pays.
  const [known] = await stranger.billsOf('hz-electricity', electricity.oneDue)
  expect((await stranger.pay([known as Bill])).status).toBe(201)
})

test('either side ends it at once, twice is fine, and so does its last day', async () => {
  for (const side of ['mother', 'daughter'] as const) {
    const all = await family(`ended-by-${side}`)
    const ended = await end(all[side], all.grantId)
    expect(ended.body).toMatchObject({ state: 'ended', endReason: side === 'mother' ? 'giver' : 'actor' })
    expect((await end(all.mother, all.grantId)).body.endReason).toBe(ended.body.endReason)
    expect((await all.daughter.get<Problem>(`/bills?grantId=${all.grantId}`)).problem?.code).toBe('grant-ended')
    expect((await all.daughter.get<BillPage>('/bills')).body.family).toBeUndefined()
    expect((await actsOf(all.daughter, all.grantId)).map(({ kind }) => kind)).toContain('end')
  }
  const { mother, daughter } = await family('over')
  const last = await daughter.send<Grant>('/family/grants', { role: 'actor', things: ['bills'], endsOn: '2026-11-23' })
  const { body: short } = await accept(mother, last.body.code)
  // The one before was replaced.
  expect((await grantsOf(mother)).map(({ state, endReason }) => [state, endReason])).toEqual([
    ['active', undefined],
    ['ended', 'replaced'],
  ])
  expect((await daughter.get(`/bills?grantId=${short.id}`)).status).toBe(200)
  const now = sandbox.world.clock.now()
  sandbox.world.clock.set(new Date('2026-11-24T00:00:00+08:00'))
  const later = await signIn(base, 'over-daughter')
  expect((await later.get<Problem>(`/bills?grantId=${short.id}`)).problem?.code).toBe('grant-ended')
  expect((await later.get<Grant>(`/family/grants/${short.id}`)).body).toMatchObject({ endReason: 'over' })
  sandbox.world.clock.set(now)
})

test('who pays under a grant is first or refused: its end waits for a payment that has begun, and none begins after it', async () => {
  const { mother, daughter, grantId } = await family('waited-for')
  const [bill] = await mother.billsOf('hz-electricity', electricity.severalDue)
  const order: string[] = []
  const noting = (name: string) => (reply: { status: number }) => order.push(`${name} ${reply.status}`)
  let work: Promise<unknown>[] = []
  await sandbox.world.database.db.transaction().execute(async (trx) => {
    // The payment has passed the grant and waits for its bill.
    await trx
      .selectFrom('bills')
      .select('id')
      .where('id', '=', bill?.id ?? '')
      .forUpdate()
      .execute()
    const paying = daughter.pay([bill as Bill], { grantId }).then(noting('paid'))
    await until(() => isWaited('bills'))
    const ending = end(mother, grantId).then(noting('ended'))
    await until(() => isWaited('family_grants'))
    work = [paying, ending]
  })
  await Promise.all(work)
  expect(order.sort()).toEqual(['ended 200', 'paid 201'])
  expect((await daughter.pay([bill as Bill], { grantId })).problem?.code).toBe('grant-ended')
})

/** Somebody waits for a row of this table. */
async function isWaited(table: string): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_stat_activity
    where wait_event_type = 'Lock' and query like ${`%"${table}"%`} and query like ${`%${schema}%`}`.execute(
    sandbox.world.database.db,
  )
  return rows.length > 0
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries += 1) {
    if (tries > 200) throw new Error('It did not come to that')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('a grant that is being ended while somebody pays or books under it: nothing is done after its end', async () => {
  const itemId = 'social-card'
  const days = await freeDays(base, itemId)
  for (let round = 0; round < 4; round += 1) {
    const { mother, daughter, grantId } = await family(`raced-${round}`)
    const [bill] = await mother.billsOf('hz-electricity', electricity.severalDue)
    const slot = (await slotsOf(base, days[2 + round] ?? '', itemId)).find(({ free }) => free > 1)
    const hold = await daughter.send<{ id: string }>('/holds', { slotId: slot?.id, itemId })
    const booked = { holdId: hold.body.id, visitor: {}, forCitizenId: mother.citizenId }
    const [ended, paid, visit] = await Promise.all([
      end(mother, grantId),
      daughter.pay([bill as Bill], { grantId }),
      daughter.send<Appointment>('/appointments', booked),
    ])
    expect(ended.body.state).toBe('ended')
    const acts = await actsOf(mother, grantId)
    expect(acts.map(({ kind }) => kind)).toContain('end')
    expect(acts.filter(({ kind }) => kind === 'pay')).toHaveLength(paid.status === 201 ? 1 : 0)
    expect(acts.filter(({ kind }) => kind === 'book')).toHaveLength(visit.status === 201 ? 1 : 0)
    for (const { status, problem } of [paid, visit])
      expect([201, 403]).toContain(problem?.code === 'grant-ended' ? 403 : status)
    expect((await daughter.pay([bill as Bill], { grantId })).problem?.code).toBe('grant-ended')
    if (paid.status === 201) await daughter.send(`/payments/${paid.body.payment.id}/closing`)
  }
})

test('visits are seen and booked under the grant, but not what one must come for in person', async () => {
  const { mother, daughter, grantId } = await family('visits', ['book'])
  const itemId = 'social-card'
  const [day = ''] = (await freeDays(base, itemId)).slice(-1)
  const slots = (await slotsOf(base, day, itemId)).filter(({ free }) => free > 1)
  const hold = async (citizen: TestCitizen, at: number) =>
    (await citizen.send<{ id: string }>('/holds', { slotId: slots[at]?.id, itemId })).body.id
  const visitor = { name: '王秀英', phone: '13900000002' }
  await mother.send('/appointments', { holdId: await hold(mother, 0), visitor })
  expect((await daughter.get<AppointmentPage>('/appointments')).body).toMatchObject({ items: [], family: 1 })
  const seen = (await daughter.get<AppointmentPage>(`/appointments?upcoming=true&grantId=${grantId}`)).body
  expect(seen.items.map(({ visitorName }) => visitorName)).toEqual(['王*英'])
  expect((await daughter.get<Citizen>('/citizen')).body.grants).toEqual([
    expect.objectContaining({ citizenId: mother.citizenId }),
  ])
  const inPerson = 'id-card-renewal'
  expect((await daughter.get<{ inPerson?: boolean }>(`/items/${inPerson}`)).body.inPerson).toBe(true)
  const [other = ''] = (await freeDays(base, inPerson)).slice(-1)
  const slot = (await slotsOf(base, other, inPerson)).find(({ free }) => free > 1)
  const held = await daughter.send<{ id: string }>('/holds', { slotId: slot?.id, itemId: inPerson })
  const refused = await daughter.send<Problem>('/appointments', {
    ...{ holdId: held.body.id, visitor: {}, forCitizenId: mother.citizenId },
  })
  expect([refused.problem?.code, refused.problem?.detail]).toEqual(['forbidden', expect.stringContaining('本人')])
})

test('who has no phone reads the code out at a counter, which ends it as well', async () => {
  const daughter = await verified('counter-daughter')
  const { body: asked } = await invite(daughter, 'actor', ['bills', 'pay'])
  const { grantId } = (await control('POST', '/counter', { code: asked.code })) as { grantId: string }
  expect(grantId).toBe(asked.id)
  const [grant] = await grantsOf(daughter)
  expect(grant).toMatchObject({ state: 'active', atCounter: true })
  expect((await actsOf(daughter, grantId))[0]).toMatchObject({ kind: 'begin', actor: '办事窗口' })
  const { items } = (await daughter.get<BillPage>(`/bills?due=true&grantId=${grantId}`)).body
  expect(new Set(items.map(({ accountId }) => accountId)).size).toBe(2)
  await control('POST', '/counter', { grantId })
  expect((await grantsOf(daughter))[0]).toMatchObject({ state: 'ended', endReason: 'counter' })
  // A counter gives for who stands there, and takes nothing for them.
  const { body: given } = await invite(daughter, 'giver')
  await expect(control('POST', '/counter', { code: given.code })).rejects.toThrow()
})

test('a city without it has none of this', async () => {
  const elsewhere = await signIn(`${sandbox.address}/230100`, 'elsewhere')
  expect((await elsewhere.get('/family/grants')).status).toBe(404)
  expect((await elsewhere.get<BillPage>('/bills')).body.family).toBeUndefined()
})
