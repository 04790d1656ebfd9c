import '../../support/match-media'
import { screen, waitFor } from '@testing-library/react'
import type { AccountRelation } from '@/domain/account'
import type { Bill } from '@/domain/bill'
import { asId, type BillerId, type CityId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import CheckoutPage from '@/pages/paying/checkout'
import { services } from '@/services'
import { stores } from '@/stores'
import { failures } from '@/text/parts/failures'
import { checkout as texts } from '@/text/paying/checkout'
import type { TestSandbox } from '../../support/sandbox'
import { button, city, hasButton, open, sees, stage, startCity, tap } from '../stage'
import { billsDue, createPayment, newDay, payments, settle, storedJournal, till } from './stage'

jest.setTimeout(60_000)

declare const CITY_ADDRESSES: Record<string, string>

const checkout = texts['zh-CN']
const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })
const total = (bills: readonly Bill[]) => bills.reduce((sum, { amountFen }) => sum + amountFen, 0)
const chengdu = asId<CityId>('510100')
const harbin = asId<CityId>('230100')
let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startCity()
  CITY_ADDRESSES[harbin] = sandbox.city(harbin)
}, 90_000)
beforeEach(() => newDay(sandbox), 30_000)
afterEach(() => jest.restoreAllMocks())
afterAll(() => sandbox?.close())

interface Known {
  billerId: string
  number: string
  bills: string
}

/** What is due on an account of any city that has bills of a kind in the sandbox's seed, newly bound. */
async function due(where: CityId, biller: string, plan: string, relation: AccountRelation = 'mine') {
  const { accounts } = (await sandbox.control('GET', '/accounts')) as { accounts: Known[] }
  const number = accounts.find((known) => known.billerId === biller && known.bills === plan)?.number ?? ''
  const match = await services.accounts.match(where, asId<BillerId>(biller), number)
  if (match.outcome !== 'matched') throw new Error(match.outcome)
  const account = await services.accounts.bind(
    where,
    { matchId: match.matchId, relation },
    services.newIdempotencyKey(),
  )
  const lookup = await services.bills.lookUp(where, account.id)
  if (lookup.outcome !== 'bill') throw new Error(lookup.outcome)
  return lookup.bills as [Bill, ...Bill[]]
}

const openBasket = (bills: string, where: CityId = city) => open(CheckoutPage, { city: where, bills })
const link = (bills: readonly Bill[]) => bills.map(({ id }) => id).join()
const check = () => tap(screen.findByRole('checkbox', { name: checkout.checked }, { timeout: 20_000 }))
const paymentsOf = async (where: CityId) => (await services.payments.list(where)).items

test('several bills of several billers are one payment, each with its line, for the sum of them', async () => {
  const electricity = await billsDue('severalDue')
  const water = await billsDue('water')
  const bills = [...electricity, ...water]
  openBasket(link(bills))
  await check()
  for (const bill of bills) expect(screen.queryAllByText(bill.title).length).toBeGreaterThan(0)
  await tap(button(checkout.pay(yuan(total(bills)))))
  await till.open()
  const [summary, ...others] = await payments()
  expect(others).toEqual([])
  expect(summary).toMatchObject({ amountFen: total(bills), billCount: bills.length })
  expect(storedJournal()).toMatchObject([
    { amountFen: total(bills), bills: bills.map(({ id, version }) => ({ billId: id, version })), cashier: 'none' },
  ])
})

test('a fee is shown with its reason before paying, and is in the total', async () => {
  stores.city.setState({ city: chengdu })
  const [fine] = await due(chengdu, 'cd-fine', 'one-due')
  const [water] = await due(chengdu, 'cd-water', 'overdue')
  openBasket(`${fine.id},${water.id}`, chengdu)
  await check()
  await sees(checkout.feeOf('成都市公安局交通管理局'))
  await sees(/代收银行按笔收取的手续费/)
  const sum = fine.amountFen + water.amountFen + 200
  await tap(button(checkout.pay(yuan(sum))))
  await till.open()
  const [created] = await paymentsOf(chengdu)
  expect(await services.payments.get(chengdu, asId(created?.id ?? ''))).toMatchObject({ amountFen: sum, feeFen: 200 })
})

