import type { Account } from '@/domain/account'
import type { Bill } from '@/domain/bill'
import { asId, type BillerId, type CityId } from '@/domain/ids'
import { billerOf } from '@/domain/manifest'
import { amountChoice, priceOf } from '@/domain/price'
import type { Services } from '@/services/create-services'
import { electricity } from '../support/citizen'
import { cityId, failureOf, hangzhou } from '../support/city'
import { createPhone } from '../support/phone'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startTestSandbox()
}, 100_000)
beforeEach(() => sandbox.control('POST', '/reset', { set: '2026-11-23T10:00:00+08:00' }))
afterAll(() => sandbox.close())

const chengdu = cityId('510100')
const harbin = cityId('230100')
const fault = (name: string, more: object = {}) => sandbox.control('PUT', '/faults', { name, ...more })

const clientOf = (who: string): Services =>
  createPhone({
    host: 'preview',
    addresses: Object.fromEntries([hangzhou, chengdu, harbin].map((city) => [city, sandbox.city(city)])),
    login: async () => ({ host: 'preview', code: `preview-${who}` }),
  }).services

async function accountOf(services: Services, city: CityId, biller: string, number: string): Promise<Account> {
  const match = await services.accounts.match(city, asId<BillerId>(biller), number)
  if (match.outcome !== 'matched') throw new Error(match.outcome)
  return services.accounts.bind(city, { matchId: match.matchId, relation: 'mine' }, services.newIdempotencyKey())
}

async function billOf(services: Services, city: CityId, biller: string, number: string): Promise<Bill> {
  const account = await accountOf(services, city, biller, number)
  const lookup = await services.bills.lookUp(city, account.id)
  const bill = lookup.outcome === 'bill' ? lookup.bills[0] : undefined
  if (!bill) throw new Error(lookup.outcome)
  return bill
}

test('the history of an account may be stale, says so, and is there without network', async () => {
  const services = clientOf('history')
  const account = await accountOf(services, hangzhou, 'hz-electricity', electricity.oneDue)
  const history = await services.bills.history(hangzhou, account.id)
  expect([history.months.length, history.unit]).toEqual([24, '千瓦时'])
  await fault('dropped-connection')
  expect((await failureOf(services.bills.history(hangzhou, account.id))).kind).toBe('offline')
  expect(services.bills.keptHistory(hangzhou, account.id)?.value.months).toEqual(history.months)
})

test('bills are found by kind and by words, and a cached list belongs to its filter', async () => {
  const services = clientOf('filters')
  await accountOf(services, hangzhou, 'hz-electricity', electricity.oneDue)
  await accountOf(services, hangzhou, 'hz-water', '860012345')
  const water = await services.bills.list(hangzhou, { kind: 'water' })
  expect(new Set(water.items.map(({ kind }) => kind))).toEqual(new Set(['water']))
  const power = await services.bills.list(hangzhou, { text: '供电 公司'.replace(' ', '') })
  expect(new Set(power.items.map(({ kind }) => kind))).toEqual(new Set(['electricity']))
  expect(services.bills.cachedList(hangzhou, { kind: 'water' })?.value.items).toHaveLength(water.items.length)
  expect(services.bills.cachedList(hangzhou, { kind: 'gas' })).toBeNull()
})

test('a reminder is granted and revoked for each account', async () => {
  const services = clientOf('reminder')
  const account = await accountOf(services, hangzhou, 'hz-electricity', electricity.oneDue)
  expect((await services.accounts.remind(hangzhou, account.id, ['tmpl-hz-bill-due'])).reminder?.given).toBe(true)
  expect((await services.accounts.remind(hangzhou, account.id, [])).reminder?.given).toBe(false)
})

test('a decision whose response was lost is confirmed by the same key, and the bill can be paid', async () => {
  const services = clientOf('decision')
  const fine = await billOf(services, hangzhou, 'hz-fine', '330106190012347')
  expect(amountChoice(fine)).toEqual({ kind: 'nothing' })
  await fault('lost-answer', { operationId: 'confirmDecision', times: 1 })
  const key = services.newIdempotencyKey()
  const confirmed = await services.bills.confirmDecision(hangzhou, fine.id, fine.version, key)
  expect(confirmed).toMatchObject({ status: 'due', decision: { confirmed: true } })
  expect(amountChoice(confirmed)).toEqual({ kind: 'whole', amountFen: 20_000 })
  expect(services.bills.cached(hangzhou, fine.id)?.value.decision?.confirmed).toBe(true)
  const again = services.bills.confirmDecision(hangzhou, fine.id, 99, services.newIdempotencyKey())
  expect((await again).version).toBe(confirmed.version)
})

