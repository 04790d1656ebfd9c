import pg from 'pg'
import type { Payment } from '../../contract/wire/types.gen'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { testDatabase } from '../support/sandbox'
import { alipayLetter, type Letter, type News, strangersKey, wechatLetter } from '../support/vendor-letters'

let sandbox: Sandbox
let rows: pg.Client
let release: () => Promise<void>
beforeAll(async () => {
  const { databaseUrl, schema, release: end } = await testDatabase()
  release = end
  const startAt = new Date('2026-11-23T10:00:00+08:00')
  const vendors = 'protocol'
  sandbox = await startSandbox({ port: 0, databaseUrl, schema, startAt, vendors, quiet: true, sweepMs: null })
  rows = new pg.Client({ connectionString: databaseUrl, options: `-c search_path=${schema}` })
  await rows.connect()
}, 100_000)
afterAll(async () => {
  await rows.end()
  await sandbox.close()
  await release()
})
afterEach(() => sandbox.world.faults.clear())

const letterOf = { wechat: wechatLetter, alipay: alipayLetter } as const
type Vendor = keyof typeof letterOf
const vendors = ['wechat', 'alipay'] as const

let citizens = 0
/** A payment whose money the vendor has, which no letter has told the city yet. */
async function paid(vendor: Vendor): Promise<{ citizen: TestCitizen; payment: Payment }> {
  const begun = await start(vendor)
  sandbox.world.faults.set({ name: 'notification-lost' }, true)
  await sandbox.world.vendors.pay(begun.payment.reference)
  await sandbox.world.vendors.sweep()
  sandbox.world.faults.clear()
  return begun
}

async function start(vendor: Vendor): Promise<{ citizen: TestCitizen; payment: Payment }> {
  citizens += 1
  const citizen = await signIn(`${sandbox.address}/330100`, `notified-${citizens}`)
  const [bill] = await citizen.billsOf('hz-electricity', electricity.oneDue)
  if (!bill) throw new Error('no bill')
  await rows.query(`update payment_bills set live = false`)
  const { body } = await citizen.pay([bill], { cashier: vendor, acknowledgeRecent: true })
  return { citizen, payment: body.payment }
}

async function post(vendor: string, { headers, body }: Letter, city = '330100') {
  const response = await fetch(`${sandbox.address}/${city}/notifications/${vendor}`, { method: 'POST', headers, body })
  return { status: response.status, text: await response.text() }
}

const stateOf = async ({ id }: Payment): Promise<string> =>
  (await rows.query('select state from payments where id = $1', [id])).rows[0].state
const news = ({ reference, amountFen }: Payment): News => ({ reference, amountFen })
const accepted = { wechat: { status: 200, text: '{"code":"SUCCESS"}' }, alipay: { status: 200, text: 'success' } }

test.each(vendors)(
  'M15: what %s says in its own bytes is taken once it has been asked, and money moves',
  async (vendor) => {
    const { payment } = await paid(vendor)
    expect(await stateOf(payment)).toBe('created')
    expect(await post(vendor, letterOf[vendor](sandbox, news(payment)))).toEqual(accepted[vendor])
    expect(await stateOf(payment)).toBe('paid')
  },
)

test.each(vendors)('M15: one that %s repeats is answered as taken, and moves nothing again', async (vendor) => {
  const { payment } = await paid(vendor)
  const letter = letterOf[vendor](sandbox, news(payment))
  await post(vendor, letter)
  const { rows: before } = await rows.query('select version from payments where id = $1', [payment.id])
  expect(await post(vendor, letter)).toEqual(accepted[vendor])
  expect((await rows.query('select version from payments where id = $1', [payment.id])).rows).toEqual(before)
  expect((await rows.query('select 1 from ledger where payment_id = $1', [payment.id])).rows).toHaveLength(1)
})

