import '../../support/match-media'
import { screen, waitFor } from '@testing-library/react'
import type { Bill } from '@/domain/bill'
import { formatFen, speakFen } from '@/domain/money'
import { formatDate } from '@/domain/time'
import BillPage from '@/pages/billing/bill'
import { services } from '@/services'
import { bill as billText } from '@/text/billing/bill'
import type { TestSandbox } from '../../support/sandbox'
import { newDay } from '../paying/stage'
import { button, hasButton, open, sees, stage, startCity, tap, type } from '../stage'
import { bindSpecial, newElsewhere, openBills } from './stage'

jest.setTimeout(60_000)

const t = billText['zh-CN']
const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })
let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startCity()
}, 90_000)
beforeEach(async () => {
  await newDay(sandbox)
  await newElsewhere(sandbox.city)
}, 30_000)
afterAll(() => sandbox?.close())

const openBill = (bill: Bill) => open(BillPage, { city: bill.cityId, bill: bill.id })
const cells = () => [...document.querySelectorAll('.cell')].map((cell) => cell.textContent ?? '')
const checkout = (bill: Bill, amountFen?: number) =>
  amountFen === undefined
    ? `/pages/paying/checkout/index?city=${bill.cityId}&bill=${bill.id}`
    : `/pages/paying/checkout/index?city=${bill.cityId}&bills=${encodeURIComponent(`${bill.id}:${amountFen}`)}`

test('a bill shows its parts, what of it is old, what is settled first and how it grew', async () => {
  const [bill] = await openBills('arrears')
  openBill(bill)
  await sees(t.breakdown)
  const text = cells().join('\n')
  expect(text).toContain(`违约金逾期后按缴费单位的规定计收${yuan(bill.lateFeeFen ?? 0)}`)
  expect(text).toContain(`${t.total}${t.arrears} ${yuan(bill.arrearsFen ?? 0)}${yuan(bill.amountFen)}`)
  await sees(t.settles('违约金 → 往期欠费 → 本期'))
  const [late, joined] = bill.changes ?? []
  expect(bill.changes).toHaveLength(2)
  expect(text).toContain(`计入违约金${t.changed(yuan(late?.amountFen ?? 0), yuan(bill.amountFen))}`)
  expect(text).toContain(`并入往期欠费${t.changed(yuan(joined?.amountFen ?? 0), yuan(late?.amountFen ?? 0))}`)
})

test('a fine is paid after its decision was read and confirmed, and not before', async () => {
  const account = await bindSpecial('decision')
  const { items } = await services.bills.list(account.cityId, { account: account.id })
  const bill = items.find(({ decision }) => decision) as Bill
  openBill(bill)
  await sees(t.decisionFirst)
  for (const text of [bill.decision?.number, bill.decision?.text, bill.decision?.authority])
    await sees(text ?? 'missing')
  await sees(formatDate(bill.decision?.objectUntil ?? '', 'zh-CN', '2026-11-23'))
  expect(hasButton(/^缴纳/)).toBe(false)
  await tap(button(t.confirmDecision))
  await tap(button(t.pay(yuan(20_000))))
  expect(stage.opened('navigateTo')).toEqual([checkout(bill)])
  await sees(t.confirmedOn)
  expect(screen.queryByText(t.decisionFirst)).toBeNull()
})

test('a decision whose confirmation got lost on the way is confirmed by trying again', async () => {
  const account = await bindSpecial('decision')
  const { items } = await services.bills.list(account.cityId, { account: account.id })
  await sandbox.control('PUT', '/faults', { name: 'error-500', operationId: 'confirmDecision' })
  openBill(items[0] as Bill)
  await tap(button(t.confirmDecision))
  await sees(t.confirmFailed)
  expect(hasButton(/^缴纳/)).toBe(false)
  await sandbox.control('DELETE', '/faults')
  await tap(button(t.confirmDecision))
  await button(t.pay(yuan(20_000)))
})

test('a prepaid meter shows its balance and is topped up within its limits only', async () => {
  const [bill] = await openBills('meter')
  openBill(bill)
  await sees(t.balance)
  expect(screen.getByRole('img', { name: speakFen(2360, 'zh-CN') })).toBeTruthy()
  await tap(button(t.topUp))
  await type(t.sum, '9.99')
  await sees(t.sumLow('¥10.00'))
  await type(t.sum, '2000.01')
  await sees(t.sumHigh('¥2,000.00'))
  await type(t.sum, '12.345')
  await sees(t.sumWrong)
  expect(hasButton(/^去支付/)).toBe(false)
  await tap(screen.getByRole('radio', { name: '¥200' }))
  await tap(button(t.goPay('¥200.00')))
  await waitFor(() => expect(stage.opened('navigateTo')).toEqual([checkout(bill, 20_000)]))
})

test('a meter in debt says so, and that the debt goes first', async () => {
  const [bill] = await openBills('meterInDebt')
  openBill(bill)
  await sees(`${t.debt} ¥38.46`)
  await sees(/充值先抵欠费/)
  expect(screen.getByRole('img', { name: '负38.46元' })).toBeTruthy()
})

test('a bill that may be paid in parts is paid in one or in a part of the citizen’s choice', async () => {
  const [bill] = await openBills('inParts')
  const { unmount } = openBill(bill)
  await tap(button(t.pay(yuan(bill.amountFen))))
  expect(stage.opened('navigateTo')).toEqual([checkout(bill)])
  unmount()
  openBill(bill)
  await tap(button(t.part))
  await type(t.sum, '499.99')
  await sees(t.sumLow('¥500.00'))
  await type(t.sum, '600')
  await sees(new RegExp(t.partLeft('.*', yuan(bill.amountFen - 60_000))))
  await tap(button(t.goPay('¥600.00')))
  await waitFor(() => expect(stage.opened('navigateTo')).toEqual([checkout(bill, 60_000)]))
})

test('fees are shown on the bill, before the checkout', async () => {
  const [bill] = await openBills('withFee')
  openBill(bill)
  await sees(new RegExp(`^${t.feeEach('¥2.00', '')}`))
})

test('the biller’s limit is shown on the bill, before the checkout', async () => {
  const bills = await openBills('limited')
  const small = bills.find(({ amountFen }) => amountFen <= 30_000) as Bill
  openBill(small)
  await button(t.pay(yuan(small.amountFen)))
  await sees('¥300.00')
})

test('in English everything on a bill is English', async () => {
  const [bill] = await openBills('meter')
  open(BillPage, { city: bill.cityId, bill: bill.id }, 'en')
  await sees(billText.en.balance)
  await tap(button(billText.en.topUp))
  await waitFor(() => expect(screen.getByRole('dialog', { name: billText.en.topUpTitle })).toBeTruthy())
})
