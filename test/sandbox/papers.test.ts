import type { Bill, Manifest, PaperList, PaperRequest, Problem, Receipt } from '../../contract/wire/types.gen'
import { own } from '../../sandbox/tables'
import { ask } from '../support/booking'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { openRows } from '../support/rows'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

let sandbox: TestSandbox
let base: string

beforeAll(async () => {
  sandbox = await startTestSandbox()
  base = sandbox.city('330100')
}, 100_000)
// The clock stands: nothing is issued because the machine is slow.
beforeEach(async () => {
  await sandbox.control('POST', '/reset', { set: '2026-11-23T10:00:00+08:00' })
  await sandbox.control('POST', '/clock', { stand: true })
})
afterAll(() => sandbox.close())

const control = (path: string, body: object) => sandbox.control('POST', path, body)
const fault = (name: string, more: object = {}) => sandbox.control('PUT', '/faults', { name, ...more })
const pass = (seconds: number) => control('/clock', { advanceSeconds: seconds })
const clear = () => sandbox.control('DELETE', '/faults')

const personal = { kind: 'personal', name: '李小明' } as const
const company = { kind: 'company', name: '杭州西溪文化有限公司', taxNumber: '91330106MA27XQ8K3R' } as const

async function paid(citizen: TestCitizen, bills: Bill[]): Promise<string> {
  const { id } = (await citizen.pay(bills)).body.payment
  await control('/pay', { paymentId: id })
  expect((await citizen.payment(id)).state).toBe('paid')
  return id
}

async function credited(citizen: TestCitizen, number = electricity.oneDue): Promise<string> {
  const id = await paid(citizen, (await citizen.billsOf('hz-electricity', number)).slice(0, 1))
  await control('/credit', { paymentId: id })
  return id
}

/** What the issuer has. */
async function books() {
  const { db, close } = await openRows(sandbox)
  const rows = await own(db).selectFrom('book_papers').select('state').execute()
  await close()
  return rows
}

const papers = async (citizen: TestCitizen, id: string) =>
  (await citizen.get<PaperList & Problem>(`/payments/${id}/papers`)).body
const request = (citizen: TestCitizen, id: string, more: Partial<PaperRequest> = {}, key?: string) =>
  citizen.send<PaperList & Problem>(
    `/payments/${id}/papers`,
    { billerId: 'hz-electricity', title: personal, ...more },
    key,
  )

test('an invoice can be asked for once it is credited, is issued soon after, and its file is there', async () => {
  const citizen = await signIn(base, 'asks')
  const id = await paid(citizen, await citizen.billsOf('hz-electricity', electricity.oneDue))
  expect((await papers(citizen, id)).items).toMatchObject([
    { kind: 'e-invoice', state: 'not-offered', because: 'not-credited', expectedBy: expect.any(String) },
  ])
  expect((await request(citizen, id)).body.code).toBe('paper-not-available')
  await control('/credit', { paymentId: id })
  expect((await papers(citizen, id)).items).toMatchObject([{ state: 'available', needsTitle: true }])
  expect((await request(citizen, id)).body.items).toMatchObject([
    { state: 'issuing', title: personal, expectedBy: expect.any(String) },
  ])
  await pass(10)
  await pass(10)
  const [paper] = (await papers(citizen, id)).items
  expect(paper).toMatchObject({ state: 'issued', number: expect.stringMatching(/^26\d{18}$/), title: personal })
  const file = await fetch(paper?.fileUrl ?? '')
  expect(await file.text()).toContain('%PDF')
  // Apps that know no papers are told of it where they look.
  const { receiptId } = await citizen.payment(id)
  expect((await citizen.get<Receipt>(`/receipts/${receiptId}`)).body.eBill).toEqual({
    state: 'issued',
    number: paper?.number,
    checkCode: paper?.checkCode,
  })
})

test('asked for by two phones at once it is one paper, and the title that came first stands', async () => {
  const citizen = await signIn(base, 'races')
  const id = await credited(citizen)
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) => request(citizen, id, { title: { ...personal, name: `第${at}人` } })),
  )
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  const names = new Set(answers.map(({ body }) => body.items[0]?.title?.name))
  expect(names.size).toBe(1)
  await pass(10)
  await pass(10)
  const again = await request(citizen, id, { title: company })
  expect(again.body.items).toMatchObject([{ state: 'issued', title: { name: [...names][0] } }])
  expect(await books()).toHaveLength(1)
})

