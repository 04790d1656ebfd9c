import { sql } from 'kysely'
import { readContract } from '../../contract/check'
import { consentsOfOperation } from '../../contract/wire/levels.gen'
import type { ConsentKind, Hold, Problem, SlotDays, SlotList, VisitorList } from '../../contract/wire/types.gen'
import { newKey, startBooking } from '../support/booking'
import { signIn, type TestCitizen } from '../support/citizen'

/** A city that demands a document, and has a text for each consent. */
let chengdu: string
let hangzhou: string
let sandbox: Awaited<ReturnType<typeof startBooking>>['sandbox']
let close: () => Promise<void>
beforeAll(async () => {
  ;({ sandbox, close } = await startBooking(new Date('2026-11-23T10:00:00+08:00')))
  chengdu = `${sandbox.address}/510100`
  hangzhou = `${sandbox.address}/330100`
}, 60_000)
afterAll(() => close())

/** Members of requests that are personal, and the consent that an act with one must be able to demand. */
const demanded: Readonly<Record<string, readonly ConsentKind[]>> = {
  documentNumber: ['document-number'],
  saveVisitor: ['saved-visitors'],
  savedVisitorId: ['saved-visitors'],
  templates: ['messages'],
}
/** The same name for two purposes: a visit shows it to a hall, a verification to the host. */
const idNumber: Readonly<Record<string, readonly ConsentKind[]>> = {
  confirmHold: ['document-number'],
  beginVerification: ['identity'],
}
type Schema = {
  $ref?: string
  properties?: Record<string, Schema>
  items?: Schema
  oneOf?: Schema[]
  allOf?: Schema[]
  anyOf?: Schema[]
}

test('every act with a personal member in its request says which consent it may demand', () => {
  const contract = readContract() as unknown as {
    paths: Record<
      string,
      Record<string, { operationId?: string; requestBody?: { content: Record<string, { schema: Schema }> } }>
    >
    components: { schemas: Record<string, Schema> }
  }
  const membersOf = (schema: Schema | undefined, seen = new Set<string>()): string[] => {
    if (!schema) return []
    if (schema.$ref) {
      const name = schema.$ref.split('/').pop() ?? ''
      if (seen.has(name)) return []
      return membersOf(contract.components.schemas[name], new Set([...seen, name]))
    }
    const inside = [...(schema.oneOf ?? []), ...(schema.allOf ?? []), ...(schema.anyOf ?? [])]
    return [
      ...Object.entries(schema.properties ?? {}).flatMap(([name, member]) => [name, ...membersOf(member, seen)]),
      ...membersOf(schema.items, seen),
      ...inside.flatMap((part) => membersOf(part, seen)),
    ]
  }
  const acts = Object.values(contract.paths).flatMap((methods) =>
    Object.values(methods).filter(({ operationId }) => operationId !== undefined),
  )
  let found = 0
  for (const { operationId = '', requestBody } of acts) {
    const members = new Set(membersOf(requestBody?.content['application/json']?.schema))
    const listed: readonly ConsentKind[] = consentsOfOperation[operationId as keyof typeof consentsOfOperation] ?? []
    for (const member of members) {
      const needed =
        member === 'idNumber' ? (idNumber[operationId] ?? ['nobody thought of it']) : (demanded[member] ?? [])
      if (needed.length > 0) found += 1
      expect([operationId, member, listed]).toEqual([operationId, member, expect.arrayContaining([...needed])])
    }
  }
  expect(found).toBeGreaterThan(4)
})

const mother = { name: '王秀英', phone: '13900000002', documentKind: 'id-card', documentNumber: '11010519491231002X' }
const person = { name: '李小明', idNumber: '11010519491231002X' }
const itemId = 'newborn-registration'
const hallId = '9007199254741101'
let taken = 0

