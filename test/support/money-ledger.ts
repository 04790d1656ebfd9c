import type { TestSandbox } from './sandbox'

/** The rows of the city's own books and of the vendors', as `GET /control/ledger` gives them: nothing is added up there. */
export interface MoneyLedger {
  readonly entries: readonly {
    readonly payment_id: string
    readonly kind: 'in' | 'credited' | 'uncredited' | 'fee' | 'fee-returned' | 'refunded'
    /** Empty for the payment as a whole. */
    readonly bill_id: string
    readonly amount_fen: number
  }[]
  readonly payments: readonly {
    readonly id: string
    readonly reference: string
    readonly state: string
    readonly amount_fen: number
    readonly fee_fen: number
    readonly refunded_fen: number
    readonly paid_at: string | null
    readonly credited_at: string | null
  }[]
  readonly paymentBills: readonly {
    readonly payment_id: string
    readonly bill_id: string
    readonly amount_fen: number
    readonly outcome: 'open' | 'credited' | 'not-credited' | 'refunded'
    readonly live: boolean
  }[]
  readonly refunds: readonly {
    readonly payment_id: string
    readonly bill_id: string | null
    readonly amount_fen: number
    readonly state: 'pending' | 'succeeded' | 'failed'
  }[]
  readonly vendorOrders: readonly {
    readonly payment_id: string
    readonly state: string
    readonly amount_fen: number
    readonly refunded_fen: number
    readonly paid_at: string | null
  }[]
  readonly bills: readonly {
    readonly id: string
    readonly amount_fen: number
    readonly paid_fen: number
    readonly balance_fen: number
    readonly top_up: { readonly openingFen: number } | null
    readonly settled_at: string | null
  }[]
}

/** Where the money of one payment is. `in` is all of it; the others are where it went; `moving` is what has not arrived yet. */
export interface MoneyOf {
  readonly in: number
  readonly credited: number
  readonly fee: number
  readonly refunded: number
  readonly moving: number
}

const finalStates = ['credited', 'failed', 'closed', 'refunded', 'partly-refunded']
const openStates = ['created', 'cashier-open', 'unknown', 'closing']

export const readLedger = async (sandbox: Pick<TestSandbox, 'control'>): Promise<MoneyLedger> =>
  (await sandbox.control('GET', '/ledger')) as MoneyLedger

const sum = (amounts: readonly number[]): number => amounts.reduce((total, fen) => total + fen, 0)

/** Adds up one payment's money from the entries alone. */
export function moneyOf(ledger: MoneyLedger, paymentId: string): MoneyOf {
  const of = (kind: MoneyLedger['entries'][number]['kind']) =>
    sum(ledger.entries.flatMap((each) => (each.payment_id === paymentId && each.kind === kind ? each.amount_fen : [])))
  const credited = of('credited') - of('uncredited')
  const fee = of('fee') - of('fee-returned')
  const refunded = of('refunded')
  return { in: of('in'), credited, fee, refunded, moving: of('in') - credited - fee - refunded }
}

/**
 * Everything that is wrong with the money of the whole database, in words; empty when every fen is where it should be. Holds at
 * every moment. With `atRest` (all news delivered, all clocks run out) nothing may be moving any more either.
 */
export function moneyProblems(ledger: MoneyLedger, options: { atRest?: boolean } = {}): string[] {
  const problems: string[] = []
  const must = (holds: boolean, what: string): void => {
    if (!holds) problems.push(what)
  }
  for (const payment of ledger.payments) checkPayment(ledger, payment, options.atRest ?? false, must)
  for (const bill of ledger.bills) checkBill(ledger, bill, must)
  const known = new Set(ledger.payments.map(({ id }) => id))
  for (const { payment_id: id, kind } of ledger.entries)
    must(known.has(id), `${kind} of ${id}: there is no such payment`)
  return problems
}

type Must = (holds: boolean, what: string) => void

