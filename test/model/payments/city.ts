import { asId, type BillerId, type BillId, type CityId, type PaymentId } from '@/domain/ids'
import type { CashierInvocation } from '@/platform/types'
import { withCheckDigit } from '../../../city/billing/check-digit'
import { sweepPayments } from '../../../city/payments/due'
import { finishRefunds, refundAll } from '../../../city/payments/refund'
import { lockPayment } from '../../../city/payments/rows'
import { readStatements } from '../../../city/payments/statements'
import { takeBack } from '../../../sandbox/biller-books'
import { tellCity } from '../../../sandbox/faulty-bills'
import { cities } from '../../../sandbox/seed/cities'
import { type Sandbox, startSandbox } from '../../../sandbox/start'
import { own } from '../../../sandbox/tables'
import { playCashier } from '../../../sandbox/till'
import { testDatabase } from '../../support/sandbox'
import type { Moves } from './cashier'

const PONDER_SECONDS = 12

/** When each sequence begins: billers are awake. */
const morning = new Date('2026-11-23T10:05:00+08:00')

/** Where each lane of sequences happens: cities differ in rules, and no lane meets another one's clock or faults. */
const lanes = [
  { city: '330100', billers: ['hz-electricity', 'hz-gas'] },
  { city: '510100', billers: ['cd-electricity', 'cd-fine'] },
  { city: '230100', billers: ['hrb-electricity', 'hrb-heating'] },
] as const
export const mostLanes = lanes.length

/** A letter of the vendor's that the city has not had yet, or has had already. */
interface Letter {
  readonly url: string
  readonly sent: RequestInit
  wasRead: boolean
}

/** A sandbox inside the test, so that its tables, clock and post can be looked at; phones talk to it over HTTP. */
export interface ModelCity {
  readonly id: CityId
  readonly base: string
  readonly sandbox: Sandbox
  /** What the vendors have sent; it lies here until a sequence delivers it. */
  readonly post: Letter[]
  /** Hands over a letter, maybe not for the first time. */
  deliver(letter: Letter): Promise<void>
  /** What a cashier was opened for. */
  vendorOrderOf(invocation: CashierInvocation): Promise<{ reference: string; paymentId: PaymentId }>
  /** What happens at the vendor while the cashier is open; gives the state that it found, and whether the phone killed the app. */
  atVendor(reference: string, moves: Moves): Promise<{ found: string; isKilled: boolean }>
  /** The citizen pays at the vendor, whatever the phone reports. */
  pay(reference: string, options?: { force?: boolean }): Promise<string>
  /** The city's clock moves on, and what is due happens. */
  wait(seconds: number): Promise<void>
  /** Somebody at the city gives money back, or ends a refund that failed. */
  refund(paymentId: string): Promise<void>
  /** The biller raises the amount, or the bill was paid at a counter. */
  changeBill(billId: string, isPaidElsewhere: boolean): Promise<void>
  close(): Promise<void>
}

const realFetch = globalThis.fetch
const offices = new Map<string, Letter[]>()

/** The vendors' notifications stay in the post until a sequence says when they come; everything else is the network's. */
globalThis.fetch = async (input, sent) => {
  const url = String(input)
  const [, office] = /^(http:\/\/[^/]+)\/\d+\/notifications\//.exec(url) ?? []
  const post = office === undefined ? undefined : offices.get(office)
  if (post === undefined) return realFetch(input, sent)
  // The time that it may take begins when it is delivered.
  const { signal: _, ...kept } = sent ?? {}
  post.push({ url, sent: kept, wasRead: false })
  return new Response(null, { status: 204 })
}

