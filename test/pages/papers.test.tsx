import '../support/match-media'
import { screen, waitFor } from '@testing-library/react'
import PapersPage from '@/pages/papers'
import ReceiptPage from '@/pages/paying/receipt'
import { services } from '@/services'
import { papersOf } from '@/services/papers'
import { papers } from '@/text/papers'
import { failures } from '@/text/parts/failures'
import type { TestSandbox } from '../support/sandbox'
import { billsDue, createPayment, newDay, settle } from './paying/stage'
import { button, city, hasButton, open, sees, stage, startCity, tap, type } from './stage'

jest.setTimeout(60_000)
const t = papers['zh-CN']
const ask = t.acts.ask('电子发票')
let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startCity()
}, 90_000)
beforeEach(() => newDay(sandbox), 30_000)
afterAll(() => sandbox?.close())

const fault = (name: string, more: object = {}) => sandbox.control('PUT', '/faults', { name, ...more })
const later = (seconds: number) => sandbox.control('POST', '/clock', { advanceSeconds: seconds })

async function credited() {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  await settle(sandbox, payment)
  return payment.id
}
const list = async (payment: Awaited<ReturnType<typeof credited>>) => services.of(papersOf).list(city, payment)

test('an invoice is asked for from its payment, is watched, and has number and file in the end', async () => {
  const payment = await credited()
  const opened = jest.spyOn(window, 'open').mockReturnValue(window)
  open(PapersPage, { city, payment })
  await tap(button(ask))
  await type(t.name.personal, '李小明')
  await tap(button(t.submit))
  await sees(t.states.issuing)
  await later(10)
  await sees(t.states.issued)
  const [paper] = (await list(payment)).items
  await sees(paper?.number ?? 'no number')
  await tap(button(t.acts.open))
  expect(opened).toHaveBeenCalledWith(paper?.fileUrl, '_blank')
  opened.mockRestore()
  // The address opens the file for whoever has it: it is not on the phone afterwards.
  expect(JSON.stringify({ ...window.localStorage })).not.toContain('.pdf')
})

test('a company needs its code, and what is wrong is said at its field before anything is sent', async () => {
  const payment = await credited()
  open(PapersPage, { city, payment })
  await tap(button(ask))
  await tap(button(t.submit))
  await sees(t.noName)
  await tap(screen.findByRole('radio', { name: t.company }))
  await type(t.name.company, '杭州西溪文化有限公司')
  await type(t.taxNumber, '91330106MA27XQ8K3X')
  await tap(button(t.submit))
  await sees(t.badTaxNumber)
  expect((await list(payment)).items[0]?.state).toBe('available')
  // As it is pasted.
  await type(t.taxNumber, '９１33 0106-MA27xq8k3r')
  await tap(button(t.submit))
  await sees(t.states.issuing)
  expect((await list(payment)).items[0]?.title).toEqual({
    ...{ kind: 'company', name: '杭州西溪文化有限公司', taxNumber: '91330106MA27XQ8K3R' },
  })
})

test('a kept title is offered and not filled in, and is forgotten at a tap', async () => {
  const first = await credited()
  open(PapersPage, { city, payment: first }).unmount()
  const title = { kind: 'personal', name: '李小明' } as const
  const [paper] = (await list(first)).items
  if (!paper) throw new Error('no paper')
  const key = services.newIdempotencyKey()
  await services.of(papersOf).request(city, first, { billerId: paper.billerId, title, keepTitle: true }, key)
  const [, second] = await billsDue('severalDue')
  if (!second) throw new Error('no bill')
  const payment = await createPayment(second)
  await settle(sandbox, payment)
  open(PapersPage, { city, payment: payment.id })
  await tap(button(ask))
  const field = await screen.findByLabelText<HTMLInputElement>(new RegExp(`^${t.name.personal}`))
  expect(field.getAttribute('value') ?? '').toBe('')
  await tap(button(new RegExp(`^${t.useKept}`) as unknown as string))
  await tap(button(t.notNow))
  await tap(button(new RegExp(`^${t.forget}`) as unknown as string))
  await waitFor(async () => expect((await list(payment.id)).keptTitle).toBeUndefined())
  expect((await list(payment.id)).items[0]?.state).toBe('available')
})

test('a refused title says why in the issuer’s words, and is corrected in the same form', async () => {
  const payment = await credited()
  await fault('ebill-title-refused', { times: 1 })
  open(PapersPage, { city, payment })
  await tap(button(ask))
  await type(t.name.personal, '李小朋')
  await tap(button(t.submit))
  await sees(t.next['title-refused'])
  await sees(/税务登记中没有这个抬头/)
  await tap(button(ask))
  await type(t.name.personal, '李小明')
  await tap(button(t.submit))
  await sees(t.states.issuing)
  expect((await list(payment)).items[0]?.title?.name).toBe('李小明')
})

test('a request whose answer gets lost is one request, and a city’s error leaves what was typed', async () => {
  const payment = await credited()
  open(PapersPage, { city, payment })
  await tap(button(ask))
  await type(t.name.personal, '李小明')
  await fault('error-500', { operationId: 'requestPaper' })
  await tap(button(t.submit))
  await sees(t.askFailed)
  await sandbox.control('DELETE', '/faults')
  await tap(button(t.submit))
  await sees(t.states.issuing)
  expect((await list(payment)).items[0]?.title?.name).toBe('李小明')
})

test('a list that cannot be read is never shown as empty, and a late paper leads to a report', async () => {
  const payment = await credited()
  await fault('error-500', { operationId: 'listPapers' })
  const page = open(PapersPage, { city, payment })
  await sees(failures['zh-CN']['city-error'].title)
  page.unmount()
  await sandbox.control('DELETE', '/faults')
  await fault('ebill-slow')
  const request = {
    billerId: (await list(payment)).items[0]?.billerId as never,
    title: { kind: 'personal', name: '李' } as const,
  }
  await services.of(papersOf).request(city, payment, request, services.newIdempotencyKey())
  await later(300)
  open(PapersPage, { city, payment })
  await sees(t.states.late)
  await tap(button(t.acts.report))
  expect(stage.opened('navigateTo')).toEqual([`/pages/report/form/index?city=330100&payment=${payment}`])
})

test('the receipt leads to the papers by their own names', async () => {
  const payment = await credited()
  const { receiptId = '' } = await services.payments.get(city, payment)
  open(ReceiptPage, { city, receipt: receiptId })
  await tap(button('电子发票'))
  expect(stage.opened('navigateTo')).toEqual([`/pages/papers/index?city=330100&payment=${payment}`])
  expect(hasButton(ask)).toBe(false)
})