test('more than a biller takes at a time is shown before, and not created', async () => {
  stores.city.setState({ city: chengdu })
  const bills = await due(chengdu, 'cd-electricity', 'several-due')
  expect(total(bills)).toBeGreaterThan(30_000)
  openBasket(link(bills), chengdu)
  await check()
  await sees(checkout.overLimit('国网成都供电公司', yuan(30_000)))
  await tap(button(checkout.pay(yuan(total(bills)))))
  expect(till.isOpen()).toBe(false)
  expect(await paymentsOf(chengdu)).toEqual([])
})

test('a part is paid as a part: what is left is shown, and the request states the amount', async () => {
  stores.city.setState({ city: harbin })
  const [bill] = await due(harbin, 'hrb-heating', 'one-due')
  expect(bill.partial).toBeDefined()
  openBasket(`${bill.id}:60000`, harbin)
  await check()
  await sees(yuan(bill.amountFen - 60_000))
  await tap(button(checkout.pay(yuan(60_000))))
  await till.open()
  expect(await paymentsOf(harbin)).toMatchObject([{ amountFen: 60_000 }])
  expect(storedJournal()).toMatchObject([{ bills: [{ billId: bill.id, amountFen: 60_000 }], amountFen: 60_000 }])
})

test('a top-up needs an amount that the meter takes', async () => {
  stores.city.setState({ city: chengdu })
  const [meter] = await due(chengdu, 'cd-gas', 'prepaid')
  expect(meter.status).toBe('top-up')
  for (const bills of [meter.id, `${meter.id}:1`, `${meter.id}:99999999`]) {
    const { unmount } = openBasket(bills, chengdu)
    await sees(checkout.noAmountTitle)
    expect(hasButton(/^支付/)).toBe(false)
    unmount()
  }
  openBasket(`${meter.id}:5000`, chengdu)
  await check()
  await tap(button(checkout.pay(yuan(5000))))
  await till.open()
  expect(await paymentsOf(chengdu)).toMatchObject([{ amountFen: 5000 }])
})

test('a part of a bill that takes none is counted in full, and that is shown', async () => {
  const [bill] = await billsDue('oneDue')
  openBasket(`${bill.id}:100`)
  await sees(checkout.wholeOnly)
  await button(checkout.pay(yuan(bill.amountFen)))
})

test('what cannot be paid is left out of the total and named; the rest is paid', async () => {
  const [settled, ...others] = await billsDue('severalDue')
  await settle(sandbox, await createPayment(settled))
  openBasket(link([settled, ...others]))
  await sees(checkout.leftOutTitle(1))
  await sees(checkout.leftOut.settled)
  await tap(button(checkout.pay(yuan(total(others)))))
  await till.open()
  const [newest] = await payments()
  expect(newest).toMatchObject({ amountFen: total(others), billCount: others.length })
})

test('a basket of which nothing can be paid offers no paying', async () => {
  const [one, other] = (await billsDue('severalDue')) as [Bill, Bill]
  await settle(sandbox, await createPayment(one, other))
  openBasket(link([one, other]))
  await sees(checkout.noneTitle)
  expect(hasButton(/^支付/)).toBe(false)
})

test('M7: in a basket each changed bill shows old and new amount, and nothing is charged before a yes', async () => {
  const bills = (await billsDue('severalDue')).slice(0, 2)
  openBasket(link(bills))
  await check()
  await sandbox.control('PUT', '/faults', { name: 'bill-changed', times: 1 })
  await tap(button(checkout.pay(yuan(total(bills)))))
  const question = await screen.findByRole('dialog', { name: checkout.changedTitle }, { timeout: 20_000 })
  const now = await Promise.all(bills.map(({ id }) => services.bills.get(city, id)))
  for (const [at, bill] of bills.entries())
    expect(question.textContent).toContain(`${yuan(bill.amountFen)} → ${yuan(now[at]?.amountFen ?? 0)}`)
  expect(question.textContent).toContain(yuan(total(now)))
  expect(await payments()).toEqual([])
  expect(till.isOpen()).toBe(false)
  await tap(button(checkout.payNew(yuan(total(now)))))
  await till.open()
  expect(await payments()).toMatchObject([{ amountFen: total(now), billCount: 2 }])
})

