import '../../support/match-media'
import { screen, waitFor } from '@testing-library/react'
import AccountPage from '@/pages/billing/account'
import BindPage from '@/pages/billing/bind'
import type { ScanResult } from '@/platform/types'
import { services } from '@/services'
import { account as accountText } from '@/text/billing/account'
import { bind as bindText } from '@/text/billing/bind'
import type { TestSandbox } from '../../support/sandbox'
import { bindAccount, newDay, numbers } from '../paying/stage'
import {
  button,
  city,
  field,
  givePhone,
  hasButton,
  listening,
  messagesAnswering,
  open,
  sees,
  startCity,
  takeFromPhone,
  tap,
} from '../stage'

jest.setTimeout(60_000)

const bind = bindText['zh-CN']
const t = accountText['zh-CN']
const { usage } = t
let sandbox: TestSandbox
let takeAway = () => {}

beforeAll(async () => {
  sandbox = await startCity()
}, 90_000)
beforeEach(() => newDay(sandbox), 30_000)
afterEach(() => takeAway())
afterAll(() => sandbox?.close())

const fault = (name: string, operationId?: string) => sandbox.control('PUT', '/faults', { name, operationId })
const remindSwitch = () => screen.findByRole('switch', undefined, { timeout: 20_000 })
const reminder = async (id: Parameters<typeof services.accounts.get>[1]) =>
  (await services.accounts.get(city, id)).reminder?.given

async function scan(result: ScanResult) {
  takeAway = givePhone({ scan: () => Promise.resolve(result) })
  open(BindPage, { city, biller: numbers.oneDue[0] })
  await tap(button(bind.scan))
}

test('a number from a paper bill’s code is put into the form, and nothing is sent by it', async () => {
  const requests = listening()
  await scan({ kind: 'code', text: `https://95598.example/q?acc=${numbers.oneDue[1]}&amt=1` })
  await sees(bind.scanned.number)
  expect((await field('户号')).value).toBe(numbers.oneDue[1])
  expect(requests.filter((url) => /^\/.*account-matches/.test(url))).toEqual([])
  await tap(button(bind.lookUp))
  await waitFor(() => expect(requests.filter((url) => /^\/.*account-matches/.test(url))).toHaveLength(1))
})

test.each<[string, ScanResult, keyof typeof bind.scanned]>([
  ['of something else', { kind: 'code', text: '6901234567893' }, 'none'],
  ['with markup', { kind: 'code', text: '<img src=x onerror=alert(1)>' }, 'none'],
  ['without permission', { kind: 'denied' }, 'denied'],
  ['that fails', { kind: 'unavailable' }, 'unavailable'],
])('a code %s fills in nothing, and typing is the way on', async (_, result, shown) => {
  await scan(result)
  await sees(bind.scanned[shown])
  expect((await field('户号')).value).toBe('')
})

test('a host without a camera for codes offers none', async () => {
  takeAway = takeFromPhone('scan')
  open(BindPage, { city, biller: numbers.oneDue[0] })
  await button(bind.lookUp)
  expect(hasButton(bind.scan)).toBe(false)
})

test('straight after binding a reminder is offered; one tap asks the host, and the city gets what was granted', async () => {
  const messages = messagesAnswering('granted')
  takeAway = givePhone({ messages })
  const account = await bindAccount('oneDue')
  open(AccountPage, { city, account: account.id })
  await sees(t.remindOffer)
  await tap(button(t.remindYes))
  expect(messages.requested).toEqual([['tmpl-hz-bill-due', 'tmpl-hz-visit', 'tmpl-hz-progress']])
  await waitFor(async () => expect((await remindSwitch()).getAttribute('aria-checked')).toBe('true'))
  expect(await reminder(account.id)).toBe(true)
  expect(screen.queryByText(t.remindOffer)).toBeNull()
})

test('what was granted is seen and taken back, without asking the host', async () => {
  const messages = messagesAnswering('granted')
  takeAway = givePhone({ messages })
  const account = await bindAccount('oneDue')
  await services.accounts.remind(city, account.id, ['tmpl-hz-bill-due'])
  open(AccountPage, { city, account: account.id })
  await sees(/已开启，点按即可关闭/)
  await tap(remindSwitch())
  await waitFor(async () => expect((await remindSwitch()).getAttribute('aria-checked')).toBe('false'))
  expect(await reminder(account.id)).toBe(false)
  expect(messages.requested).toEqual([])
})

test.each([
  ['refused', t.remindRefusedText],
  ['unavailable', t.remindUnavailable],
] as const)('a message that is %s switches nothing on, and shows it', async (result, shown) => {
  takeAway = givePhone({ messages: messagesAnswering(result) })
  const account = await bindAccount('oneDue')
  open(AccountPage, { city, account: account.id })
  await tap(remindSwitch())
  await sees(shown)
  expect(await reminder(account.id)).toBeUndefined()
})

test('a reminder that the city did not take is not shown as on', async () => {
  takeAway = givePhone({ messages: messagesAnswering('granted') })
  const account = await bindAccount('oneDue')
  open(AccountPage, { city, account: account.id })
  await remindSwitch()
  await fault('error-500', 'setReminder')
  await tap(remindSwitch())
  await sees(t.remindRefused)
  expect((await remindSwitch()).getAttribute('aria-checked')).toBe('false')
})

test('a host without messages offers no reminder, but one granted elsewhere can be taken back', async () => {
  takeAway = takeFromPhone('messages')
  const account = await bindAccount('oneDue')
  const { unmount } = open(AccountPage, { city, account: account.id })
  await sees('管理户号')
  expect(screen.queryByRole('switch')).toBeNull()
  unmount()
  await services.accounts.remind(city, account.id, ['tmpl-hz-bill-due'])
  open(AccountPage, { city, account: account.id })
  await tap(remindSwitch())
  await waitFor(async () => expect(await reminder(account.id)).toBe(false))
})

test('two years are a chart with a sentence, and a list that leads to each bill', async () => {
  const account = await bindAccount('oneDue')
  const { months } = await services.bills.history(city, account.id)
  expect(months.length).toBe(24)
  open(AccountPage, { city, account: account.id })
  const chart = await screen.findByRole('img', {
    name: /^近 12 个月共 [\d.]+元，比上一年[多少].*最高 \d+年\d+月.*最低/,
  })
  expect(chart.querySelectorAll('.bars__bar')).toHaveLength(24)
  await tap(screen.getByRole('radio', { name: /用量/ }))
  const latest = months[months.length - 1]
  expect(document.body.textContent).toContain(`${latest?.quantity} 千瓦时`)
  await tap(button(usage.list))
  const list = document.querySelector('.usage__list')
  expect(list?.querySelectorAll('.cell')).toHaveLength(24)
  expect(list?.querySelector('.cell')?.getAttribute('role')).toBe('button')
})

test('without network the chart shows what is cached, and how old it is', async () => {
  const account = await bindAccount('oneDue')
  await services.bills.history(city, account.id)
  await fault('error-500', 'getHistory')
  open(AccountPage, { city, account: account.id })
  await screen.findByRole('img', { name: /^近 12 个月/ })
  await waitFor(() => expect(document.querySelector('.as-of--old')).toBeTruthy(), { timeout: 30_000 })
})

test('a history that cannot be read is not a history without bills', async () => {
  const account = await bindAccount('oneDue')
  await fault('error-500', 'getHistory')
  open(AccountPage, { city, account: account.id })
  await sees(usage.failed)
})
