import type { BillId } from '@/domain/ids'
import { canFollow, type PaymentState, paymentRule } from '@/domain/payment'
import type { Household, ModelCity } from './city'

/** A payment as it is in the city's tables, beside what the vendor's own book says. */
export interface PaymentTruth {
  readonly id: string
  readonly citizen: string
  readonly reference: string
  readonly state: PaymentState
  readonly version: number
  readonly amountFen: number
  readonly refundedFen: number
  readonly paidAt: Date | null
  readonly receiptId: string | null
  readonly vendorState: string
  readonly vendorFen: number
  readonly bills: readonly { readonly billId: string; readonly amountFen: number; readonly outcome: string }[]
  /** Sums of the ledger by kind. */
  readonly moved: Readonly<Record<string, number>>
}

export interface Truth {
  readonly payments: ReadonlyMap<string, PaymentTruth>
  /** Bill id to what has been credited to it, net. */
  readonly creditedFen: ReadonlyMap<string, number>
  readonly settled: ReadonlySet<string>
}

/** Everything that the tables hold of these bills, in one look. */
export async function readTruth({ sandbox }: ModelCity, billIds: readonly BillId[]): Promise<Truth> {
  const { db } = sandbox.world.database
  const items = await db
    .selectFrom('payment_bills as pb')
    .innerJoin('payments as p', 'p.id', 'pb.payment_id')
    .innerJoin('vendor_orders as v', 'v.reference', 'p.reference')
    .selectAll('p')
    .select([
      'pb.bill_id',
      'pb.amount_fen as bill_fen',
      'pb.outcome',
      'v.state as vendor_state',
      'v.amount_fen as vendor_fen',
    ])
    .where('pb.bill_id', 'in', [...billIds])
    .orderBy('p.created_at')
    .orderBy('pb.position')
    .execute()
  const ids = [...new Set(items.map(({ id }) => id))]
  const entries =
    ids.length === 0 ? [] : await db.selectFrom('ledger').selectAll().where('payment_id', 'in', ids).execute()
  const bills = await db
    .selectFrom('bills')
    .select(['id', 'settled_at'])
    .where('id', 'in', [...billIds])
    .execute()

  const payments = new Map<string, PaymentTruth>()
  for (const item of items) {
    const bill = { billId: item.bill_id, amountFen: item.bill_fen, outcome: item.outcome }
    const known = payments.get(item.id)
    if (known) {
      payments.set(item.id, { ...known, bills: [...known.bills, bill] })
      continue
    }
    const moved: Record<string, number> = {}
    for (const entry of entries) {
      if (entry.payment_id === item.id) moved[entry.kind] = (moved[entry.kind] ?? 0) + entry.amount_fen
    }
    payments.set(item.id, {
      id: item.id,
      citizen: item.citizen_id,
      reference: item.reference,
      state: item.state,
      version: item.version,
      amountFen: item.amount_fen,
      refundedFen: item.refunded_fen,
      paidAt: item.paid_at,
      receiptId: item.receipt_id,
      vendorState: item.vendor_state,
      vendorFen: item.vendor_fen,
      bills: [bill],
      moved,
    })
  }
  const creditedFen = new Map<string, number>()
  for (const { kind, bill_id: id, amount_fen: fen } of entries) {
    const sign = kind === 'credited' ? 1 : kind === 'uncredited' ? -1 : 0
    if (sign !== 0) creditedFen.set(id, (creditedFen.get(id) ?? 0) + sign * fen)
  }
  return {
    payments,
    creditedFen,
    settled: new Set(bills.filter((bill) => bill.settled_at !== null).map(({ id }) => id)),
  }
}

/** Looks into the books, and notes what must not be there or must not have changed so. */
export async function lookAtBooks(real: { city: ModelCity; household: Household; truth: Truth; broken: string[] }) {
  const now = await readTruth(real.city, real.household.billIds)
  real.broken.push(...breaches(real.truth, now))
  real.truth = now
}

