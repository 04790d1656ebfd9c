import fc from 'fast-check'
import { isProblem } from '../../city/http/problem'
import { credit, creditWhatIsDue } from '../../city/payments/credit'
import { recallBill, sweepRecalls } from '../../city/payments/recalls'
import { finishRefunds } from '../../city/payments/refund'
import { type PaymentKey, readPayment } from '../../city/payments/rows'
import type { Billers } from '../../city/ports'
import type { Service } from '../../city/service'
import { own } from '../../sandbox/tables'
import { moneyProblems } from '../support/money-ledger'
import { type ModelCity, newHousehold, openCity } from './payments/city'
import { readTruth } from './payments/truth'

/**
 * A paid payment, its crediting, recalls of its bills and refunds, in any order and at the same time, with billers that refuse, keep silent,
 * and whose answers get lost: in the end each bill's money is with its biller or with who paid it, never both, never neither.
 * SEQUENCES sets how many histories; SEED repeats them.
 */
const count = Number(process.env.SEQUENCES ?? 60)
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)

let city: ModelCity
beforeAll(async () => {
  city = await openCity(0)
}, 100_000)
afterAll(() => city.close(), 30_000)

type Mood = 'usual' | 'refuses' | 'silent' | 'lost'
type Act = { readonly kind: 'credit' | 'recall' | 'decide' | 'refund'; readonly bill: number; readonly mood: Mood }
type Moment = readonly Act[]

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('credit', 'recall', 'recall', 'decide', 'refund'),
  bill: fc.nat(1),
  mood: fc.constantFrom('usual', 'usual', 'refuses', 'silent', 'lost'),
})
/** What happens at one time; mostly one thing. */
const moment: fc.Arbitrary<Moment> = fc.oneof(
  { weight: 3, arbitrary: act.map((one) => [one]) },
  { weight: 2, arbitrary: fc.array(act, { minLength: 2, maxLength: 3 }) },
)

/** Billers that act, and in this mood: what is lost has been done all the same. */
function billersIn(mood: Mood): Billers {
  const { world } = city.sandbox
  const { billers } = world
  const lost = async <T>(work: Promise<T>): Promise<T> => {
    await work
    throw new Error('the answer is lost')
  }
  return {
    ...billers,
    async credit(request) {
      if (mood === 'silent') return request.bills.map(() => 'open')
      if (mood === 'refuses') world.faults.set({ name: 'credit-refused', times: 1 }, true)
      const work = billers.credit(request)
      return mood === 'lost' ? lost(work) : work
    },
    async recall(bill) {
      if (mood === 'silent') return { decision: 'open' }
      if (mood === 'refuses') world.faults.set({ name: 'recall-declined', times: 1 }, true)
      const answer = billers.recall?.(bill) ?? Promise.reject(new Error('no recalls'))
      return mood === 'lost' ? lost(answer) : answer
    },
  }
}

const services = new Map<Mood, Service>()
function serviceIn(mood: Mood): Service {
  const known = services.get(mood)
  if (known) return known
  const made: Service = Object.create(city.sandbox.world, { billers: { value: billersIn(mood), enumerable: true } })
  services.set(mood, made)
  return made
}

