import type { Account } from '@/domain/account'
import type { Bill } from '@/domain/bill'
import { asId, type BillerId } from '@/domain/ids'
import type { Intent } from '@/domain/journal'
import { instantOf } from '@/domain/time'
import type { Services } from '@/services'
import { createReconciler } from '@/stores/create-reconciler'
import { createJournal } from '@/stores/journal'
import { cityId, hangzhou } from '../support/city'
import { createPhone, memoryStorage } from '../support/phone'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

jest.setTimeout(60_000)

let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startTestSandbox({ startAt: '2026-11-23T10:05:00+08:00' })
}, 90_000)
beforeEach(() => sandbox.control('POST', '/reset'), 30_000)
afterAll(() => sandbox?.close())

/** A phone whose citizen owes one bill. */
async function debtor() {
  const { services } = createPhone({
    host: 'preview',
    addresses: { [hangzhou]: sandbox.city(hangzhou) },
    login: async () => ({ host: 'preview', code: 'preview-debtor' }),
  })
  const account = await bind(services)
  const lookup = await services.bills.lookUp(hangzhou, account.id)
  const [bill] = lookup.outcome === 'bill' ? lookup.bills : []
  if (!bill) throw new Error(lookup.outcome)
  const storage = memoryStorage()
  const journal = createJournal(storage, () => {})
  const intent: Intent = {
    key: services.newIdempotencyKey(),
    cityId: hangzhou,
    bills: [{ billId: bill.id, version: bill.version }],
    amountFen: bill.amountFen,
    createdAt: instantOf(services.serverNow(hangzhou)),
  }
  return { services, bill, storage, journal, intent, ...createReconciler(journal, services) }
}

async function bind(services: Services): Promise<Account> {
  const match = await services.accounts.match(hangzhou, asId<BillerId>('hz-electricity'), '3301001234565')
  if (match.outcome !== 'matched') throw new Error(match.outcome)
  return services.accounts.bind(hangzhou, { matchId: match.matchId, relation: 'mine' }, services.newIdempotencyKey())
}

const orderOf = (bill: Bill) => ({ bills: [{ billId: bill.id, version: bill.version }], totalFen: bill.amountFen })

test('M4: after a kill in the cashier the next launch learns that the money left, and then that it arrived', async () => {
  const { services, bill, storage, journal, intent } = await debtor()
  const { payment } = await services.payments.create(hangzhou, orderOf(bill), intent.key)
  journal.getState().write({ ...intent, paymentId: payment.id, cashier: 'none' })
  await sandbox.control('PUT', '/faults', { name: 'paid-not-credited' })
  await sandbox.control('POST', '/pay', { paymentId: payment.id })

  const launched = createJournal(storage, () => {})
  const { reconcile, hasRead } = createReconciler(launched, services)
  expect(hasRead(intent.key)).toBe(false)
  await reconcile()
  expect(hasRead(intent.key)).toBe(true)
  expect(launched.getState().intents).toMatchObject([{ state: 'paid' }])
  expect(launched.getState().intents[0]?.endedAt).toBeUndefined()

  await sandbox.control('DELETE', '/faults')
  await sandbox.control('POST', '/credit', { paymentId: payment.id })
  await reconcile()
  expect(launched.getState().intents).toMatchObject([{ state: 'credited', endedAt: expect.any(String) }])
})

test('M1: a request whose response was lost is found by its key, and not sent again', async () => {
  const { services, bill, journal, intent, reconcile } = await debtor()
  const { payment } = await services.payments.create(hangzhou, orderOf(bill), intent.key)
  journal.getState().write(intent)
  await reconcile()
  expect(journal.getState().intents).toMatchObject([{ paymentId: payment.id, state: 'created' }])
  expect((await services.payments.list(hangzhou)).items).toHaveLength(1)
})

test('M1: a request that got somebody’s own live payment is found by its key as that payment', async () => {
  const { services, bill, journal, intent, reconcile } = await debtor()
  const first = await services.payments.create(hangzhou, orderOf(bill), services.newIdempotencyKey())
  const { payment } = await services.payments.create(hangzhou, orderOf(bill), intent.key)
  expect(payment.id).toBe(first.payment.id)
  journal.getState().write(intent)
  await reconcile()
  expect(journal.getState().intents).toMatchObject([{ paymentId: payment.id }])
})

