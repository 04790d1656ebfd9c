import '../../support/match-media'
import { screen, waitFor } from '@testing-library/react'
import { payableFen } from '@/domain/bill'
import { formatFen, speakFen } from '@/domain/money'
import AccountPage from '@/pages/billing/account'
import BillPage from '@/pages/billing/bill'
import BindPage from '@/pages/billing/bind'
import BillsPage from '@/pages/bills'
import { services } from '@/services'
import { stores } from '@/stores'
import { account as accountText } from '@/text/billing/account'
import { bill as billText } from '@/text/billing/bill'
import { bind as bindText } from '@/text/billing/bind'
import { bills } from '@/text/bills'
import type { TestSandbox } from '../../support/sandbox'
import { billsDue, bindAccount, createPayment, type Known, newDay, numbers } from '../paying/stage'
import { button, city, hasButton, newCitizen, open, sees, stage, startCity, tap, type } from '../stage'

jest.setTimeout(60_000)

const bind = bindText['zh-CN']
const t = accountText['zh-CN']
const billTexts = billText['zh-CN']
const tab = bills['zh-CN']
const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })
let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startCity()
}, 90_000)
beforeEach(() => newDay(sandbox), 30_000)
afterAll(() => sandbox?.close())

const fault = (name: string, operationId?: string) => sandbox.control('PUT', '/faults', { name, operationId })
const openBind = (biller?: string) => open(BindPage, { city, ...(biller && { biller }) })
const accounts = async () => (await services.accounts.list(city)).items

async function lookUp(known: Known) {
  openBind(numbers[known][0])
  await type('户号', numbers[known][1])
  await tap(button(bind.lookUp))
}

test('a number with a wrong check digit shows while it is typed, and not looked up', async () => {
  openBind('hz-electricity')
  await type('户号', '3301001234561')
  await sees(bind.wrong.badCheckDigit('户号'))
  await fault('error-500', 'matchAccount')
  await tap(button(bind.lookUp))
  // Asked, the city would have failed loudly.
  await waitFor(() => expect(screen.getByText(bind.wrong.badCheckDigit('户号'))).toBeTruthy())
  expect(screen.queryByText('城市系统暂时不可用')).toBeNull()
})

test('a number that is too short shows once the citizen has stopped typing', async () => {
  openBind('hz-electricity')
  await type('户号', '33010')
  expect(screen.queryByText(bind.wrong.tooShort(8))).toBeNull()
  await tap(button(bind.lookUp))
  await sees(bind.wrong.tooShort(8))
})

test('M8: holder and address are shown masked, and nothing is bound before a choice and a yes', async () => {
  await lookUp('oneDue')
  await sees('这是您要缴费的账户吗？')
  await sees(/区.*(路|街|道)\*\*\*/)
  await tap(button(bind.bind))
  expect(await accounts()).toEqual([])
  await tap(screen.getByRole('radio', { name: new RegExp(bind.someoneElse) }))
  await tap(button(bind.bind))
  await waitFor(() => expect(stage.opened('redirectTo')).toHaveLength(1), { timeout: 20_000 })
  const [account] = await accounts()
  expect(account?.relation).toBe('someone-else')
  expect(stage.opened('redirectTo')).toEqual([`/pages/billing/account/index?city=330100&account=${account?.id}`])
})

test('binding whose response was lost binds once', async () => {
  await lookUp('oneDue')
  await sees('这是您要缴费的账户吗？')
  await tap(screen.getByRole('radio', { name: new RegExp(bind.mine) }))
  await fault('lost-answer', 'bindAccount')
  await tap(button(bind.bind))
  await sees(bind.failed)
  await sandbox.control('DELETE', '/faults')
  await tap(button(bind.bind))
  await waitFor(() => expect(stage.opened('redirectTo')).toHaveLength(1), { timeout: 20_000 })
  expect(await accounts()).toHaveLength(1)
})

test('M12: a number that the biller does not know leads back to the number, and what was typed is still there', async () => {
  openBind('hz-electricity')
  await type('户号', '3301009999995')
  await tap(button(bind.lookUp))
  await sees(bind.outcome['no-account'].title)
  await tap(button(bind.checkNumber))
  expect((await screen.findByLabelText<HTMLInputElement>(/^户号/)).value).toBe('3301009999995')
})

test('M12: a biller that does not answer is not a number that does not exist', async () => {
  await fault('biller-not-answering')
  await lookUp('oneDue')
  await sees(bind.outcome['not-answering'].title)
  expect(screen.queryByText(bind.outcome['no-account'].title)).toBeNull()
  await sandbox.control('DELETE', '/faults')
  await tap(button(bind.tryAgain))
  await sees('这是您要缴费的账户吗？')
})

const nothingDue = t.outcome['nothing-due'].title

test.each<[Known, keyof typeof t.outcome]>([
  ['nothingDue', 'nothing-due'],
  ['silent', 'not-answering'],
  ['vanished', 'no-account'],
])(
  'M12: on the account %s the biller’s answer is %s, and only one answer says that nothing is due',
  async (known, outcome) => {
    const account = await bindAccount(known)
    open(AccountPage, { city, account: account.id })
    await sees(t.outcome[outcome].title)
    expect(screen.queryAllByText(nothingDue)).toHaveLength(outcome === 'nothing-due' ? 1 : 0)
  },
)

test('M12: a biller that sleeps is shown as such, until when, and what was known before is still shown', async () => {
  const account = await bindAccount('water')
  await services.bills.lookUp(city, account.id)
  await sandbox.control('POST', '/clock', { set: '2026-11-23T23:40:00+08:00' })
  open(AccountPage, { city, account: account.id })
  await sees(/缴费单位暂停服务，11月24日 06:00 恢复服务/)
  await sees(t.known)
  expect(screen.queryByText(nothingDue)).toBeNull()
})

