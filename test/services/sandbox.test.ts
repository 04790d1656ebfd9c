import type { Bill } from '@/domain/bill'
import { asId, type BillerId, type CityId, type HallId, type ItemId, type SlotId } from '@/domain/ids'
import { consentsOf } from '@/services/consents'
import type { Services } from '@/services/create-services'
import { hallsOf } from '@/services/halls'
import { holdsOf } from '@/services/holds'
import { receiptsOf } from '@/services/receipts'
import { refundsOf } from '@/services/refunds'
import { slotsOf } from '@/services/slots'
import { hall, item } from '../support/booking'
import { electricity, signIn } from '../support/citizen'
import { cityId, failureOf, hangzhou } from '../support/city'
import { createPhone, type Phone } from '../support/phone'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startTestSandbox()
}, 100_000)
beforeEach(() => sandbox.control('POST', '/reset', { set: '2026-11-23T10:00:00+08:00' }))
afterAll(() => sandbox.close())

const fault = (name: string, more: object = {}) => sandbox.control('PUT', '/faults', { name, ...more })
const hallId = asId<HallId>(hall)
const itemId = asId<ItemId>(item)

/** The phone of a citizen, who is the same each time. */
function phoneOf(who: string, cities: readonly CityId[] = [hangzhou]): Phone {
  return createPhone({
    host: 'preview',
    addresses: Object.fromEntries(cities.map((city) => [city, sandbox.city(city)])),
    login: async () => ({ host: 'preview', code: `preview-${who}` }),
  })
}

/** Binds an account of the seed and gives the first bill that is due. */
async function billOf(services: Services, number: string): Promise<Bill> {
  const match = await services.accounts.match(hangzhou, asId<BillerId>('hz-electricity'), number)
  if (match.outcome !== 'matched') throw new Error(match.outcome)
  const binding = { matchId: match.matchId, relation: 'mine' } as const
  const account = await services.accounts.bind(hangzhou, binding, services.newIdempotencyKey())
  const lookup = await services.bills.lookUp(hangzhou, account.id)
  const bill = lookup.outcome === 'bill' ? lookup.bills[0] : undefined
  if (!bill) throw new Error(lookup.outcome)
  return bill
}

const orderOf = ({ id, version, amountFen }: Bill) => ({ bills: [{ billId: id, version }], totalFen: amountFen })

test.each(['330100', '510100', '230100', '460200'])('the manifest of %s holds what the contract says', async (code) => {
  const city = cityId(code)
  const { services } = phoneOf('citizen', [city])
  const manifest = await services.manifest.get(city)
  expect(manifest.cityId).toBe(code)
  expect(manifest.billers.length).toBeGreaterThan(0)
})

test('N20: a phone whose citizen was erased goes on as a new one, and shows nothing of the old one', async () => {
  const { services } = phoneOf('erased')
  await billOf(services, electricity.oneDue)
  const before = await services.citizen.get(hangzhou)
  expect((await services.accounts.list(hangzhou)).items).toHaveLength(1)
  await eraseElsewhere('erased')
  const after = await services.citizen.get(hangzhou)
  expect(after.id).not.toBe(before.id)
  expect(services.sessions.current(hangzhou)?.citizenId).toBe(after.id)
  expect((await services.accounts.list(hangzhou)).items).toEqual([])
})

/** On another device of the same person. */
async function eraseElsewhere(who: string) {
  const other = await signIn(sandbox.city(hangzhou), who)
  expect((await other.send('/citizen/erasure', { confirmed: true })).status).toBe(204)
}

test('N1: a token that expires in the middle is renewed once for all waiting calls', async () => {
  const phone = phoneOf('expired')
  await phone.services.citizen.get(hangzhou)
  await fault('token-expired', { times: 5 })
  // Five different reads: equal ones would share one request.
  const kinds = ['electricity', 'water', 'gas', 'tax', 'fine'] as const
  const calls = kinds.map((kind) => phone.services.bills.list(hangzhou, { kind }))
  await expect(Promise.all(calls)).resolves.toHaveLength(5)
  expect(phone.logins()).toBe(2)
})