test('a basket has one paper for each biller, each of its kind, and a biller that sends by post offers none', async () => {
  const citizen = await signIn(base, 'basket')
  const bills = [
    ...(await citizen.billsOf('hz-electricity', electricity.severalDue)).slice(0, 2),
    ...(await citizen.billsOf('hz-gas', '571188003X')).slice(0, 1),
    ...(await citizen.billsOf('hz-tax', '330100202600012345')),
    ...(await citizen.billsOf('hz-fine', '330106190012345')),
  ]
  const id = await paid(citizen, bills)
  await control('/credit', { paymentId: id })
  expect((await papers(citizen, id)).items).toMatchObject([
    {
      ...{ billerId: 'hz-electricity', kind: 'e-invoice', state: 'available' },
      amountFen: (bills[0]?.amountFen ?? 0) + (bills[1]?.amountFen ?? 0),
    },
    { billerId: 'hz-gas', kind: 'e-invoice', state: 'not-offered', because: 'not-issued-here' },
    { billerId: 'hz-tax', kind: 'tax', state: 'available', needsTitle: false },
    { billerId: 'hz-fine', kind: 'fiscal', state: 'available', needsTitle: false },
  ])
  // Made out to whom the decision names: a title that is sent all the same is not kept.
  const { items } = (await request(citizen, id, { billerId: 'hz-fine', keepTitle: true })).body
  expect(items.map(({ state }) => state)).toEqual(['available', 'not-offered', 'available', 'issuing'])
  expect(items[3]).not.toHaveProperty('title')
  expect((await papers(citizen, id)).keptTitle).toBeUndefined()
})

test('a company is named with its code, whose last character checks the others', async () => {
  const citizen = await signIn(base, 'company')
  const id = await credited(citizen)
  const wrong = [
    { ...company, taxNumber: '91330106MA27XQ8K3X' },
    { kind: 'company', name: '杭州西溪文化有限公司' },
  ] as const
  for (const title of wrong)
    expect((await request(citizen, id, { title })).body).toMatchObject({
      code: 'invalid-fields',
      fields: [{ field: 'title.taxNumber' }],
    })
  expect((await request(citizen, id, { title: { kind: 'personal', name: '  ' } })).body).toMatchObject({
    fields: [{ field: 'title.name' }],
  })
  expect((await papers(citizen, id)).items).toMatchObject([{ state: 'available' }])
  expect((await request(citizen, id, { title: company })).body.items).toMatchObject([
    { state: 'issuing', title: company },
  ])
})

test('a title is kept only when the citizen says so, is offered and never sent, and is forgotten at a word', async () => {
  const citizen = await signIn(base, 'keeps')
  const id = await credited(citizen)
  expect((await request(citizen, id, { title: personal })).body.keptTitle).toBeUndefined()
  const second = await credited(citizen, electricity.overdue)
  expect((await request(citizen, second, { title: company, keepTitle: true })).body.keptTitle).toEqual(company)
  const copy = (await citizen.get<{ sections: { kind: string }[] }>('/citizen/data')).body
  const kinds = copy.sections?.map(({ kind }) => kind) ?? []
  expect(kinds).toEqual(expect.arrayContaining(['papers', 'paper_titles']))
  for (let time = 0; time < 2; time += 1)
    expect((await citizen.send('/paper-title', undefined, undefined, 'DELETE')).status).toBe(204)
  expect((await papers(citizen, second)).keptTitle).toBeUndefined()
  expect((await papers(citizen, second)).items).toMatchObject([{ title: company }])
})