test('M12: an error is not one of the five outcomes', async () => {
  const account = await bindAccount('oneDue')
  await fault('error-500', 'lookUpBills')
  open(AccountPage, { city, account: account.id })
  await sees(t.lookUpFailed)
  expect(screen.queryByText(nothingDue)).toBeNull()
  await sandbox.control('DELETE', '/faults')
  await tap(screen.getByText(t.lookUpAgain))
  await sees('2026年10月电费')
})

test('an account that was unbound by mistake comes back', async () => {
  const account = await bindAccount('oneDue')
  open(AccountPage, { city, account: account.id })
  await tap(button(t.unbind))
  const question = await screen.findByRole('dialog', { name: '解除绑定这个户号？' })
  const [yes] = [...question.querySelectorAll<HTMLElement>('.button')]
  await tap(yes as HTMLElement)
  await sees(t.unbound)
  expect(await accounts()).toEqual([])
  await tap(button(t.undo))
  await sees('管理户号')
  expect((await accounts()).map(({ id }) => id)).toEqual([account.id])
})

test('a name is kept by the city', async () => {
  const account = await bindAccount('oneDue')
  open(AccountPage, { city, account: account.id })
  await tap(button(t.rename))
  await type(t.nickname, '爸妈家')
  await tap(button('保存'))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), { timeout: 20_000 })
  expect((await accounts())[0]?.nickname).toBe('爸妈家')
})

test('a bill that is due leads to the checkout', async () => {
  const [bill] = await billsDue('oneDue')
  open(BillPage, { city, bill: bill.id })
  await tap(button(billTexts.pay(yuan(bill.amountFen))))
  expect(stage.opened('navigateTo')).toEqual([`/pages/paying/checkout/index?city=330100&bill=${bill.id}`])
})

test('M1: a bill that the citizen is paying on another phone leads to that payment and to no other', async () => {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  open(BillPage, { city, bill: bill.id })
  await sees(billTexts.payingMine)
  expect(hasButton(/^缴纳/)).toBe(false)
  await tap(button(billTexts.seePayment))
  expect(stage.opened('navigateTo')).toEqual([`/pages/paying/payment/index?city=330100&payment=${payment.id}`])
})

test('M1: a bill that somebody else is paying says so and is not paid', async () => {
  const [bill] = await billsDue('oneDue')
  await createPayment(bill)
  await newCitizen()
  await bindAccount('oneDue')
  open(BillPage, { city, bill: bill.id })
  await sees(billTexts.payingOther)
  expect(hasButton(/^缴纳|支付/)).toBe(false)
})

test('a bill that cannot be paid here says why, in the city’s words', async () => {
  const account = await bindAccount('fineNotPayable')
  const { items } = await services.bills.list(city, { account: account.id })
  const bill = items.find(({ status }) => status === 'not-payable')
  open(BillPage, { city, bill: bill?.id ?? '' })
  await sees(billTexts.notPayable)
  await sees(bill?.notPayable ?? 'no reason')
  expect(hasButton(/^缴纳/)).toBe(false)
})

test('a bill that is only known from before cannot be paid', async () => {
  const [bill] = await billsDue('oneDue')
  const { unmount } = open(BillPage, { city, bill: bill.id })
  await button(billTexts.pay(yuan(bill.amountFen)))
  unmount()
  await fault('dropped-connection')
  open(BillPage, { city, bill: bill.id })
  await sees(billTexts.keptOnly)
  expect(hasButton(/^缴纳/)).toBe(false)
})

test('the tab adds up what is due, overdue first, and says how old that is', async () => {
  const one = payableFen(await billsDue('oneDue'))
  const late = payableFen(await billsDue('overdue'))
  await sandbox.control('POST', '/clock', { advanceSeconds: 120 })
  open(BillsPage, {})
  await sees(/更新$/)
  const cells = [...document.querySelectorAll('.cell')].map((cell) => cell.textContent ?? '')
  expect(cells[0]).toContain(yuan(late))
  expect(cells[0]).toMatch(/逾期 \d+ 天/)
  expect(cells[1]).toContain(yuan(one))
  expect(screen.getByRole('img', { name: speakFen(one + late, 'zh-CN') })).toBeTruthy()
})

test('M12: when what is due cannot be read, the tab says that this does not mean nothing', async () => {
  await bindAccount('oneDue')
  await fault('half-body', 'listBills')
  open(BillsPage, {})
  await sees(tab.dueFailed)
  await sees(tab.dueUnknown)
  expect(screen.queryByText(tab.nothingKnown)).toBeNull()
  expect(document.body.textContent).not.toContain('¥')
})

test('without an account the tab invites to add one, without a city to choose one', async () => {
  const { unmount } = open(BillsPage, {})
  await sees(tab.noAccountsTitle)
  await tap(button(tab.addAccount))
  expect(stage.opened('navigateTo')).toEqual(['/pages/billing/bind/index?city=330100'])
  unmount()
  stores.city.setState({ city: null })
  open(BillsPage, {})
  await sees(tab.noCityTitle)
})

test.each([
  ['without a city', BindPage, {}],
  ['without an account', AccountPage, { city: '330100' }],
  ['with a path for an id', BillPage, { city: '330100', bill: '../../../etc' }],
  ['with a word for a city', BillPage, { city: 'x', bill: 'b-1' }],
])('N8: a link %s leads home', async (_, Page, params) => {
  open(Page, params)
  await sees('未能打开链接')
})
