import fc from 'fast-check'
import { moves } from './cashier'
import type { Household, ModelCity } from './city'
import { type Attempt, Phone } from './phone'
import { checkScreens } from './screens'
import { note, type Seen } from './seen'
import { lookAtBooks, type Truth } from './truth'

/** One sequence: a city, a household that owes it something, two phones of one citizen and one of the spouse's. */
export interface Real {
  readonly city: ModelCity
  readonly household: Household
  readonly phones: readonly Phone[]
  truth: Truth
  /** Promises broken so far. */
  readonly broken: string[]
  /** What happened, to prove that a run was not idle. */
  readonly seen: Seen
  /** Payments that the vendor took money for against its own rules. */
  readonly forced: Set<string>
}

/** There is no model beside the city's own tables: they are the truth that every screen is held against. */
class Step implements fc.AsyncCommand<Real, Real> {
  constructor(
    private readonly name: string,
    private readonly input: object,
    private readonly act: (real: Real) => Promise<unknown>,
    private readonly isPossible: (real: Real) => boolean,
  ) {}
  check = (real: Readonly<Real>) => this.isPossible(real)
  toString = () => `${this.name} ${JSON.stringify(this.input)}`
  async run(_: Real, real: Real): Promise<void> {
    const acted = await this.act(real)
    if (acted instanceof Phone) await checkScreens(real, acted)
    else await lookAtBooks(real)
    if (real.broken.length > 0) throw new Error(real.broken.join('\n'))
  }
}

const nth = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(1, all.length)]

/** A citizen takes out a phone; the spouse and the second phone come in when they are needed. */
async function phoneOf({ phones }: Real, at: number): Promise<Phone> {
  const phone = nth(phones, at)
  if (!phone) throw new Error('no phone')
  await phone.bind()
  return phone
}

const at = fc.nat({ max: 11 })
/** The first phone acts most. */
const who = fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, { arbitrary: fc.nat({ max: 2 }), weight: 2 })
const attempt: fc.Arbitrary<Attempt> = fc.record({
  moves: fc.constantFrom(...moves),
  row: at,
  isDoubleTap: fc.oneof({ arbitrary: fc.constant(false), weight: 4 }, { arbitrary: fc.constant(true), weight: 1 }),
  agrees: fc.oneof({ arbitrary: fc.constant(true), weight: 3 }, { arbitrary: fc.constant(false), weight: 1 }),
})

/** Mostly one, the same again and again; sometimes a basket. */
const bills = fc.oneof(
  { arbitrary: fc.nat({ max: 1 }).map((at) => [at]), weight: 3 },
  { arbitrary: fc.subarray([0, 1, 2, 3], { minLength: 1 }), weight: 2 },
)
/** Of a bill that may be paid in parts, and for a meter. */
const amountFen = fc.constantFrom(null, null, 1_000, 3_500, 10_000)

const step = <Input extends object>(
  name: string,
  input: { [Key in keyof Input]: fc.Arbitrary<Input[Key]> },
  act: (real: Real, input: Input) => Promise<unknown>,
  isPossible: (real: Real, input: NoInfer<Input>) => boolean = () => true,
): fc.Arbitrary<Step> =>
  fc.record<Input>(input as never).map(
    (values) =>
      new Step(
        name,
        values as object,
        (real) => act(real, values as Input),
        (real) => isPossible(real, values as Input),
      ),
  )

/** A citizen who knows of no payment has no page to open. */
const knowsOne = ({ phones }: Real, { who }: { who: number }) => (nth(phones, who)?.known.size ?? 0) > 0
const isInUse = ({ phones }: Real, { who }: { who: number }) => nth(phones, who)?.isBound === true
const hasPayment = ({ truth }: Real) => truth.payments.size > 0

/** A payment of one of the household's bills. */
const paymentAt = (real: Real, at: number) => nth([...real.truth.payments.values()], at)

const operations = [
  'createPayment',
  'openCashier',
  'reportCashierAnswer',
  'closePayment',
  'getPayment',
  'getBill',
  'findPayment',
] as const
const networkFaults = [
  'dropped-connection',
  'lost-answer',
  'error-500',
  'half-body',
  'html-instead-of-json',
  'busy-429',
  'token-expired',
  'contract-breaking-answer',
  'fractional-fen',
] as const
const moneyFaults = [
  'unknown-result',
  'paid-not-credited',
  'credit-refused',
  'refund-failed',
  'bill-changed',
  'notification-repeated',
  'notification-late',
  'notification-lost',
  'recently-paid',
  'somebody-paying',
  'closing-crossed',
  'refund-pending',
] as const

const selectionOf = ({ household }: Real, bills: readonly number[], amountFen: number | null) =>
  bills.flatMap((at) => {
    const bill = nth(household.billIds, at)
    return bill ? [amountFen === null ? { bill } : { bill, amountFen }] : []
  })

