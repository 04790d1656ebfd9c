import '../../support/match-media'
import { waitFor } from '@testing-library/react'
import { asId, type BillerId, type BillId } from '@/domain/ids'
import FindPage from '@/pages/billing/find'
import UnboundBillPage from '@/pages/billing/found'
import { routes } from '@/routes'
import { services } from '@/services'
import { findingsOf } from '@/services/findings'
import { failures } from '@/text/parts/failures'
import { unbound } from '@/text/unbound'
import type { TestSandbox } from '../../support/sandbox'
import { stage } from '../../support/taro'
import { newDay } from '../paying/stage'
import { button, city, field, givePhone, hasButton, open, sees, startCity, tap, type } from '../stage'

const t = unbound['zh-CN']
let sandbox: TestSandbox
let takeAway = () => {}

beforeAll(async () => {
  sandbox = await startCity({ strangers: true })
}, 90_000)
beforeEach(() => newDay(sandbox), 30_000)
afterEach(() => takeAway())
afterAll(() => sandbox?.close())

const fine = asId<BillerId>('hz-fine')

async function found(number: string, proof: string): Promise<BillId> {
  const finding = await services.of(findingsOf).find(city, fine, number, proof)
  const bill = finding.outcome === 'found' ? finding.bills[0] : undefined
  if (!bill) throw new Error(finding.outcome)
  return bill.id
}

test('number and name are asked for by the words of the office, and both are said when they are missing', async () => {
  open(FindPage, { city, biller: fine })
  await tap(button(t.find))
  await sees(t.empty('处罚决定书编号'))
  await sees(t.empty('当事人姓名'))
  await type('处罚决定书编号', '33010619001234')
  await tap(button(t.find))
  await sees(t.tooShort(1))
})

test('one bill opens its page, and what was typed is there for who comes back', async () => {
  open(FindPage, { city, biller: fine })
  await type('处罚决定书编号', '330106190012345')
  await type('当事人姓名', '李小明')
  await tap(button(t.find))
  await waitFor(
    () => expect(stage.opened('navigateTo').at(-1)).toMatch(/^\/pages\/billing\/found\/index\?city=330100&bill=b-/),
    {
      timeout: 20_000,
    },
  )
  expect((await field('处罚决定书编号')).value).toBe('330106190012345')
})

test('a refusal of the city is shown with its words, and nothing typed is lost', async () => {
  await sandbox.control('PUT', '/faults', { name: 'error-500', operationId: 'findBill' })
  open(FindPage, { city, biller: fine })
  await type('处罚决定书编号', '330106190012345')
  await type('当事人姓名', '李小明')
  await tap(button(t.find))
  await sees(failures['zh-CN']['city-error'].title)
  expect((await field('当事人姓名')).value).toBe('李小明')
  await sandbox.control('DELETE', '/faults')
}, 40_000)

test('a late fine in English: the law’s surcharge, its days, and how to object', async () => {
  const bill = await found('330106190022351', '古丽努尔·买买提')
  const en = unbound.en
  open(UnboundBillPage, { city, bill }, 'en')
  await sees(en.growing(7, '¥6.00', '¥200.00'))
  await sees(en.review)
  await sees('¥42.00')
  await tap(button(en.pay('¥242.00')))
  expect(stage.opened('navigateTo').at(-1)).toBe(routes.checkout({ city, bill }))
})

test('one under review has its reason and a telephone, and no button to pay', async () => {
  const bill = await found('3301061900223534', '李小明')
  open(UnboundBillPage, { city, bill })
  await sees(/行政复议，处罚暂停执行/)
  await button(t.call('12123'))
  expect(hasButton(/^缴纳/)).toBe(false)
})

test('a bill that was never found, or no longer is, leads back to the look-up', async () => {
  open(UnboundBillPage, { city, bill: 'b-1' })
  await sees(t.gone)
  await tap(button(t.findAgain))
  expect(stage.opened('redirectTo').at(-1)).toBe(routes.findBill({ city }))
})

test('a scanned code fills in the number that fits and nothing else', async () => {
  takeAway = givePhone({ scan: () => Promise.resolve({ kind: 'code', text: 'https://x.example/?no=330106190012345' }) })
  open(FindPage, { city, biller: fine })
  await tap(button(t.scan))
  await sees(t.scanned.number)
  expect((await field('处罚决定书编号')).value).toBe('330106190012345')
})
