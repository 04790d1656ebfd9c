import '../../support/match-media'
import { screen } from '@testing-library/react'
import { asId, type BillerId } from '@/domain/ids'
import AccountPage from '@/pages/billing/account'
import BillPage from '@/pages/billing/bill'
import BindPage from '@/pages/billing/bind'
import { services } from '@/services'
import { account as accountText } from '@/text/billing/account'
import { bill as billText } from '@/text/billing/bill'
import { bind as bindText } from '@/text/billing/bind'
import { failures } from '@/text/parts/failures'
import type { TestSandbox } from '../../support/sandbox'
import { bindAccount, newDay, numbers } from '../paying/stage'
import { button, city, hasButton, open, sees, startCity, tap, type } from '../stage'
import { openBills } from './stage'

/** N15 on screens: whoever is not the account holder, and whoever looks up too many numbers. */

jest.setTimeout(60_000)

const t = accountText['zh-CN']
const bind = bindText['zh-CN']
let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startCity({ strangers: true })
}, 90_000)
beforeEach(() => newDay(sandbox), 30_000)
afterAll(() => sandbox?.close())

test('whoever is not the account holder sees what is due, and reads why there is no more', async () => {
  const account = await bindAccount('severalDue', 'someone-else')
  open(AccountPage, { city, account: account.id })
  await sees(t.due)
  await sees(t.holderOnly)
  expect(screen.queryByText(t.usage.title)).toBeNull()
  expect(screen.queryByText(t.usage.failed)).toBeNull()
})

test('somebody else’s decision is neither shown nor confirmed, and the page says who can', async () => {
  const [fine] = await openBills('decision')
  open(BillPage, { city, bill: fine.id })
  await sees(/须由当事人本人/)
  expect(hasButton(billText['zh-CN'].confirmDecision)).toBe(false)
  expect(document.body.textContent).not.toContain('浙A')
})

test('too many look-ups: the page says when the next may come, keeps the number, and goes on then; reading goes on at once', async () => {
  const account = await bindAccount('oneDue')
  const [biller, number] = numbers.overdue
  const match = () => services.accounts.match(city, asId<BillerId>(biller), number)
  for (let times = 0; times < 30; times += 1) {
    const isLimited = await match().then(
      () => false,
      () => true,
    )
    if (isLimited) break
  }
  open(BindPage, { city, biller })
  await type('户号', number)
  await tap(button(bind.lookUp))
  await sees(failures['zh-CN'].tooMany)
  await sees(/查询太频繁，请 \d+ 秒后再试/)
  expect((await services.accounts.get(city, account.id)).id).toBe(account.id)
  expect((await services.bills.list(city, {})).items.length).toBeGreaterThan(0)
  await sandbox.control('POST', '/clock', { advanceSeconds: 60 })
  await tap(button(bind.lookUp))
  await sees('这是您要缴费的账户吗？')
})