/** `lane` is from 0 to `mostLanes - 1`. */
export async function openCity(lane: number): Promise<ModelCity> {
  const location = lanes[lane]
  if (location === undefined) throw new Error(`there is no lane ${lane}`)
  const { databaseUrl, schema, release } = await testDatabase()
  const sandbox = await startSandbox({
    port: 0,
    databaseUrl,
    schema,
    startAt: morning,
    quiet: true,
    sweepMs: null,
    anybodyHolds: true,
  })
  const { world } = sandbox
  const post: Letter[] = []
  offices.set(sandbox.address, post)

  /** The vendor writes after its response. */
  const written = () => world.vendors.sweep()

  async function pay(reference: string, options?: { force?: boolean }): Promise<string> {
    const state = await world.vendors.pay(reference, options)
    await written()
    return state
  }

  return {
    id: asId<CityId>(location.city),
    base: `${sandbox.address}/${location.city}`,
    sandbox,
    post,
    async deliver(letter) {
      letter.wasRead = true
      await realFetch(letter.url, letter.sent)
    },
    async vendorOrderOf(invocation) {
      const number = invocation.kind === 'wechat' ? invocation.package.replace('prepay_id=', '') : numberIn(invocation)
      const vendorOrder = await own(world.database.db)
        .selectFrom('vendor_orders')
        .select(['reference', 'payment_id'])
        .where('vendor_number', '=', number)
        .executeTakeFirstOrThrow()
      return { reference: vendorOrder.reference, paymentId: asId<PaymentId>(vendorOrder.payment_id) }
    },
    async atVendor(reference, moves) {
      const state = await world.vendors.stateOf(reference)
      if (moves === 'pays') await pay(reference)
      if (moves === 'ponders-paid') await world.vendors.ponder(reference, PONDER_SECONDS, 'SUCCESS')
      if (moves === 'ponders-not') await world.vendors.ponder(reference, PONDER_SECONDS, 'NOTPAY')
      let isKilled = false
      if (moves === 'confirms' || moves === 'leaves') {
        const payment = await world.database.db
          .selectFrom('payments')
          .selectAll()
          .where('reference', '=', reference)
          .executeTakeFirstOrThrow()
        const { outcome } = await playCashier(world, payment, moves === 'confirms' ? 'pay' : 'cancel')
        await written()
        isKilled = outcome === 'killed'
      }
      return { found: state, isKilled }
    },
    pay,
    async wait(seconds) {
      world.clock.advance(seconds)
      await world.vendors.sweep()
      await written()
      await sweepPayments(world)
      await readStatements(world)
    },
    async refund(paymentId) {
      const reason = { zh: '经核实，退回这笔支付', en: 'Returned after checking' }
      const {
        city_id: cityId,
        reference,
        state,
      } = await world.database.db
        .selectFrom('payments')
        .select(['city_id', 'reference', 'state'])
        .where('id', '=', paymentId)
        .executeTakeFirstOrThrow()
      if (state !== 'refunding') await takeBack(world.database, cityId, reference, world.clock.now())
      const isStuck = await world.database.transaction(async (trx) => {
        const payment = await lockPayment(trx, { city_id: cityId, id: paymentId })
        if (payment.state === 'paid' || payment.state === 'credited') await refundAll(world, trx, payment, reason)
        return payment.state === 'refunding'
      })
      if (isStuck) await finishRefunds(world, { city_id: cityId, id: paymentId }, { atOnce: true })
    },
    async changeBill(billId, isPaidElsewhere) {
      const table = own(world.database.db)
        .updateTable('book_bills')
        .where('id', '=', billId)
        .where('settled_at', 'is', null)
      await (isPaidElsewhere
        ? table.set({ paid_elsewhere_at: world.clock.now() })
        : table
            .where('top_up', 'is', null)
            .set((eb) => ({ amount_fen: eb('amount_fen', '+', 7), version: eb('version', '+', 1) }))
      ).execute()
      await tellCity(world.database.db, location.city, [billId], world.clock.now())
    },
    async close() {
      offices.delete(sandbox.address)
      await sandbox.close()
      await release()
    },
  }
}

const numberIn = (invocation: CashierInvocation): string => {
  if (invocation.kind !== 'alipay') throw new Error(`no phone has a ${invocation.kind}`)
  return invocation.tradeNO
}

/** What a household owes: accounts of its own, so that sequences never meet. */
export interface Household {
  readonly accounts: readonly { readonly billerId: BillerId; readonly number: string }[]
  readonly billIds: readonly BillId[]
  /** Who has bound the accounts. */
  readonly boundBy: Set<string>
}

let households = 0

/** Writes into the billers' books: two bills, one of them payable in parts, and elsewhere a bill and a meter. The clock is back. */
export async function newHousehold({ sandbox, id, post }: ModelCity): Promise<Household> {
  const { world } = sandbox
  households += 1
  world.clock.set(morning)
  world.faults.clear()
  // Days that were read before begin anew.
  await world.database.db.deleteFrom('vendor_statements').execute()
  post.length = 0
  const seed = cities.find((city) => city.id === id)
  const location = lanes.find(({ city }) => city === id)
  if (seed === undefined || location === undefined) throw new Error(id)
  const accounts = location.billers.map((billerId) => {
    const rule = seed.billers.find((biller) => biller.id === billerId)?.account
    if (rule === undefined) throw new Error(billerId)
    const length = rule.maxLength - (rule.checkDigit === 'none' ? 0 : 1)
    const body = `7${String(households).padStart(length - 1, '0')}`
    return { billerId: asId<BillerId>(billerId), number: withCheckDigit(rule, body) }
  })
  const address = JSON.stringify({
    zh: '西湖区文三路20号万塘花园3幢2单元601',
    en: '601, Unit 2, Building 3, 20 Wensan Road, Xihu',
  })
  await own(world.database.db)
    .insertInto('book_accounts')
    .values(
      accounts.map(({ billerId, number }) => ({
        city_id: id,
        biller_id: billerId,
        number,
        holder: '王建国',
        address,
      })),
    )
    .execute()
  const bill = (index: number, account: (typeof accounts)[number] | undefined, more: object) => ({
    id: `b-model-${households}-${index}`,
    city_id: id,
    biller_id: account?.billerId ?? '',
    number: account?.number ?? '',
    kind: seed.billers.find((biller) => biller.id === account?.billerId)?.kind ?? 'electricity',
    title: JSON.stringify({ zh: `账单 ${index + 1}`, en: `Bill ${index + 1}` }),
    lines: JSON.stringify([]),
    amount_fen: 10_001 + 1_000 * index,
    issued_on: '2026-11-01',
    due_on: '2026-12-20',
    ...more,
  })
  const meter = { minFen: 1_000, maxFen: 20_000, presetsFen: [5_000, 10_000], openingFen: -350 }
  const bills = [
    bill(0, accounts[0], {}),
    bill(1, accounts[0], { partial_min_fen: 1_000 }),
    bill(2, accounts[1], {}),
    bill(3, accounts[1], { amount_fen: 0, due_on: null, balance_fen: -350, top_up: JSON.stringify(meter) }),
  ]
  await own(world.database.db).insertInto('book_bills').values(bills).execute()
  return { accounts, billIds: bills.map((bill) => asId<BillId>(bill.id)), boundBy: new Set() }
}