test('N2: a dropped connection is survived by a read and by a keyed call', async () => {
  const { services } = phoneOf('dropped')
  const bill = await billOf(services, electricity.oneDue)
  await fault('dropped-connection', { operationId: 'getBill', times: 2 })
  expect((await services.bills.get(hangzhou, bill.id)).amountFen).toBe(bill.amountFen)
  await fault('dropped-connection', { operationId: 'createPayment', times: 2 })
  const { payment } = await services.payments.create(hangzhou, orderOf(bill), services.newIdempotencyKey())
  expect(payment.amountFen).toBe(bill.amountFen)
})

test('N3: a busy city gets no request for as long as it asks', async () => {
  const phone = phoneOf('busy')
  await fault('busy-429', { operationId: 'getManifest', times: 1 })
  await phone.services.manifest.get(hangzhou)
  expect(phone.pauses).toHaveLength(1)
  expect(phone.pauses[0]).toBeGreaterThanOrEqual(1_000)
})

test.each([
  ['error-500', 'city-error'],
  ['html-instead-of-json', 'not-json'],
  ['contract-breaking-answer', 'contract-broken'],
] as const)('N4: %s is the typed error %s, with a request id', async (name, kind) => {
  const { services } = phoneOf('broken')
  await fault(name)
  const error = await failureOf(services.manifest.get(hangzhou))
  expect(error.kind).toBe(kind)
  expect(error.requestId.length).toBeGreaterThan(5)
})

test('N4: half a body is a typed error', async () => {
  const { services } = phoneOf('half')
  await fault('half-body')
  expect(['not-json', 'offline']).toContain((await failureOf(services.manifest.get(hangzhou))).kind)
})

test('N4: an amount that is not a whole number of fen is never shown', async () => {
  const { services } = phoneOf('fraction')
  const bill = await billOf(services, electricity.oneDue)
  await fault('fractional-fen')
  expect((await failureOf(services.bills.get(hangzhou, bill.id))).kind).toBe('contract-broken')
})

test('M1: when the response is lost, the same key finds the same payment', async () => {
  const { services } = phoneOf('lost')
  const bill = await billOf(services, electricity.oneDue)
  await fault('lost-answer', { operationId: 'createPayment', times: 1 })
  const { payment } = await services.payments.create(hangzhou, orderOf(bill), services.newIdempotencyKey())
  const { items } = await services.payments.list(hangzhou)
  expect(items.map(({ id }) => id)).toEqual([payment.id])
})

test('M1: a second tap with its own key gets the live payment, not a second one', async () => {
  const { services } = phoneOf('double-tap')
  const bill = await billOf(services, electricity.oneDue)
  const tap = () => services.payments.create(hangzhou, orderOf(bill), services.newIdempotencyKey())
  const [first, second] = await Promise.all([tap(), tap()])
  expect(second.payment.id).toBe(first.payment.id)
})

test('M2: an unknown result stays unknown, and the cashier’s result is only a hint', async () => {
  const { services } = phoneOf('unknown')
  const bill = await billOf(services, electricity.oneDue)
  const { payment, cashier } = await services.payments.create(hangzhou, orderOf(bill), services.newIdempotencyKey())
  expect(cashier?.kind).toBe('till')
  await fault('unknown-result')
  const hint = { outcome: 'accepted', detail: '9000' } as const
  const reported = await services.payments.reportCashierResult(hangzhou, payment.id, hint, services.newIdempotencyKey())
  expect(reported.state).toBe('unknown')
  const read = await services.payments.get(hangzhou, payment.id)
  expect(read).toMatchObject({ state: 'unknown', consistency: 'strong' })
})

test('M7: a bill that changed in between brings both amounts, and nothing is started', async () => {
  const { services } = phoneOf('changed')
  const bill = await billOf(services, electricity.oneDue)
  await fault('bill-changed', { times: 1 })
  const error = await failureOf(services.payments.create(hangzhou, orderOf(bill), services.newIdempotencyKey()))
  expect(error).toMatchObject({ kind: 'refused', code: 'bill-changed', status: 409 })
  const [now] = error.bills ?? []
  expect(now).toMatchObject({ billId: bill.id, version: bill.version + 1 })
  expect(now?.amountFen).not.toBe(bill.amountFen)
  expect((await services.payments.list(hangzhou)).items).toEqual([])
})