test.each(
  vendors.flatMap((vendor) =>
    (
      [
        ['another amount', { amountFen: 1 }],
        ['another currency', { currency: 'USD' }],
        ['another merchant', { merchant: '1900000002' }],
        ['another app', { app: 'wx0another0program' }],
        ['an order that nobody knows', { reference: 'HZ202611239999999999' }],
        ['a time long ago', { age: 301 }],
        ['a time to come', { age: -301 }],
        ['a key that is not the vendor’s', { key: 'stranger' }],
        ['a time that is none', { time: 'yesterday' }],
      ] as const
    ).map(([what, wrong]) => [vendor, what, wrong] as const),
  ),
)('M15: signed by %s with %s it is refused, and comes again', async (vendor, _, wrong) => {
  const { payment } = await paid(vendor)
  const { key, ...rest } = { key: undefined, ...wrong }
  const letter = letterOf[vendor](sandbox, { ...news(payment), ...rest, ...(key && { key: strangersKey() }) })
  const answer = await post(vendor, letter)
  expect(answer.status).toBe(400)
  expect(answer.text).toBe(vendor === 'alipay' ? 'failure' : '{"code":"FAIL","message":"未受理"}')
  expect(await stateOf(payment)).toBe('created')
  // The right one, which comes later, is taken.
  expect((await post(vendor, letterOf[vendor](sandbox, news(payment)))).status).toBe(200)
  expect(await stateOf(payment)).toBe('paid')
})

test.each(vendors)(
  'M15: what %s says of an order of another city, or at another vendor’s address, is refused',
  async (vendor) => {
    const { payment } = await paid(vendor)
    const letter = letterOf[vendor](sandbox, news(payment))
    expect((await post(vendor, letter, '510100')).status).toBe(400)
    expect((await post(vendor === 'wechat' ? 'alipay' : 'wechat', letter)).status).toBe(400)
    expect((await post('nobody', letter)).status).toBe(404)
    expect(await stateOf(payment)).toBe('created')
  },
)

test('M15: WeChat’s signature by a key of an unknown number is refused', async () => {
  const { payment } = await paid('wechat')
  expect((await post('wechat', wechatLetter(sandbox, { ...news(payment), serial: 'PUB_KEY_ID_OTHER' }))).status).toBe(
    400,
  )
  expect(await stateOf(payment)).toBe('created')
})

test.each(vendors)('M15: what %s has not taken is not believed, however well it is signed', async (vendor) => {
  const { payment } = await start(vendor)
  expect((await post(vendor, letterOf[vendor](sandbox, news(payment)))).status).toBe(409)
  expect(await stateOf(payment)).toBe('created')
})

test.each(vendors)('M15: plain JSON, nothing and too much are refused at the address of %s', async (vendor) => {
  const { payment } = await paid(vendor)
  const json = { id: 'n-1', reference: payment.reference, state: 'SUCCESS', paidAt: 'yesterday' }
  const headers = { 'Content-Type': 'application/json' }
  expect((await post(vendor, { headers, body: JSON.stringify(json) })).status).toBe(400)
  expect((await post(vendor, { headers, body: '' })).status).toBe(400)
  expect((await post(vendor, { headers: { 'Content-Type': 'text/xml' }, body: '<xml/>' })).status).toBe(400)
  expect((await post(vendor, { headers, body: 'x'.repeat(70_000) })).status).toBe(413)
  expect(await stateOf(payment)).toBe('created')
})

test.each(vendors)(
  'M15: while %s cannot be asked its letter is not taken, and comes again',
  async (vendor) => {
    const { payment } = await paid(vendor)
    const letter = letterOf[vendor](sandbox, news(payment))
    await rows.query('begin')
    await rows.query('lock table vendor_orders in access exclusive mode')
    const waiting = post(vendor, letter)
    const answer = await waiting
    await rows.query('rollback')
    expect(answer.status).toBe(503)
    expect(await stateOf(payment)).toBe('created')
    expect(await post(vendor, letter)).toEqual(accepted[vendor])
  },
  30_000,
)