function checkPayment(
  ledger: MoneyLedger,
  payment: MoneyLedger['payments'][number],
  atRest: boolean,
  must: Must,
): void {
  const { id, state } = payment
  const at = `${id} (${state})`
  const items = ledger.paymentBills.filter(({ payment_id }) => payment_id === id)
  const refunds = ledger.refunds.filter(({ payment_id }) => payment_id === id)
  const entries = ledger.entries.filter(({ payment_id }) => payment_id === id)
  const order = ledger.vendorOrders.find(({ payment_id }) => payment_id === id)
  const money = moneyOf(ledger, id)

  for (const [name, fen] of Object.entries(money)) {
    must(Number.isSafeInteger(fen), `${at}: ${name} ${fen} is not whole fen`)
    must(fen >= 0, `${at}: ${name} is below nought, ${fen}`)
  }
  must(
    payment.amount_fen === payment.fee_fen + sum(items.map(({ amount_fen }) => amount_fen)),
    `${at}: amount ${payment.amount_fen} is not its bills and fee`,
  )
  must(
    payment.refunded_fen === money.refunded,
    `${at}: says ${payment.refunded_fen} refunded, booked ${money.refunded}`,
  )
  must(money.in === 0 || money.in === payment.amount_fen, `${at}: took ${money.in} of ${payment.amount_fen}`)
  must(money.in > 0 === (payment.paid_at !== null), `${at}: paid at ${payment.paid_at}, took ${money.in}`)
  must(openStates.includes(state) ? money.in === 0 : true, `${at}: took ${money.in} and is still open`)
  must(['failed', 'closed'].includes(state) ? money.in === 0 : true, `${at}: took ${money.in} and is over`)
  must(state === 'credited' ? money.credited + money.fee === money.in : true, `${at}: not all of it is credited`)
  must(state === 'refunded' ? money.refunded === money.in : true, `${at}: not all of it is refunded`)
  must(
    finalStates.includes(state) ? money.moving === 0 : true,
    `${at}: ${money.moving} is neither credited nor refunded at the end`,
  )
  must(
    new Set(entries.map(({ kind, bill_id }) => `${kind} ${bill_id}`)).size === entries.length,
    `${at}: the same money was booked twice`,
  )
  must(money.fee === 0 || money.credited > 0, `${at}: kept a fee for nothing`)

  const wayBack = sum(refunds.map(({ amount_fen }) => amount_fen))
  must(
    state === 'refunding' || state.endsWith('refunded') ? wayBack === money.refunded + money.moving : wayBack === 0,
    `${at}: refunds of ${wayBack} for ${money.refunded + money.moving}`,
  )
  for (const item of items) checkItem(entries, item, must)

  // One that was not made known to the vendor yet cannot be paid.
  must(order !== undefined || money.in === 0, `${at}: the vendor knows no such order`)
  if (order === undefined) return
  const taken = order.paid_at === null ? 0 : order.amount_fen
  must(order.amount_fen === payment.amount_fen, `${at}: the vendor charged ${order.amount_fen}`)
  must(money.in <= taken, `${at}: the city booked ${money.in}, the vendor took ${taken}`)
  const back = `${at}: the vendor gave back ${order.refunded_fen}, not ${money.refunded}`
  must(order.refunded_fen >= money.refunded, back)
  if (!atRest) return
  must(order.refunded_fen === money.refunded, back)
  must(finalStates.includes(state), `${at}: not at its end`)
  must(money.in === taken, `${at}: the vendor took ${taken}, the city knows of ${money.in}`)
}

function checkItem(entries: MoneyLedger['entries'], item: MoneyLedger['paymentBills'][number], must: Must): void {
  const of = (kind: string) =>
    sum(entries.flatMap((each) => (each.bill_id === item.bill_id && each.kind === kind ? each.amount_fen : [])))
  const at = `${item.bill_id} of ${item.payment_id} (${item.outcome})`
  const credited = of('credited') - of('uncredited')
  must(credited === (item.outcome === 'credited' ? item.amount_fen : 0), `${at}: ${credited} credited`)
  must(of('refunded') === (item.outcome === 'refunded' ? item.amount_fen : 0), `${at}: ${of('refunded')} refunded`)
  must(!(item.live && item.outcome !== 'open'), `${at}: still live`)
}

function checkBill(ledger: MoneyLedger, bill: MoneyLedger['bills'][number], must: Must): void {
  const of = (kind: string) =>
    sum(ledger.entries.flatMap((each) => (each.bill_id === bill.id && each.kind === kind ? each.amount_fen : [])))
  const credited = of('credited') - of('uncredited')
  const items = ledger.paymentBills.filter(({ bill_id }) => bill_id === bill.id)
  const live = items.filter((item) => item.live)
  must(live.length <= 1, `${bill.id}: ${live.length} live payments`)
  for (const { payment_id } of live) {
    const state = ledger.payments.find(({ id }) => id === payment_id)?.state ?? 'unknown payment'
    must(openStates.includes(state) || state === 'paid', `${bill.id}: held by ${payment_id}, which is ${state}`)
  }
  if (bill.top_up) {
    must(
      bill.balance_fen === bill.top_up.openingFen + credited,
      `${bill.id}: ${bill.balance_fen} on the meter, not ${bill.top_up.openingFen + credited}`,
    )
    return
  }
  must(credited <= bill.amount_fen, `${bill.id}: credited ${credited} of ${bill.amount_fen}, more than once`)
  must(credited === bill.paid_fen, `${bill.id}: says ${bill.paid_fen} paid, credited ${credited}`)
  must((bill.settled_at !== null) === (credited === bill.amount_fen), `${bill.id}: settled at ${bill.settled_at}`)
}