/** A time held in Chengdu, each another one. */
async function held(citizen: TestCitizen): Promise<string> {
  const at = `hallId=${hallId}&itemId=${itemId}`
  const { days } = (await citizen.get<SlotDays>(`/slot-days?${at}`)).body
  const day = days.filter(({ status }) => status === 'free')[taken % 5]?.day
  taken += 1
  const { slots } = (await citizen.get<SlotList>(`/slots?${at}&day=${day}`)).body
  const slotId = slots.filter(({ free }) => free > 0)[Math.floor(taken / 5)]?.id
  return (await citizen.send<Hold>('/holds', { slotId, itemId })).body.id
}
/** As an app does that can ask. */
async function send(citizen: TestCitizen, path: string, body: object, method = 'POST') {
  const response = await fetch(`${citizen.base}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${citizen.token}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': newKey(),
      'Can-Ask': 'consents',
    },
    body: JSON.stringify(body),
  })
  return { status: response.status, problem: (await response.json()) as Problem }
}
const set = (citizen: TestCitizen, consent: string, given: boolean) =>
  citizen.send(
    `/citizen/consents/${consent}`,
    given ? { given, version: versions[consent] ?? 1 } : { given },
    newKey(),
    'PUT',
  )
const versions: Readonly<Record<string, number>> = { 'document-number': 2 }
const confirm = async (citizen: TestCitizen, more: object = {}) =>
  send(citizen, '/appointments', { holdId: await held(citizen), visitor: mother, ...more })

type Acts = typeof consentsOfOperation
/** How each act is done with what it needs that consent for: a row that the contract gets must get one here. */
const acts: {
  [Act in keyof Acts]: Record<Acts[Act][number], (citizen: TestCitizen) => Promise<{ problem: Problem }>>
} = {
  confirmHold: {
    'document-number': confirm,
    'saved-visitors': (citizen) => confirm(citizen, { saveVisitor: true }),
  },
  beginVerification: {
    identity: (citizen) => send(citizen, '/verifications', { level: 'real-name', ...person }),
    face: (citizen) => send(citizen, '/verifications', { level: 'face', ...person }),
  },
  setReminder: {
    async messages(citizen) {
      const account = await citizen.bind('hz-electricity', '3301001234565')
      return send(citizen, `/accounts/${account.id}/reminder`, { given: true, templates: ['tmpl-hz-bill-due'] }, 'PUT')
    },
  },
}
const rows = Object.entries(acts).flatMap(([act, consents]) =>
  Object.entries(consents).map(([consent, perform]) => [act, consent, perform] as const),
)

test.each(rows)(
  'N20: %s without %s is refused with its text; agreed to, it is done; withdrawn, it is refused again',
  async (act, consent, perform) => {
    const citizen = await signIn(act === 'setReminder' ? hangzhou : chengdu, `${act}-${consent}`)
    for (const [own, others] of Object.entries(acts))
      if (own === act) for (const other of Object.keys(others)) if (other !== consent) await set(citizen, other, true)
    await set(citizen, consent, false)
    const refused = await perform(citizen)
    expect(refused.problem).toMatchObject({ code: 'consent-needed', consentStands: 'withdrawn', consent: { consent } })
    await set(citizen, consent, true)
    expect((await perform(citizen)).problem).not.toHaveProperty('code')
    await set(citizen, consent, false)
    expect((await perform(citizen)).problem).toMatchObject({ code: 'consent-needed' })
  },
)

const visitorsOf = async (citizen: TestCitizen) => (await citizen.get<VisitorList>('/visitors')).body.items

test('N20: who is kept for the next visit goes with the consent, and their document with that of documents', async () => {
  const citizen = await signIn(chengdu, 'keeper')
  for (const consent of ['document-number', 'saved-visitors']) await set(citizen, consent, true)
  expect((await confirm(citizen, { saveVisitor: true })).status).toBe(201)
  expect(await visitorsOf(citizen)).toMatchObject([{ maskedName: '王*英', documentKind: 'id-card' }])
  await set(citizen, 'document-number', false)
  const [kept] = await visitorsOf(citizen)
  expect(kept).toMatchObject({ maskedName: '王*英' })
  expect(kept).not.toHaveProperty('maskedDocument')
  await set(citizen, 'saved-visitors', false)
  expect(await visitorsOf(citizen)).toEqual([])
})

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** `act` stands still where it writes to `table`; meanwhile the consent is withdrawn. */
async function withdrawnMeanwhile(table: string, act: () => Promise<unknown>, withdraw: () => Promise<unknown>) {
  const both = await sandbox.world.database.db.transaction().execute(async (trx) => {
    await sql`lock table ${sql.table(table)} in share mode`.execute(trx)
    const acting = act()
    await pause(500)
    const withdrawing = withdraw()
    await pause(500)
    return [acting, withdrawing]
  })
  await Promise.all(both)
}

test('N20: a withdrawal that meets a confirmation in its middle leaves nobody kept', async () => {
  const citizen = await signIn(chengdu, 'raced')
  for (const consent of ['document-number', 'saved-visitors']) await set(citizen, consent, true)
  const visitor = { ...mother, documentKind: 'hk-macao-permit', documentNumber: 'H76543210' }
  const holdId = await held(citizen)
  await withdrawnMeanwhile(
    'data_uses',
    () => send(citizen, '/appointments', { holdId, visitor, saveVisitor: true }),
    () => set(citizen, 'saved-visitors', false),
  )
  expect(await visitorsOf(citizen)).toEqual([])
})

test('N20: a withdrawal that meets a verification in its middle leaves none open', async () => {
  const citizen = await signIn(chengdu, 'raced-verification')
  await set(citizen, 'identity', true)
  await withdrawnMeanwhile(
    'verifications',
    () => send(citizen, '/verifications', { level: 'real-name', ...person }),
    () => set(citizen, 'identity', false),
  )
  const { db } = sandbox.world.database
  expect(
    await db.selectFrom('verifications').select('id').where('citizen_id', '=', citizen.citizenId).execute(),
  ).toEqual([])
})