const alive: readonly PaymentState[] = ['created', 'cashier-open', 'unknown', 'closing', 'paid']

/** Whether this payment may still take, or has taken, money that is nobody's yet. */
export const mayTake = ({ state, vendorState }: PaymentTruth): boolean =>
  alive.includes(state) || vendorState === 'NOTPAY' || vendorState === 'USERPAYING'

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, each) => total + each, 0)

/** What must be true after every step, whatever has happened. */
function breaches(before: Truth, now: Truth): string[] {
  const found: string[] = []
  const takers = new Map<string, string[]>()
  for (const payment of now.payments.values()) {
    const { id, state, version, moved } = payment
    if (mayTake(payment)) {
      for (const { billId } of payment.bills) takers.set(billId, [...(takers.get(billId) ?? []), id])
    }
    const old = before.payments.get(id)
    if (old && version < old.version) found.push(`${id}: version ${old.version} became ${version}`)
    if (old && !canFollow(old.state, state)) found.push(`${id}: ${old.state} became ${state}`)
    if (old && old.state !== state && version === old.version) found.push(`${id}: ${state} without a new version`)
    found.push(...wrongMoney(payment))
    if ((state === 'paid' || state === 'credited') && payment.paidAt === null) found.push(`${id}: ${state}, never paid`)
    if (state === 'closed' || state === 'failed') {
      if (moved.in !== undefined) found.push(`${id}: ${state} with money in it`)
      if (payment.vendorState === 'NOTPAY') found.push(`${id}: ${state}, and the vendor would still take money`)
    }
  }
  for (const [billId, ids] of takers) {
    if (ids.length > 1) found.push(`${billId}: ${ids.length} payments may take money: ${ids.join(', ')}`)
  }
  return found
}

/** in = fee + credited - uncredited + refunded, as far as it has come; and no more than was agreed. */
function wrongMoney({
  id,
  state,
  amountFen,
  refundedFen,
  bills,
  moved,
  vendorState,
  vendorFen,
}: PaymentTruth): string[] {
  const found: string[] = []
  const { in: taken = 0, credited = 0, uncredited = 0, refunded = 0, fee = 0 } = moved
  const spent = fee + credited - uncredited + refunded
  if (vendorFen !== amountFen) found.push(`${id}: the vendor takes ${vendorFen} for ${amountFen}`)
  if (taken !== 0 && taken !== amountFen) found.push(`${id}: took ${taken} of ${amountFen}`)
  if (taken !== 0 && vendorState !== 'SUCCESS' && vendorState !== 'REFUND') found.push(`${id}: took what nobody paid`)
  if (spent > taken) found.push(`${id}: gave ${spent} of ${taken}`)
  if (refundedFen !== refunded) found.push(`${id}: says ${refundedFen} refunded, moved ${refunded}`)
  if (paymentRule[state].final && spent !== taken) found.push(`${id}: ${state}, of ${taken} only ${spent} is somewhere`)
  if (state === 'refunded' && refunded !== taken) found.push(`${id}: refunded ${refunded} of ${taken}`)
  const creditedBills = sum(bills.filter(({ outcome }) => outcome === 'credited').map((bill) => bill.amountFen))
  if (creditedBills !== credited - uncredited)
    found.push(`${id}: outcomes say ${creditedBills}, credited ${credited - uncredited}`)
  return found
}

/** What must be true in the end, when everything that can be known is known. */
export function endBreaches(truth: Truth): string[] {
  const found: string[] = []
  for (const { id, state, vendorState, vendorFen, moved } of truth.payments.values()) {
    if (!paymentRule[state].final) found.push(`${id} ends ${state}`)
    const taken = vendorState === 'SUCCESS' || vendorState === 'REFUND' ? vendorFen : 0
    if (taken !== (moved.in ?? 0)) found.push(`${id}: the vendor has ${taken}, the city knows of ${moved.in ?? 0}`)
  }
  return found
}
