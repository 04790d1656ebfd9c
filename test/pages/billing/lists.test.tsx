import '../../support/match-media'
import { act, screen, waitFor, within } from '@testing-library/react'
import { payableFen } from '@/domain/bill'
import { formatFen } from '@/domain/money'
import ChooseBillsPage from '@/pages/billing/choose'
import BillListPage from '@/pages/billing/list'
import BillsPage from '@/pages/bills'
import { services } from '@/services'
import { stores } from '@/stores'
import { bill as billText } from '@/text/billing/bill'
import { choose as chooseText } from '@/text/billing/choose'
import { list as listText } from '@/text/billing/list'
import { bills } from '@/text/bills'
import { terms } from '@/text/terms'
import type { TestSandbox } from '../../support/sandbox'
import { billsDue, bindAccount, createPayment, newDay } from '../paying/stage'
import { button, comeBack, listening, open, sees, stage, startCity, tap } from '../stage'
import { bindSpecial, chengdu, hangzhou, newElsewhere, openBills } from './stage'

jest.setTimeout(60_000)

declare const CITY_ADDRESSES: Record<string, string>

const choose = chooseText['zh-CN']
const list = listText['zh-CN']
const tab = bills['zh-CN']
const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })
let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startCity()
}, 90_000)
beforeEach(async () => {
  await newDay(sandbox)
  await newElsewhere(sandbox.city)
  stores.city.setState({ city: hangzhou, recents: [] })
}, 30_000)
afterAll(() => sandbox?.close())

const fault = (name: string, operationId?: string) => sandbox.control('PUT', '/faults', { name, operationId })
const cells = () => [...document.querySelectorAll<HTMLElement>('.cell')]
/** Those that are there, not those that are being loaded. */
const rows = () => cells().filter((cell) => cell.getAttribute('role') === 'button')
const text = () => document.body.textContent ?? ''
const openTab = () => open(BillsPage, {})
const openChoose = (city = hangzhou) => open(ChooseBillsPage, { city })
const openList = (language?: 'en') => open(BillListPage, { city: hangzhou }, language)
const box = (name: RegExp) => screen.findByRole('checkbox', { name }, { timeout: 20_000 })

test('homes of other cities stand below those of this one, each city with its own sum', async () => {
  await bindAccount('oneDue')
  const there = await openBills('withFee')
  stores.city.setState({ recents: [chengdu] })
  openTab()
  await sees(tab.dueAt('成都', yuan(payableFen(there))))
  const titles = [...document.querySelectorAll('.cells__title')].map((title) => title.textContent)
  expect(titles).toEqual(['杭州', tab.dueAt('成都', yuan(payableFen(there)))])
  await tap(cells().find((cell) => cell.textContent?.includes('交通罚款')) as HTMLElement)
  expect(stage.opened('navigateTo')[0]).toMatch(/^\/pages\/billing\/account\/index\?city=510100&account=/)
})

test('this city is asked first, the others after it, and one without accounts only once', async () => {
  await bindAccount('oneDue')
  stores.city.setState({ recents: [chengdu] })
  const requests = listening()
  openTab()
  const ofChengdu = () => requests.filter((url) => url.startsWith('/510100/accounts'))
  await waitFor(() => expect(ofChengdu()).toHaveLength(1), { timeout: 20_000 })
  const first = requests.findIndex((url) => url.startsWith('/510100/'))
  expect(requests.slice(0, first)).toContain('answered /330100/accounts')
  const pause = () => act(() => new Promise((resolve) => setTimeout(resolve, 500)))
  await pause()
  const before = requests.length
  await comeBack()
  await waitFor(() => expect(requests.slice(before)).toContain('/330100/accounts'), { timeout: 20_000 })
  await pause()
  expect(ofChengdu()).toHaveLength(1)
})

test('without network the homes of the other city are shown as they were, and say so', async () => {
  await bindAccount('oneDue')
  const there = await openBills('withFee')
  stores.city.setState({ recents: [chengdu] })
  const { unmount } = openTab()
  await sees(tab.dueAt('成都', yuan(payableFen(there))))
  unmount()
  await fault('dropped-connection')
  openTab()
  await waitFor(() => expect(screen.getAllByText(/^(网络不通|未能更新)/).length).toBe(2), { timeout: 30_000 })
  expect(text()).toContain('交通罚款')
})

test('a city whose accounts were never read is not taken for one without accounts', async () => {
  await bindAccount('oneDue')
  await bindSpecial('withFee')
  stores.city.setState({ recents: [chengdu] })
  CITY_ADDRESSES[chengdu] = 'http://127.0.0.1:1/510100'
  openTab()
  await sees(tab.elsewhereFailed)
})

test('several bills are chosen, added up, and paid in one go; what cannot be says why', async () => {
  const due = await openBills('several')
  await bindSpecial('decision')
  const [paying] = await billsDue('water')
  await createPayment(paying)
  openChoose()
  expect((await button(choose.payNone)).getAttribute('aria-disabled')).toBe('true')
  await sees(choose.chooseFirst)
  const others = cells().filter((cell) => cell.getAttribute('role') !== 'checkbox')
  expect(others.map((cell) => cell.textContent).join('\n')).toContain(choose.confirmFirst)
  expect(others.map((cell) => cell.textContent).join('\n')).toContain(tab.status.paying)

  const [a, b] = due
  for (const bill of [a, b]) await tap(box(new RegExp(`${bill?.title}`)))
  await tap(button(choose.pay(yuan((a?.amountFen ?? 0) + (b?.amountFen ?? 0)))))
  const [opened] = stage.opened('navigateTo')
  expect(decodeURIComponent(String(opened)).split('bills=')[1]?.split(',').sort()).toEqual([a?.id, b?.id].sort())
})

