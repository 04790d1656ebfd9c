import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { type Attempts, attemptsIn } from '../../../city/billing/legacy/attempts'
import { legacyBiller } from '../../../city/billing/legacy/biller'
import { LegacyUnclear } from '../../../city/billing/legacy/message'
import { dayFrom, fenOf } from '../../../city/billing/legacy/values'
import { severalBillers } from '../../../city/billing/several-billers'
import { type Database, openDatabase } from '../../../city/database/database'
import { cityMigrations } from '../../../city/database/migrate'
import type { Billers, Credit, CreditRequest } from '../../../city/ports'
import {
  type LegacyAccount,
  type LegacyMisbehaviour,
  type LegacyServer,
  startLegacyBiller,
} from '../../../sandbox/legacy-biller'
import { testDatabase } from '../../support/sandbox'

/** An old billing system over HTTP, with what it does wrong. Its money is in fen in its own books. */

const billerId = 'old-water'
const cityId = '330100'
const QUIET_SECONDS = 0.4
const LATER_MS = 80
/** For a system that does answer; and for one that may not. */
const PATIENT_MS = 3000
const TIMEOUT_MS = 150

let server: LegacyServer
let database: Database
let attempts: Attempts
let release: () => Promise<void>
let time = '2026-11-28T10:00:00+08:00'
const clock = { now: () => new Date(time) }

beforeAll(async () => {
  const lent = await testDatabase()
  release = lent.release
  database = await openDatabase(lent.databaseUrl, lent.schema)
  await database.update([cityMigrations])
  attempts = attemptsIn(database)
  const isClosed = () => time.slice(11, 13) === '23' || time.slice(11, 13) < '06'
  server = await startLegacyBiller({ isClosed, slowMs: TIMEOUT_MS * 2, laterMs: LATER_MS })
}, 100_000)
beforeEach(() => {
  time = '2026-11-28T10:00:00+08:00'
})
afterAll(async () => {
  await server.close()
  await database.empty()
  await database.close()
  await release()
})

const title = (month: string) => ({ zh: `${month} 水费`, en: `Water, ${month}` })
const adapter = (timeoutMs = PATIENT_MS): Billers =>
  legacyBiller({
    ...{ url: server.url, billerId, kind: 'water', title, clock, attempts },
    ...{ closed: { from: '23:00', to: '06:00' }, timeoutMs, quietSeconds: QUIET_SECONDS },
  })

let numbers = 0
function account(more: Partial<LegacyAccount> = {}): LegacyAccount {
  numbers += 1
  const bill = (n: number, fen: number, booked: LegacyAccount['bills'][number]['booked'] = []) => ({
    billNo: `2026${String(n).padStart(2, '0')}/${numbers}`,
    ...{ period: `2026${String(n).padStart(2, '0')}`, fen, lateFeeFen: n === 9 ? 305 : 0, usage: '12.5' },
    ...{ issued: `2026${String(n).padStart(2, '0')}01`, due: '20261128', booked },
  })
  const made = {
    ...{
      number: String(86_000_000 + numbers),
      holder: '王建国',
      address: '西湖区文三路20号3幢601',
      phone: '13800000001',
    },
    bills: [bill(8, 4200, [{ serial: 'counter', fen: 4200 }]), bill(9, 128_558), bill(10, 123_456_789), bill(11, 7)],
    ...more,
  }
  server.accounts.set(made.number, made)
  return made
}
const holder = { name: '王建国', phone: '13800000001' }
const stranger = { name: '李四', phone: '13900000002' }
const ask = ({ number }: Pick<LegacyAccount, 'number'>, person = stranger, biller = adapter()) =>
  biller.lookUp({ cityId, billerId, number, person })
const idOf = ({ number }: LegacyAccount, billNo: string) =>
  `${billerId}.${number}.${Buffer.from(billNo).toString('base64url')}`

test('an account and its bills come out in fen, with days as the city writes them', async () => {
  const its = account()
  const found = await ask(its)
  expect(found).toMatchObject({ holder: '王建国', address: { zh: '西湖区文三路20号3幢601' }, isHolder: false })
  expect(found?.bills.map(({ amountFen, lateFeeFen }) => [amountFen, lateFeeFen])).toEqual([
    [128_863, 305],
    [123_456_789, 0],
    [7, 0],
  ])
  expect(found?.bills[0]).toMatchObject({
    ...{ id: idOf(its, `202609/${numbers}`), issuedOn: '2026-09-01', dueOn: '2026-11-28' },
    ...{
      period: { from: '2026-09-01', to: '2026-09-30' },
      usage: { quantity: '12.5' },
      lines: [{ amountFen: 128_558 }],
    },
  })
  expect(await ask({ number: '1' })).toBeNull()
})