test('an intent that never arrived ends once it cannot arrive any more, and there is no payment', async () => {
  const { services, journal, intent, reconcile } = await debtor()
  journal.getState().write(intent)
  await reconcile()
  expect(journal.getState().intents[0]?.endedAt).toBeUndefined()
  await sandbox.control('POST', '/clock', { advanceSeconds: 180 })
  // Any response sets the phone's clock of the city.
  await services.manifest.get(hangzhou)
  await reconcile()
  expect(journal.getState().intents[0]?.endedAt).toBeDefined()
  expect((await services.payments.list(hangzhou)).items).toEqual([])
})

test('M2: a lost intent whose city does not respond stays open, however old it is', async () => {
  const { services, journal, intent, reconcile } = await debtor()
  journal.getState().write(intent)
  await sandbox.control('POST', '/clock', { advanceSeconds: 180 })
  await services.manifest.get(hangzhou)
  await sandbox.control('PUT', '/faults', { name: 'error-500' })
  await reconcile()
  expect(journal.getState().intents[0]?.endedAt).toBeUndefined()
})

test('a request that reaches the city after it was looked for is found the next time', async () => {
  const { services, bill, journal, intent, reconcileOne } = await debtor()
  journal.getState().write(intent)
  await reconcileOne(intent.key)
  const { payment } = await services.payments.create(hangzhou, orderOf(bill), intent.key)
  await reconcileOne(intent.key)
  expect(journal.getState().intents).toMatchObject([{ paymentId: payment.id }])
})

test('one intent of many can be reconciled alone', async () => {
  const { journal, intent, services, reconcileOne } = await debtor()
  journal.getState().write(intent)
  journal.getState().write({ ...intent, key: services.newIdempotencyKey() })
  const finds = jest.spyOn(services.payments, 'find')
  await reconcileOne(intent.key)
  expect(finds.mock.calls).toEqual([[hangzhou, intent.key]])
})

test('one city’s intents do not wait for another city that does not respond', async () => {
  const { services, bill, journal, intent, reconcile } = await debtor()
  const { payment } = await services.payments.create(hangzhou, orderOf(bill), intent.key)
  const far = {
    ...intent,
    key: services.newIdempotencyKey(),
    cityId: cityId('999999'),
    createdAt: '2020-01-01T00:00:00Z',
  }
  journal.getState().write(far)
  journal.getState().write(intent)
  await reconcile()
  expect(journal.getState().intents.map(({ paymentId, endedAt }) => [paymentId, endedAt])).toEqual([
    [undefined, undefined],
    [payment.id, undefined],
  ])
})

test('ended intents go when they are old, also while nothing is open', async () => {
  const { journal, intent, reconcile } = await debtor()
  journal.getState().write({ ...intent, endedAt: '2026-10-01T10:00:00+08:00' })
  await reconcile()
  expect(journal.getState().intents).toEqual([])
})

test('M2: what gets no response stays open', async () => {
  const { services, bill, journal, intent, reconcile, hasRead } = await debtor()
  const { payment } = await services.payments.create(hangzhou, orderOf(bill), intent.key)
  journal.getState().write({ ...intent, paymentId: payment.id, cashier: 'none' })
  await sandbox.control('PUT', '/faults', { name: 'error-500' })
  await reconcile()
  expect(hasRead(intent.key)).toBe(false)
  expect(journal.getState().intents).toEqual([{ ...intent, paymentId: payment.id, cashier: 'none' }])
})

test('with nothing open there is no request and no write', async () => {
  const { journal, storage, reconcile, services } = await debtor()
  await sandbox.control('PUT', '/faults', { name: 'error-500' })
  const reads = jest.spyOn(services.payments, 'get')
  await reconcile()
  expect(reads).not.toHaveBeenCalled()
  expect(journal.getState().intents).toEqual([])
  expect(storage.texts.size).toBe(0)
})

test('calls that meet share one run', async () => {
  const { services, bill, journal, intent, reconcile } = await debtor()
  const { payment } = await services.payments.create(hangzhou, orderOf(bill), intent.key)
  journal.getState().write({ ...intent, paymentId: payment.id, cashier: 'none' })
  const reads = jest.spyOn(services.payments, 'get')
  await Promise.all([reconcile(), reconcile(), reconcile()])
  expect(reads).toHaveBeenCalledTimes(1)
})
