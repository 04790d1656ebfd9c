import { standingOf } from '../../city/citizens/consents'
import type { ConsentList, Hold, Problem, SlotDays, SlotList } from '../../contract/wire/types.gen'
import { ask, newKey, startBooking } from '../support/booking'
import { signIn } from '../support/citizen'

/** A city that demands a document, and texts of its consents. */
let chengdu: string
let harbin: string
let sandbox: Awaited<ReturnType<typeof startBooking>>['sandbox']
let close: () => Promise<void>
beforeAll(async () => {
  ;({ sandbox, close } = await startBooking(new Date('2026-11-23T10:00:00+08:00')))
  chengdu = `${sandbox.address}/510100`
  harbin = `${sandbox.address}/230100`
}, 60_000)
afterAll(() => close())

const hall = '9007199254741101'
const itemId = 'newborn-registration'
const person = { name: '陈嘉欣', phone: '13800000001' }
/** Each with a document of their own. */
const numbers = new Map<string, string>()
const visitorOf = (who: string) => {
  const documentNumber = numbers.get(who) ?? `H${12345678 + numbers.size}`
  numbers.set(who, documentNumber)
  return { ...person, documentKind: 'hk-macao-permit', documentNumber }
}

/** A citizen of Chengdu with a held place. `canAsk`: their app asks for what the city says is missing. */
async function holder(who: string) {
  const citizen = await signIn(chengdu, who)
  const at = `hallId=${hall}&itemId=${itemId}`
  const { days } = (await citizen.get<SlotDays>(`/slot-days?${at}`)).body
  const day = days.find(({ status }) => status === 'free')?.day
  const { slots } = (await citizen.get<SlotList>(`/slots?${at}&day=${day}`)).body
  const slotId = slots.find(({ free }) => free > 0)?.id
  const hold = await citizen.send<Hold>('/holds', { slotId, itemId })
  const confirm = async (canAsk = true, key = newKey()) => {
    const response = await fetch(`${chengdu}/appointments`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${citizen.token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
        ...(canAsk && { 'Can-Ask': 'consents' }),
      },
      body: JSON.stringify({ holdId: hold.body.id, visitor: visitorOf(who) }),
    })
    return { status: response.status, body: (await response.json()) as Problem & { id: string } }
  }
  const set = (body: object, consent = 'document-number') =>
    citizen.send<Problem>(`/citizen/consents/${consent}`, body, newKey(), 'PUT')
  const list = async (language?: string) => (await citizen.get<ConsentList>('/citizen/consents', language)).body.items
  return { ...citizen, confirm, set, list }
}

test('a sensitive number is not taken before the citizen has agreed to its own text; then the same call is', async () => {
  const citizen = await holder('asked')
  const key = newKey()
  const refused = await citizen.confirm(true, key)
  expect([refused.status, refused.body.code, refused.body.consentStands]).toEqual([403, 'consent-needed', 'not-given'])
  expect(refused.body.consent).toMatchObject({ consent: 'document-number', version: 2, sensitive: true })
  expect(refused.body.detail).toContain('028-12345')
  expect((await citizen.set({ given: true, version: 2 })).status).toBe(204)
  expect((await citizen.confirm(true, key)).status).toBe(201)
  const [given] = await citizen.list('en')
  expect(given).toMatchObject({
    consent: 'document-number',
    given: true,
    agreed: { version: 2 },
    current: { version: 2 },
  })
  expect(given?.title).toBe('Using your document number')
})