test('the holder is who has the name and the telephone number, and hears of settled bills', async () => {
  const its = account()
  const found = await ask(its, holder)
  expect([found?.isHolder, found?.bills.length, found?.bills.filter(({ settledAt }) => settledAt).length]).toEqual([
    true,
    4,
    1,
  ])
  expect((await ask(its, { ...holder, phone: '13800000002' }))?.isHolder).toBe(false)
  expect((await ask(its, { ...holder, name: '王国' }))?.isHolder).toBe(false)
  const rare = await ask(account({ holder: '㛃𠮷田' }), { name: '㛃𠮷田', phone: holder.phone })
  expect([rare?.holder, rare?.isHolder]).toEqual(['〓〓田', true])
  expect((await ask(account({ holder: '𠮷' }), { name: '𠮷', phone: holder.phone }))?.isHolder).toBe(false)
})

const unclear: LegacyMisbehaviour[] = [
  ...([
    'slow',
    'answer-lost',
    'hangs-up',
    'html',
    'server-error',
    'truncated',
    'malformed',
    'list-cut',
    'bill-twice',
  ] as const),
  ...(['empty-amount', 'no-number', 'bad-bytes', 'other-account', 'entities', 'busy-code'] as const),
]

test.each(unclear)('M12: with "%s" nothing is known: never "nothing due", and never another amount', async (wrong) => {
  const its = account()
  server.misbehave(wrong)
  await expect(ask(its, stranger, adapter(wrong === 'slow' ? TIMEOUT_MS : PATIENT_MS))).rejects.toThrow()
  expect((await ask(its))?.bills).toHaveLength(3)
})

test('at night it is closed: it says until when, answers nothing and books nothing', async () => {
  const its = account()
  const closedUntil = async (at: string) => {
    time = at
    return (await adapter().closedUntil({ cityId, billerId }))?.toISOString() ?? null
  }
  expect(await closedUntil('2026-11-28T22:59:59+08:00')).toBeNull()
  expect(await closedUntil('2026-11-28T23:00:00+08:00')).toBe('2026-11-28T22:00:00.000Z')
  expect(await closedUntil('2026-11-29T05:59:59+08:00')).toBe('2026-11-28T22:00:00.000Z')
  expect(await closedUntil('2026-11-29T06:00:00+08:00')).toBeNull()
  time = '2026-11-29T03:00:00+08:00'
  await expect(ask(its)).rejects.toThrow(LegacyUnclear)
  expect(await adapter().credit(payment(its, 'AtNight'))).toEqual(['open'])
  time = '2026-11-29T06:30:00+08:00'
  expect(await adapter().credit(payment(its, 'AtNight'))).toEqual(['taken'])
  expect(bookings(its)).toEqual([1])
})

const payment = (its: LegacyAccount, reference: string, amountFen = 128_863): CreditRequest => ({
  ...{ cityId, reference, paidAt: clock.now() },
  bills: [{ billerId, number: its.number, billId: idOf(its, its.bills[1]?.billNo ?? ''), amountFen }],
})
const bookings = (its: LegacyAccount) => [its.bills[1]?.booked.length]
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('money is booked once, however often and wherever it is told', async () => {
  const its = account()
  const [one, other] = [adapter(), adapter()]
  const answers = await Promise.all([one, other, one, other].map((biller) => biller.credit(payment(its, 'Once'))))
  expect(answers.flat()).toContain('taken')
  expect(await other.credit(payment(its, 'Once'))).toEqual(['taken'])
  expect(bookings(its)).toEqual([1])
})

test('a bill that somebody paid at the counter, or that grew, is refused and not booked', async () => {
  const its = account()
  its.bills[1]?.booked.push({ serial: 'counter', fen: 128_863 })
  expect(await adapter().credit(payment(its, 'TooLate'))).toEqual(['refused'])
  expect(bookings(its)).toEqual([1])
  const grown = account()
  expect(await adapter().credit(payment(grown, 'Grown', 128_000))).toEqual(['refused'])
  expect(bookings(grown)).toEqual([0])
})

test('what was done after everybody had left is found, not done again', async () => {
  const its = account()
  const biller = adapter()
  server.misbehave('done-later', '2001')
  expect(await adapter(TIMEOUT_MS).credit(payment(its, 'Later'))).toEqual(['open'])
  await pause(LATER_MS)
  expect(await biller.credit(payment(its, 'Later'))).toEqual(['taken'])
  expect(bookings(its)).toEqual([1])
})

test('a list that is older than a booking does not have it booked again', async () => {
  const its = account()
  server.misbehave('answer-lost', '2001')
  expect(await adapter().credit(payment(its, 'OldList'))).toEqual(['open'])
  await pause(QUIET_SECONDS * 1000 + 20)
  server.misbehave('old-list', '1001')
  expect(await adapter().credit(payment(its, 'OldList'))).toEqual(['taken'])
  await ask(its)
  expect(bookings(its)).toEqual([1])
})