test('a payment goes from the order to the receipt', async () => {
  const { services } = phoneOf('whole-way')
  const bill = await billOf(services, electricity.oneDue)
  const { payment } = await services.payments.create(hangzhou, orderOf(bill), services.newIdempotencyKey())
  await sandbox.control('POST', '/pay', { paymentId: payment.id })
  const paid = await services.payments.get(hangzhou, payment.id)
  expect(paid.state).toBe('paid')
  const receipt = await services.of(receiptsOf).get(hangzhou, paid.receiptId ?? asId('none'))
  expect(receipt).toMatchObject({ paymentId: payment.id, amountFen: bill.amountFen })
  expect(services.of(receiptsOf).cached(hangzhou, receipt.id)?.value.number).toBe(receipt.number)
  expect(await services.of(refundsOf).list(hangzhou, payment.id)).toEqual([])
  const report = { about: { kind: 'payment', id: payment.id }, reason: 'not-credited', text: '钱已付' } as const
  const { reference } = await services.reports.create(hangzhou, report, services.newIdempotencyKey())
  expect((await services.reports.list(hangzhou)).items.map((each) => each.reference)).toEqual([reference])
})

test('closing a payment returns its state', async () => {
  const { services } = phoneOf('closing')
  const bill = await billOf(services, electricity.oneDue)
  const { payment } = await services.payments.create(hangzhou, orderOf(bill), services.newIdempotencyKey())
  const again = await services.payments.openCashier(hangzhou, payment.id, services.newIdempotencyKey())
  expect(again.payment.reference).toBe(payment.reference)
  const closed = await services.payments.close(hangzhou, payment.id, services.newIdempotencyKey())
  expect(['closing', 'closed']).toContain(closed.state)
})

test('an account is bound, changed, unbound and brought back', async () => {
  const { services } = phoneOf('accounts')
  await billOf(services, electricity.oneDue)
  const [account] = (await services.accounts.list(hangzhou)).items
  if (!account) throw new Error('nothing bound')
  const changed = await services.accounts.change(hangzhou, account.id, { nickname: '爸妈家', relation: 'someone-else' })
  expect(changed).toMatchObject({ nickname: '爸妈家', relation: 'someone-else' })
  expect((await services.accounts.unbind(hangzhou, account.id)).undoUntil).toContain('2026-11-23T')
  expect((await services.accounts.list(hangzhou)).items).toEqual([])
  const back = await services.accounts.restore(hangzhou, account.id, services.newIdempotencyKey())
  expect(back.nickname).toBe('爸妈家')
  expect((await services.accounts.get(hangzhou, account.id)).id).toBe(account.id)
})

test('a visit is found, held, confirmed, and opens without network', async () => {
  const { services } = phoneOf('visitor')
  expect((await services.of(hallsOf).list(hangzhou)).items.map(({ id }) => id)).toContain(hallId)
  expect((await services.items.list(hangzhou, hallId)).items.map(({ id }) => id)).toContain(itemId)
  expect((await services.of(hallsOf).get(hangzhou, hallId)).id).toBe('9007199254740995')
  expect((await services.items.get(hangzhou, itemId)).materials.length).toBeGreaterThan(0)
  const { days } = await services.of(slotsOf).days(hangzhou, hallId, [itemId])
  const free = days.find(({ status }) => status === 'free')
  const { slots } = await services.of(slotsOf).list(hangzhou, hallId, [itemId], free?.day ?? '')
  const slotId = slots.find((slot) => slot.free > 0)?.id ?? asId<SlotId>('none')
  const hold = await services.of(holdsOf).create(hangzhou, { slotId, itemId }, services.newIdempotencyKey())
  expect((await services.of(holdsOf).get(hangzhou, hold.id)).state).toBe('held')
  const leftMs = Date.parse(hold.expiresAt) - services.serverNow(hangzhou)
  expect(leftMs).toBeGreaterThan(200_000)
  expect(leftMs).toBeLessThanOrEqual(301_000)
  const visitor = { name: '李小明', phone: '13800000001' }
  const visit = await services.appointments.confirm(hangzhou, hold.id, visitor, services.newIdempotencyKey())
  expect(visit).toMatchObject({ state: 'confirmed', visitorName: expect.stringContaining('*') })
  await services.appointments.get(hangzhou, visit.id)
  expect(services.appointments.cached(hangzhou, visit.id)?.value.checkIn?.code).toBe(visit.checkIn?.code)
  expect((await services.appointments.list(hangzhou, { upcoming: true })).items).toHaveLength(1)
  expect((await services.citizen.get(hangzhou)).counters.activeAppointments).toBe(1)
  const cancelled = await services.appointments.cancel(hangzhou, visit.id, services.newIdempotencyKey())
  expect(cancelled.state).toBe('cancelled-by-citizen')
})