test('M8: the first payment of several accounts names each holder, and waits for the tick', async () => {
  const [electricity] = await billsDue('oneDue')
  const [water] = await billsDue('water')
  openBasket(link([electricity, water]))
  await sees(checkout.firstTitle)
  const accounts = (await services.accounts.list(city)).items
  for (const account of accounts)
    await sees(`${account.maskedNumber} · ${account.maskedHolder} · ${account.maskedAddress}`)
  await tap(button(checkout.pay(yuan(electricity.amountFen + water.amountFen))))
  expect(till.isOpen()).toBe(false)
  expect(await payments()).toEqual([])
})

test('M8: somebody else’s bill says so each time', async () => {
  const [paid, next] = (await billsDue('severalDue', 'someone-else')) as [Bill, Bill]
  await settle(sandbox, await createPayment(paid))
  openBasket(next.id)
  await sees(checkout.someoneElseTitle)
  expect(screen.queryByText(checkout.firstTitle)).toBeNull()
})

test('M8: a basket with a bill that somebody just paid is only paid after a warning', async () => {
  const bills = (await billsDue('severalDue')).slice(0, 2)
  await sandbox.control('POST', '/paid-elsewhere', { billId: bills[1]?.id })
  openBasket(link(bills))
  await check()
  await tap(button(checkout.pay(yuan(total(bills)))))
  await screen.findByRole('dialog', { name: checkout.recentManyTitle }, { timeout: 20_000 })
  expect(await payments()).toEqual([])
  await tap(button(checkout.payAnyway))
  await till.open()
  expect(storedJournal().filter((entry) => 'paymentId' in entry)).toMatchObject([{ acknowledgeRecent: true }])
})

test('N6: bills of another city than the chosen one are only paid after a question', async () => {
  const [bill] = await due(chengdu, 'cd-gas', 'one-due')
  openBasket(bill.id, chengdu)
  await check()
  await tap(button(checkout.pay(yuan(bill.amountFen))))
  const question = await screen.findByRole('dialog', { name: checkout.otherCityTitle('成都') }, { timeout: 20_000 })
  expect(question.textContent).toContain('杭州')
  expect(await paymentsOf(chengdu)).toEqual([])
  await tap(button(checkout.otherCityYes))
  await till.open()
  expect(await paymentsOf(chengdu)).toHaveLength(1)
})

test('N6: a bill of one city is not found under another', async () => {
  const [bill] = await billsDue('oneDue')
  openBasket(bill.id, chengdu)
  await sees(failures['zh-CN'].notFound.title)
  expect(hasButton(/^支付/)).toBe(false)
})

test('N8: a link that was tampered with leads home', async () => {
  const [bill] = await billsDue('oneDue')
  for (const bills of [`${bill.id}:0`, `${bill.id},${bill.id}`, '../b']) {
    const { unmount } = openBasket(bills)
    await sees(failures['zh-CN'].badLink.title)
    unmount()
  }
})

test('M1: another payment that takes one of these bills is shown, and its cashier is not opened unasked', async () => {
  const [one, other] = (await billsDue('severalDue')) as [Bill, Bill]
  openBasket(one.id)
  await check()
  const both = await createPayment(one, other)
  await tap(button(checkout.pay(yuan(one.amountFen))))
  await waitFor(() => expect(stage.opened('redirectTo')).toHaveLength(1), { timeout: 20_000 })
  expect(String(stage.opened('redirectTo')[0])).toContain(both.id)
  expect(till.isOpen()).toBe(false)
})

test('a bill that somebody else is paying at this moment says that nothing was charged', async () => {
  const [bill] = await billsDue('oneDue')
  openBasket(bill.id)
  await check()
  await sandbox.control('PUT', '/faults', { name: 'somebody-paying', times: 1 })
  await tap(button(checkout.pay(yuan(bill.amountFen))))
  await sees(checkout.refused)
  expect(till.isOpen()).toBe(false)
  expect(stores.journal.getState().intents.every(({ endedAt }) => endedAt !== undefined)).toBe(true)
})

test('the same in English', async () => {
  const [bill] = await billsDue('oneDue')
  open(CheckoutPage, { city, bill: bill.id }, 'en')
  await sees(texts.en.firstTitle)
  await button(texts.en.pay(yuan(bill.amountFen)))
})