test('what was never done is told again, but not before the system has certainly forgotten it', async () => {
  const its = account()
  const biller = adapter()
  const before = server.calls('2001')
  server.misbehave('hangs-up', '2001')
  for (let times = 0; times < 3; times += 1) expect(await biller.credit(payment(its, 'Again'))).toEqual(['open'])
  expect([server.calls('2001') - before, ...bookings(its)]).toEqual([1, 0])
  await pause(QUIET_SECONDS * 1000 + 20)
  expect(await biller.credit(payment(its, 'Again'))).toEqual(['taken'])
  expect([server.calls('2001') - before, ...bookings(its)]).toEqual([2, 1])
})

test('amounts and days that are none are refused, digit by digit', () => {
  expect(['1,285.58', '0.1', '7', '¥12.30', '1,234,567.00'].map(fenOf)).toEqual([128_558, 10, 700, 1230, 123_456_700])
  for (const text of ['', '-1', '1.234', '12,34', '1,2345.00', '1e3', 'NaN', '--', '１２'])
    expect(() => fenOf(text)).toThrow(LegacyUnclear)
  expect(dayFrom('20280229')).toBe('2028-02-29')
  for (const text of ['20261131', '20260229', '2026-11-28', '', '00000000'])
    expect(() => dayFrom(text)).toThrow(LegacyUnclear)
})

const wrongInCredit = [
  ...([
    'slow',
    'answer-lost',
    'hangs-up',
    'done-later',
    'html',
    'truncated',
    'busy-code',
    'other-account',
    'empty-amount',
    'old-list',
  ] as const),
]
const step = fc.record({
  act: fc.constantFrom('credit', 'credit', 'credit', 'both', 'counter', 'wait'),
  wrongs: fc.array(fc.option(fc.constantFrom(...wrongInCredit), { freq: 2 }), { maxLength: 4 }),
})

test('random histories: in the end each payment is booked once or refused, whatever went wrong', async () => {
  const seed = Number(process.env.SEED ?? randomInt(2 ** 31))
  const numRuns = Number(process.env.HISTORIES ?? 25)
  const ends = { taken: 0, refused: 0 }
  const history = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
    const its = account()
    const request = payment(its, `R${numbers}`)
    const serial = `${request.reference}-${its.bills[1]?.billNo}`
    const [one, other] = [adapter(TIMEOUT_MS), adapter(TIMEOUT_MS)]
    let known: Credit = 'open'
    const take = ([answer = 'open']: Credit[]) => {
      if (known !== 'open') expect(answer).not.toBe(known === 'taken' ? 'refused' : 'taken')
      if (answer !== 'open') known = answer
    }
    for (const { act, wrongs } of steps) {
      // What the city knows in the end it does not ask again.
      if (known !== 'open') break
      for (const wrong of wrongs) if (wrong !== null) server.misbehave(wrong)
      if (act === 'credit') take(await one.credit(request))
      if (act === 'both')
        for (const answer of await Promise.all([one, other].map((each) => each.credit(request)))) take(answer)
      if (act === 'counter' && its.bills[1]?.booked.length === 0)
        its.bills[1].booked.push({ serial: 'counter', fen: 128_863 })
      if (act === 'wait') await pause(QUIET_SECONDS * 1000 + 20)
    }
    for (let tries = 0; known === 'open'; tries += 1) {
      expect(tries).toBeLessThan(20)
      await pause(QUIET_SECONDS * 500)
      take(await other.credit(request))
    }
    await pause(LATER_MS + 10)
    const booked = its.bills[1]?.booked.filter((each) => each.serial === serial) ?? []
    expect([known, booked.map(({ fen }) => fen)]).toEqual([known, known === 'taken' ? [128_863] : []])
    ends[known === 'taken' ? 'taken' : 'refused'] += 1
  })
  try {
    await fc.assert(history, { seed, numRuns, endOnFailure: true })
  } finally {
    process.stdout.write(`SEED=${seed} HISTORIES=${numRuns} ${JSON.stringify(ends)}\n`)
  }
}, 600_000)

test('a basket of several systems: each books its own, and one that is away holds up no other', async () => {
  const its = account()
  const elsewhere = { billerId: 'new-gas', number: '1', billId: 'b-1', amountFen: 100 }
  const main = { ...adapter(), credit: async ({ bills }: CreditRequest) => bills.map(() => 'taken' as const) }
  const billers = severalBillers(main, new Map([[`${cityId}/${billerId}`, adapter()]]))
  const request = payment(its, 'Basket')
  const basket = { ...request, bills: [elsewhere, ...request.bills, { ...elsewhere, billId: 'b-2' }] }
  server.misbehave('hangs-up')
  expect(await billers.credit(basket)).toEqual(['taken', 'open', 'taken'])
  await pause(QUIET_SECONDS * 1000 + 50)
  expect(await billers.credit(basket)).toEqual(['taken', 'taken', 'taken'])
  expect(bookings(its)).toEqual([1])
})