test('S1: the second gets the nearest three', async () => {
  const { services } = phoneOf('second')
  const { days } = await services.of(slotsOf).days(hangzhou, hallId, [itemId])
  const free = days.find(({ status }) => status === 'free')
  const { slots } = await services.of(slotsOf).list(hangzhou, hallId, [itemId], free?.day ?? '')
  const slotId = slots.find((slot) => slot.free > 0)?.id ?? asId<SlotId>('none')
  await fault('slot-taken', { times: 1 })
  const error = await failureOf(services.of(holdsOf).create(hangzhou, { slotId, itemId }, services.newIdempotencyKey()))
  expect(error.code).toBe('slot-taken')
  expect(error.alternatives?.length).toBeGreaterThan(0)
  expect(error.alternatives?.every((slot) => slot.id !== slotId && slot.free > 0)).toBe(true)
})

test('a visit is moved in one step, and keeps its number', async () => {
  const { services } = phoneOf('mover')
  const { days } = await services.of(slotsOf).days(hangzhou, hallId, [itemId])
  const free = days.find((day) => day.status === 'free')
  const { slots } = await services.of(slotsOf).list(hangzhou, hallId, [itemId], free?.day ?? '')
  const [first, second] = slots.filter((slot) => slot.free > 0)
  if (!first || !second) throw new Error('no two free times')
  const hold = await services.of(holdsOf).create(hangzhou, { slotId: first.id, itemId }, services.newIdempotencyKey())
  const visitor = { name: '李小明', phone: '13800000001' }
  const { id } = await services.appointments.confirm(hangzhou, hold.id, visitor, services.newIdempotencyKey())
  const order = { slotId: second.id, itemId, appointmentId: id }
  const other = await services.of(holdsOf).create(hangzhou, order, services.newIdempotencyKey())
  const moved = await services.appointments.swap(hangzhou, id, other.id, services.newIdempotencyKey())
  expect(moved).toMatchObject({ id, state: 'confirmed', slot: { id: second.id } })
})

test('the city stores consents and the waitlist', async () => {
  const { services } = phoneOf('waiting')
  await services.of(consentsOf).give(hangzhou, { consent: 'messages', version: 1 })
  expect((await services.citizen.get(hangzhou)).consents).toMatchObject([
    { consent: 'messages', given: true },
    { consent: 'real-name', given: true },
  ])
  const { days } = await services.of(slotsOf).days(hangzhou, hallId, [itemId])
  const full = days.find(({ status }) => status === 'full')
  const request = { hallId, itemId, day: full?.day ?? '', part: 'any' } as const
  const entry = await services.waitlist.join(hangzhou, request, services.newIdempotencyKey())
  expect((await services.waitlist.list(hangzhou)).map(({ id }) => id)).toEqual([entry.id])
  await services.waitlist.leave(hangzhou, entry.id)
  expect((await services.waitlist.list(hangzhou)).filter(({ state }) => state === 'waiting')).toEqual([])
})

test('N5: the clock is the city’s, also when the city is years ahead of the phone', async () => {
  const { services } = phoneOf('time')
  await sandbox.control('POST', '/clock', { set: '2031-05-01T08:00:00+08:00' })
  await services.manifest.get(hangzhou)
  expect(Math.abs(services.serverNow(hangzhou) - Date.parse('2031-05-01T08:00:00+08:00'))).toBeLessThan(5_000)
})

test('signing out ends the session in the city', async () => {
  const phone = phoneOf('leaving')
  await phone.services.citizen.get(hangzhou)
  await phone.services.sessions.end(hangzhou)
  expect((await failureOf(phone.services.citizen.get(hangzhou))).kind).toBe('signed-out')
})