test('a decision that changed after it was read is not confirmed', async () => {
  const services = clientOf('decision-changed')
  const fine = await billOf(services, hangzhou, 'hz-fine', '330106190012347')
  await sandbox.control('POST', '/bill', { billId: fine.id, amountFen: 10_000 })
  const confirming = services.bills.confirmDecision(hangzhou, fine.id, fine.version, services.newIdempotencyKey())
  expect(await failureOf(confirming)).toMatchObject({
    code: 'bill-changed',
    bills: [{ billId: fine.id, version: fine.version + 1, amountFen: 10_000 }],
  })
})

test('the total that the client computes is what the city charges: bills of two billers, a fee, a part', async () => {
  const services = clientOf('price')
  const fine = await billOf(services, chengdu, 'cd-fine', '510106190012345')
  const power = await billOf(services, chengdu, 'cd-electricity', '5101001001')
  const meter = await billOf(services, chengdu, 'cd-gas', 'CDRQ99001A')
  const chosen = [
    { bill: fine, amountFen: fine.amountFen },
    { bill: power, amountFen: power.amountFen },
    { bill: meter, amountFen: 5000 },
  ]
  const price = priceOf(chosen, (await services.manifest.get(chengdu)).billers)
  expect(price.feeFen).toBe(200)
  const order = {
    bills: chosen.map(({ bill, amountFen }) => ({ billId: bill.id, version: bill.version, amountFen })),
    totalFen: price.totalFen,
  }
  const { payment } = await services.payments.create(chengdu, order, services.newIdempotencyKey())
  expect(payment).toMatchObject({ amountFen: price.totalFen, feeFen: 200 })
  expect(payment.bills.map(({ amountFen }) => amountFen)).toEqual([fine.amountFen, power.amountFen, 5000])
})

test.each([
  ['too little', 49_999],
  ['too much', 369_789],
])('the city refuses with a text what the client does not offer: %s', async (_what, amountFen) => {
  const services = clientOf('refused')
  const bill = await billOf(services, harbin, 'hrb-heating', '230100000010')
  expect(['too-little', 'too-much']).toContain(amountChoice(bill, amountFen).kind)
  const order = { bills: [{ billId: bill.id, version: bill.version, amountFen }], totalFen: amountFen }
  const error = await failureOf(services.payments.create(harbin, order, services.newIdempotencyKey()))
  expect([error.code, error.detail]).toEqual(['bill-not-payable', '每次可缴 500.00 至 3697.88 元。'])
})

test('a limit that the client sees is the one that the city enforces', async () => {
  const services = clientOf('limit')
  const account = await accountOf(services, chengdu, 'cd-electricity', '5101001004')
  const lookup = await services.bills.lookUp(chengdu, account.id)
  const bills = lookup.outcome === 'bill' ? lookup.bills : []
  const manifest = await services.manifest.get(chengdu)
  expect(billerOf(manifest, account.billerId)?.paying?.maxFen).toBe(30_000)
  const price = priceOf(
    bills.map((bill) => ({ bill, amountFen: bill.amountFen })),
    manifest.billers,
  )
  expect(price.shares.map(({ isOverLimit }) => isOverLimit)).toEqual([true])
  const order = { bills: bills.map(({ id, version }) => ({ billId: id, version })), totalFen: price.totalFen }
  const error = await failureOf(services.payments.create(chengdu, order, services.newIdempotencyKey()))
  expect(error.code).toBe('bill-not-payable')
})

test('M4: a payment is found by its key, and an unused key finds nothing', async () => {
  const services = clientOf('by-key')
  const bill = await billOf(services, hangzhou, 'hz-electricity', electricity.oneDue)
  const key = services.newIdempotencyKey()
  expect(await failureOf(services.payments.find(hangzhou, key))).toMatchObject({ code: 'not-found' })
  const order = { bills: [{ billId: bill.id, version: bill.version }], totalFen: bill.amountFen }
  const { payment } = await services.payments.create(hangzhou, order, key)
  await sandbox.control('POST', '/pay', { paymentId: payment.id })
  const found = await services.payments.find(hangzhou, key)
  expect(found).toMatchObject({ id: payment.id, state: 'paid', consistency: 'strong' })
})