test('a fee is in the total, and the biller’s limit is shown before the checkout', async () => {
  await openBills('withFee')
  const dear = await openBills('limited')
  openChoose(chengdu)
  await tap(box(/罚款/))
  await sees(choose.fee('¥2.00'))
  await button(choose.pay('¥202.00'))
  for (const bill of dear) await tap(box(new RegExp(bill.title)))
  await sees(choose.aboveLimit('国网成都供电公司', '¥300.00'))
  expect(screen.queryByRole('button', { name: /^去支付 ¥/ })).toBeNull()
})

test('no more than one payment holds are chosen at once', async () => {
  await bindSpecial('manyBills')
  openChoose()
  await tap(button(`${choose.all} ${tab.status.due}`))
  await waitFor(() => expect(document.querySelectorAll('.check-cell--on')).toHaveLength(20))
  const off = cells().find((cell) => cell.getAttribute('aria-checked') === 'false')
  await tap(off as HTMLElement)
  await sees(choose.most(20))
  await tap(off as HTMLElement)
  await screen.findByRole('button', { name: /^去支付 ¥/ })
})

test('a bill that was paid meanwhile is no longer chosen', async () => {
  const [first] = await openBills('several')
  openChoose()
  await tap(box(new RegExp(first.title)))
  await button(choose.pay(yuan(first.amountFen)))
  await createPayment(first)
  await comeBack()
  await sees(choose.chooseFirst)
})

test('nothing is paid from what is only kept on the phone', async () => {
  const [first] = await openBills('several')
  const { unmount } = openChoose()
  await box(new RegExp(first.title))
  unmount()
  await fault('dropped-connection')
  openChoose()
  await tap(box(new RegExp(first.title)))
  await waitFor(() => expect(text()).toContain(choose.offline), { timeout: 30_000 })
  expect(text()).not.toContain(billText['zh-CN'].readOnly)
})

test('a thousand bills: a screenful is rendered, and the rest is read as one scrolls', async () => {
  await bindSpecial('manyBills')
  openList()
  await waitFor(() => expect(rows().length).toBeGreaterThan(10), { timeout: 20_000 })
  expect(rows().length).toBeLessThanOrEqual(40)
  const window = document.querySelector('.list-window') as HTMLElement
  const first = window.scrollHeight
  const height = () =>
    [...window.children].reduce(
      (sum, child) => sum + Number.parseInt((child as HTMLElement).style.height || '0', 10),
      0,
    )
  const before = height()
  await act(async () => {
    window.dispatchEvent(new CustomEvent('scrolltolower', { detail: {} }))
  })
  await waitFor(() => expect(height()).toBeGreaterThan(before), { timeout: 20_000 })
  expect(rows().length).toBeLessThanOrEqual(40)
  expect(first).toBeDefined()
})

test('bills are found by text, kind and state', async () => {
  await bindSpecial('manyBills')
  await bindAccount('oneDue')
  openList()
  await waitFor(() => expect(rows().length).toBeGreaterThan(10), { timeout: 20_000 })
  const [search] = document.querySelectorAll('input, taro-input-core')
  await act(async () => {
    search?.dispatchEvent(new CustomEvent('input', { detail: { value: '3幢2单元' } }))
  })
  await waitFor(
    () => {
      expect(rows().length).toBeGreaterThan(5)
      expect(rows().every((cell) => cell.textContent?.includes('3幢2单元'))).toBe(true)
    },
    { timeout: 20_000 },
  )
  await tap(screen.getByRole('radio', { name: list.open }))
  await waitFor(() => expect(rows()).toHaveLength(1), { timeout: 20_000 })
  await tap(screen.getByRole('tab', { name: tab.kind.electricity }))
  await sees(list.noneFound)
  await sees(list.noneFoundText)
})

test('without network the list is shown as it was, filtered on the phone', async () => {
  await bindAccount('overdue')
  const { unmount } = openList()
  await waitFor(() => expect(rows().length).toBeGreaterThan(3), { timeout: 20_000 })
  unmount()
  await fault('dropped-connection')
  openList()
  await waitFor(() => expect(text()).toMatch(/网络不通/), { timeout: 30_000 })
  const all = rows().length
  await tap(screen.getByRole('radio', { name: list.open }))
  await waitFor(() => expect(rows().length).toBeLessThan(all), { timeout: 20_000 })
  expect(rows().length).toBeGreaterThan(0)
  expect(
    rows()
      .map((row) => row.textContent)
      .join(),
  ).not.toContain(tab.status.settled)
})

test('a search is not cached on the phone', async () => {
  await bindAccount('oneDue')
  await services.bills.list(hangzhou, { text: '电费' })
  expect(services.bills.cachedList(hangzhou, { text: '电费' })).toBeNull()
})

test('the list and the choice speak English', async () => {
  await bindAccount('oneDue')
  const { unmount } = openList('en')
  await sees(listText.en.open)
  unmount()
  open(ChooseBillsPage, { city: hangzhou }, 'en')
  await sees(chooseText.en.lead)
  expect(within(document.body).queryByText(choose.lead)).toBeNull()
  expect(terms.en.home).toBeTruthy()
})