test('what is withdrawn is demanded of the next call, of every app, and what visits that are over kept of it goes', async () => {
  const citizen = await holder('withdrawing')
  await citizen.set({ given: true, version: 2 })
  const { id } = (await citizen.confirm()).body
  const stored = () =>
    sandbox.world.database.db
      .selectFrom('appointments')
      .select(['visitor', 'document_key'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  await citizen.set({ given: false })
  expect((await stored()).visitor).toHaveProperty('documentNumber')
  await citizen.send(`/appointments/${id}/cancellation`)
  await citizen.set({ given: false })
  expect(await stored()).toEqual({ visitor: person, document_key: null })
  const next = await holder('withdrawing')
  for (const canAsk of [true, false]) {
    const refused = await next.confirm(canAsk)
    expect([refused.body.code, refused.body.consentStands]).toEqual(['consent-needed', 'withdrawn'])
  }
  expect((await next.list())[0]).toMatchObject({ given: false, agreed: { version: 2 } })
})

test('an app that cannot ask goes on as it did; one that agrees to an old text is told the new one', async () => {
  const citizen = await holder('old-app')
  expect((await citizen.confirm(false)).status).toBe(201)
  expect(await citizen.list()).toMatchObject([{ consent: 'real-name' }])
  const refused = await citizen.set({ given: true, version: 1 })
  expect(refused.problem).toMatchObject({ status: 409, code: 'consent-text-changed', consent: { version: 2 } })
  expect(await citizen.list()).toHaveLength(1)
})

test('a new version of a text asks again; one that was given without a text stands on none', () => {
  const text = { version: 2 }
  expect(standingOf(undefined, text)).toBe('not-given')
  expect(standingOf({ given: true, version: null }, text)).toBe('not-given')
  expect(standingOf({ given: true, version: 1 }, text)).toBe('new-text')
  expect(standingOf({ given: true, version: 2 }, text)).toBe('given')
  expect(standingOf({ given: false, version: 2 }, text)).toBe('withdrawn')
})

test('a new version asks again over HTTP, and the citizen may read what they agreed to', async () => {
  const citizen = await holder('renewed')
  await citizen.set({ given: true, version: 2 })
  const { db } = sandbox.world.database
  const city = () => db.selectFrom('cities').select('consents').where('id', '=', '510100').executeTakeFirstOrThrow()
  const { consents } = await city()
  const newest = consents?.find(({ consent, version }) => consent === 'document-number' && version === 2)
  if (!consents || !newest) throw new Error('no text')
  const write = (texts: typeof consents) =>
    db
      .updateTable('cities')
      .set({ consents: JSON.stringify(texts) })
      .where('id', '=', '510100')
      .execute()
  await write([...consents, { ...newest, version: 3, text: { zh: '新的内容', en: 'New' } }])
  await sandbox.world.catalogue.refresh()
  const refused = await citizen.confirm()
  expect([refused.body.consentStands, refused.body.consent?.text]).toEqual(['new-text', '新的内容'])
  const [record] = await citizen.list()
  expect(record).toMatchObject({ given: true, agreed: { version: 2, text: newest.text.zh }, current: { version: 3 } })
  await write(consents)
  await sandbox.world.catalogue.refresh()
})

test('a reminder is asked for again after messages were withdrawn; a city without texts has no list', async () => {
  const citizen = await signIn(`${sandbox.address}/330100`, 'reminded')
  const account = await citizen.bind('hz-electricity', '3301001234565')
  const remind = () =>
    citizen.send<Problem>(
      ...([
        `/accounts/${account.id}/reminder`,
        { given: true, templates: ['tmpl-hz-bill-due'] },
        newKey(),
        'PUT',
      ] as const),
    )
  expect((await remind()).status).toBe(200)
  await citizen.send('/citizen/consents/messages', { given: false }, newKey(), 'PUT')
  expect((await remind()).problem).toMatchObject({ code: 'consent-needed', consentStands: 'withdrawn' })
  await citizen.send('/citizen/consents/messages', { given: true, version: 1 }, newKey(), 'PUT')
  expect((await remind()).status).toBe(200)
  const elsewhere = await signIn(harbin, 'elsewhere')
  expect((await elsewhere.get('/citizen/consents')).status).toBe(404)
  expect((await elsewhere.get('/citizen/data-uses')).status).toBe(404)
  expect((await ask(chengdu, { path: '/citizen/consents' })).status).toBe(401)
})