test('a refused title and a failed issuer say why, and another try makes the paper', async () => {
  const citizen = await signIn(base, 'again')
  const id = await credited(citizen)
  await fault('ebill-title-refused', { times: 1 })
  await request(citizen, id, { title: company })
  await pass(1)
  expect((await papers(citizen, id)).items).toMatchObject([
    { state: 'failed', because: 'title-refused', text: expect.stringContaining('抬头'), title: company },
  ])
  await fault('ebill-failed', { times: 1 })
  await request(citizen, id)
  await pass(1)
  expect((await papers(citizen, id)).items).toMatchObject([{ state: 'failed', because: 'not-issued' }])
  await request(citizen, id)
  await pass(10)
  await pass(10)
  expect((await papers(citizen, id)).items).toMatchObject([{ state: 'issued', title: personal }])
})

test('an issuer that is slow keeps it being issued; one that never answers has failed after three days, and asked again makes one paper', async () => {
  const citizen = await signIn(base, 'silent')
  const id = await credited(citizen)
  await fault('ebill-slow')
  await request(citizen, id)
  await pass(1200)
  expect((await papers(citizen, id)).items).toMatchObject([{ state: 'issuing' }])
  await clear()
  await fault('ebill-silent')
  await pass(3 * 86_400)
  const later = await signIn(base, 'silent')
  expect((await papers(later, id)).items).toMatchObject([{ state: 'failed', because: 'no-answer' }])
  await clear()
  // It may have been issued: asked again it is the same one, with the title of before.
  expect((await request(later, id, { title: company })).body.items).toMatchObject([
    { state: 'issuing', title: personal },
  ])
  await pass(10)
  expect((await papers(later, id)).items).toMatchObject([{ state: 'issued', title: personal }])
  expect(await books()).toHaveLength(1)
})

test('money that goes back makes its paper void, and there is none to ask for any more', async () => {
  const citizen = await signIn(base, 'back')
  const id = await credited(citizen)
  await request(citizen, id)
  await pass(10)
  await pass(10)
  const [issued] = (await papers(citizen, id)).items
  expect(issued?.state).toBe('issued')
  await control('/refund', { paymentId: id })
  const [back] = (await papers(citizen, id)).items
  expect(back).toMatchObject({ state: 'not-offered', because: 'withdrawn', number: issued?.number, amountFen: 0 })
  expect(back).not.toHaveProperty('fileUrl')
  await pass(5)
  expect(await (await fetch(issued?.fileUrl ?? '')).text()).toContain('VOID')
  expect((await request(citizen, id)).body.code).toBe('paper-not-available')
  const second = await credited(citizen, electricity.overdue)
  await control('/refund', { paymentId: second })
  expect((await papers(citizen, second)).items).toMatchObject([{ state: 'not-offered', because: 'money-back' }])
})

test('money that goes back while the paper is in the making stops it, whatever the issuer answers later', async () => {
  const citizen = await signIn(base, 'crossed')
  const id = await credited(citizen)
  await fault('ebill-slow')
  await request(citizen, id)
  await pass(1)
  await Promise.all([control('/refund', { paymentId: id }), pass(10)])
  await clear()
  await pass(20)
  await pass(20)
  expect((await papers(citizen, id)).items).toMatchObject([{ state: 'not-offered', because: 'withdrawn' }])
  expect(await books()).toEqual([{ state: 'void' }])
})

test('a request that meets its refund ends with no valid paper', async () => {
  const citizen = await signIn(base, 'meets')
  const id = await credited(citizen)
  await Promise.all([request(citizen, id), control('/refund', { paymentId: id }), request(citizen, id)])
  await pass(10)
  await pass(20)
  expect((await papers(citizen, id)).items).toMatchObject([{ state: 'not-offered' }])
  for (const { state } of await books()) expect(state).toBe('void')
})

test('somebody else’s payment has no papers, and a city without them says so', async () => {
  const citizen = await signIn(base, 'owner')
  const id = await credited(citizen)
  const other = await signIn(base, 'stranger')
  expect((await other.get<Problem>(`/payments/${id}/papers`)).status).toBe(404)
  expect((await request(other, id)).status).toBe(404)
  const harbin = await signIn(sandbox.city('230100'), 'northern')
  expect((await harbin.get<Problem>(`/payments/${id}/papers`)).status).toBe(404)
  const { features, paperHosts } = (await ask<Manifest>(base, { path: '/manifest' })).body
  expect(features).toContain('papers')
  expect(paperHosts).toEqual(['inv.hangzhou.example'])
})