/** Two bills that were just paid at the till. */
async function paidPayment() {
  const { world } = city.sandbox
  const household = await newHousehold(city)
  const billIds = household.billIds.slice(0, 2)
  const { db } = world.database
  const now = world.clock.now()
  const id = `p-recall-${household.accounts[0]?.number}`
  const reference = `HZ${id}`
  const bills = await own(db).selectFrom('book_bills').selectAll().where('id', 'in', billIds).orderBy('id').execute()
  const amount = bills.reduce((sum, bill) => sum + bill.amount_fen, 0)
  const key: PaymentKey = { city_id: city.id, id }
  await db
    .insertInto('citizens')
    .values({ id: 'recaller', city_id: city.id, subject: 'preview/recaller', name: '李', phone: '1', created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await db
    .insertInto('bills')
    .values(
      bills.map(({ id: bill, biller_id, number, kind, title, lines, amount_fen, issued_on, due_on }) => ({
        ...{ id: bill, city_id: city.id, biller_id, number, kind, amount_fen, issued_on, due_on },
        title: JSON.stringify(title),
        lines: JSON.stringify(lines),
      })),
    )
    .execute()
  await db
    .insertInto('payments')
    .values({
      ...{ ...key, citizen_id: 'recaller', reference, state: 'paid', amount_fen: amount, cashier: 'till' },
      ...{ created_at: now, expires_at: now, paid_at: now, credit_by: now, credit_after: now },
    })
    .execute()
  await db
    .insertInto('payment_bills')
    .values(
      bills.map(({ id: bill, kind, amount_fen }, position) => ({
        ...{ city_id: city.id, payment_id: id, position, bill_id: bill, bill_version: 1, kind, amount_fen },
        title: JSON.stringify({ zh: '电费', en: 'Electricity' }),
      })),
    )
    .execute()
  await db
    .insertInto('ledger')
    .values({ city_id: city.id, payment_id: id, kind: 'in', bill_id: '', amount_fen: amount, at: now })
    .execute()
  await own(db)
    .insertInto('vendor_orders')
    .values({
      ...{ reference, city_id: city.id, payment_id: id, vendor: 'till', state: 'SUCCESS', amount_fen: amount },
      ...{ vendor_number: reference, expires_at: now, paid_at: now },
    })
    .execute()
  return { key, reference, billIds }
}

async function happen({ kind, bill, mood }: Act, key: PaymentKey, billIds: readonly string[]): Promise<void> {
  const service = serviceIn(mood)
  const { database } = service
  if (kind === 'credit') await credit(service, await readPayment(database.db, key))
  if (kind === 'decide') await sweepRecalls(service)
  if (kind === 'refund') await finishRefunds(service, key, { atOnce: true })
  if (kind === 'recall')
    await database
      .transaction((trx) => recallBill(service, trx, key, billIds[bill] ?? ''))
      .catch((error: unknown) => {
        if (!isProblem(error)) throw error
      })
}

/** Everybody answers, and time passes until nothing is under way; for so long and no longer. */
async function heal(paid: readonly Paid[]): Promise<void> {
  const service = serviceIn('usual')
  let left = paid.map(({ key }) => key)
  for (let time = 0; time < 8 && left.length > 0; time += 1) {
    city.sandbox.world.clock.advance(4000)
    for (const key of left) await creditWhatIsDue(service, await readPayment(service.database.db, key))
    await sweepRecalls(service)
    for (const key of left) await finishRefunds(service, key, { atOnce: true })
    const still: PaymentKey[] = []
    for (const key of left) if (await isUnderWay(key)) still.push(key)
    left = still
  }
}

async function isUnderWay({ city_id, id }: PaymentKey): Promise<boolean> {
  const { db } = city.sandbox.world.database
  const { state } = await readPayment(db, { city_id, id })
  if (state === 'paid' || state === 'refunding') return true
  const asked = await db
    .selectFrom('payment_bills')
    .select('bill_id')
    .where('city_id', '=', city_id)
    .where('payment_id', '=', id)
    .where('recall_state', '=', 'asked')
    .executeTakeFirst()
  return asked !== undefined
}

type Paid = Awaited<ReturnType<typeof paidPayment>>
/** So many payments share one clock and billers. */
const AT_ONCE = 10

function paidAt(paid: readonly Paid[], at: number): Paid {
  const found = paid[at]
  if (!found) throw new Error(`nothing paid at ${at}`)
  return found
}

/** By the books of city, vendor and billers. */
async function judge({ key, reference, billIds }: Paid, ends: Map<string, number>): Promise<void> {
  const { db } = city.sandbox.world.database
  const { ledger } = await readTruth(city, billIds)
  expect(moneyProblems(ledger, { atRest: true })).toEqual([])
  const books = await own(db).selectFrom('book_credits').selectAll().where('reference', '=', reference).execute()
  const items = await db.selectFrom('payment_bills').selectAll().where('payment_id', '=', key.id).execute()
  const order = ledger.vendorOrders[0]
  let back = 0
  for (const item of items) {
    const isHeld = books.some(({ bill_id, outcome }) => bill_id === item.bill_id && outcome === 'taken')
    const { recall_state: recall, outcome, amount_fen: amountFen } = item
    expect([item.bill_id, isHeld ? 'credited' : 'refunded']).toEqual([item.bill_id, outcome])
    // A recall ends, and as the money did.
    expect([null, 'declined', ...(isHeld ? [] : ['stopped', 'agreed'])]).toContain(recall)
    if (!isHeld) back += amountFen
    const end = `${recall ?? 'not recalled'}, ${outcome}`
    ends.set(end, (ends.get(end) ?? 0) + 1)
  }
  expect(order?.refunded_fen).toBe(back)
}

test(
  `M17: in ${count} random histories of recalls no money has two ends, and none has none`,
  async () => {
    process.stdout.write(`SEED=${seed} SEQUENCES=${count}\n`)
    const ends = new Map<string, number>()
    const before = process.cpuUsage()
    const history = fc.array(moment, { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(fc.array(history, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (histories) => {
        const paid: Paid[] = []
        for (const _ of histories) paid.push(await paidPayment())
        for (let at = 0; at < 8; at += 1) {
          const acts = histories.flatMap((moments, of) =>
            (moments[at] ?? []).map((one) => ({ one, ...paidAt(paid, of) })),
          )
          await Promise.all(acts.map(({ one, key, billIds }) => happen(one, key, billIds)))
          city.sandbox.world.clock.advance(15)
        }
        city.sandbox.world.faults.clear()
        await heal(paid)
        for (const each of paid) await judge(each, ends)
      }),
      { seed, numRuns: Math.ceil(count / AT_ONCE), endOnFailure: process.env.SHRINK === 'no' },
    )
    const { user, system } = process.cpuUsage(before)
    process.stdout.write(`${((user + system) / 1000 / count).toFixed(0)} ms of processor each\n`)
    const counts = [...ends].sort(([a], [b]) => (a < b ? -1 : 1)).map(([end, times]) => `${end} ${times}`)
    process.stdout.write(`${counts.join('; ')}\n`)
  },
  24 * 3_600_000,
)