const acts = {
  pay: step('pay', { who, bills, amountFen, attempt }, async (real, { who, bills, amountFen, attempt }) => {
    const phone = await phoneOf(real, who)
    await phone.pay(selectionOf(real, bills, amountFen), attempt)
    return phone
  }),
  /** Two people at the same moment. */
  together: step(
    'together',
    { other: fc.integer({ min: 1, max: 2 }), bills, amountFen, attempt },
    async (real, { other, bills, amountFen, attempt }) => {
      const pair = [await phoneOf(real, 0), await phoneOf(real, other)]
      await Promise.all(pair.map((phone) => phone.pay(selectionOf(real, bills, amountFen), attempt)))
      return pair[1]
    },
  ),
  reopen: step(
    'reopen',
    { who, payment: at, attempt },
    async (real, { who, payment, attempt }) => {
      const phone = await phoneOf(real, who)
      const id = nth([...phone.known], payment)
      if (id) await phone.reopen(id, attempt)
      return phone
    },
    knowsOne,
  ),
  close: step(
    'close',
    { who, payment: at },
    async (real, { who, payment }) => {
      const phone = await phoneOf(real, who)
      const id = nth([...phone.known], payment)
      if (id) await phone.close(id)
      return phone
    },
    knowsOne,
  ),
  look: step('look', { who }, async (real, { who }) => phoneOf(real, who), knowsOne),
  show: step(
    'show',
    { who },
    async (real, { who }) => {
      const phone = await phoneOf(real, who)
      await phone.app.stores.reconciler.reconcile()
      return phone
    },
    isInUse,
  ),
  kill: step(
    'kill',
    { who, isWiped: fc.integer({ min: 0, max: 5 }) },
    async (real, { who, isWiped }) => {
      const phone = await phoneOf(real, who)
      await phone.relaunch({ isWiped: isWiped === 5 })
      return phone
    },
    isInUse,
  ),
  fill: step(
    'storage',
    { who, isFull: fc.boolean() },
    async (real, { who, isFull }) => {
      const phone = await phoneOf(real, who)
      phone.isFull = isFull
    },
    isInUse,
  ),
  wait: step('wait', { seconds: fc.constantFrom(1, 5, 13, 25, 61, 130, 1_900, 7_300, 90_000) }, (real, { seconds }) =>
    real.city.wait(seconds),
  ),
  network: step(
    'network',
    {
      fault: fc.constantFrom(...networkFaults),
      operation: fc.constantFrom(...operations),
      times: fc.integer({ min: 1, max: 4 }),
    },
    async ({ city, seen }, { fault, operation, times }) => {
      note(seen, `fault ${fault}`)
      city.sandbox.world.faults.set({ name: fault, operationId: operation, times }, true)
    },
  ),
  fault: step(
    'fault',
    { fault: fc.constantFrom(...moneyFaults), on: fc.boolean() },
    async ({ city, seen }, { fault, on }) => {
      if (on) note(seen, `fault ${fault}`)
      city.sandbox.world.faults.set({ name: fault }, on)
    },
  ),
  /** Letters come in any order, some not at all, some twice. */
  letter: step(
    'letter',
    { at, isFirst: fc.boolean() },
    async ({ city }, { at, isFirst }) => {
      const unread = city.post.filter(({ wasRead }) => !wasRead)
      const letter = nth(isFirst && unread.length > 0 ? unread : city.post, at)
      if (letter) await city.deliver(letter)
    },
    ({ city }) => city.post.length > 0,
  ),
  /** Somebody is still in a cashier that one of the phones opened. */
  vendor: step(
    'vendor',
    { at, force: fc.integer({ min: 0, max: 4 }) },
    async (real, { at, force }) => {
      const payment = paymentAt(real, at)
      if (!payment) return
      if (force === 4) real.forced.add(payment.reference)
      await real.city.pay(payment.reference, { force: force === 4 })
    },
    hasPayment,
  ),
  bill: step('bill', { bill: fc.nat({ max: 3 }), elsewhere: fc.boolean() }, async (real, { bill, elsewhere }) => {
    const id = nth(real.household.billIds, bill)
    if (id) await real.city.changeBill(id, elsewhere)
  }),
  refund: step(
    'refund',
    { at },
    async (real, { at }) => {
      const payment = paymentAt(real, at)
      if (payment) await real.city.refund(payment.id)
    },
    hasPayment,
  ),
}

const weights: Record<keyof typeof acts, number> = {
  pay: 9,
  together: 2,
  reopen: 4,
  close: 3,
  look: 2,
  show: 2,
  kill: 3,
  fill: 1,
  wait: 5,
  network: 3,
  fault: 3,
  letter: 4,
  vendor: 2,
  bill: 1,
  refund: 1,
}

/** How a sequence begins: somebody pays, however it ends. */
export const opening = acts.pay

/** Random sequences of what citizens, cashiers, vendors, networks, hosts and clocks do. `replayPath` repeats one of them. */
export const sequences = (options: { maxCommands: number; replayPath?: string }) =>
  fc.commands(
    Object.entries(acts).flatMap(
      ([name, act]) => Array(weights[name as keyof typeof acts]).fill(act) as (typeof act)[],
    ),
    { ...options, size: 'max' },
  )
