import { sql } from 'kysely'
import type { BillId } from '@/domain/ids'
import { canFollow, type PaymentState } from '@/domain/payment'
import { type MoneyLedger, moneyProblems } from '../../support/money-ledger'
import type { Household, ModelCity } from './city'

/** A payment as it is in the city's tables, beside what the vendor's own book says. */
export interface PaymentTruth {
  readonly id: string
  readonly reference: string
  readonly state: PaymentState
  readonly version: number
  readonly amountFen: number
  readonly refundedFen: number
  readonly receiptId: string | null
  readonly vendorState: string
  readonly bills: readonly { readonly billId: string; readonly amountFen: number; readonly outcome: string }[]
  readonly tookFen: number
}

export interface Truth {
  readonly payments: ReadonlyMap<string, PaymentTruth>
  readonly ledger: MoneyLedger
}

type Rows = Omit<MoneyLedger, 'payments'> & {
  readonly payments: readonly (MoneyLedger['payments'][number] & {
    readonly state: PaymentState
    readonly version: number
    readonly receipt_id: string | null
  })[]
}

/** Everything that the tables hold of these bills, in one look. */
export async function readTruth({ sandbox }: ModelCity, billIds: readonly BillId[]): Promise<Truth> {
  const { db } = sandbox.world.database
  const ids = sql.join(billIds)
  const { rows } = await sql<{ ledger: Rows }>`
    with ids as (select distinct payment_id as id from payment_bills where bill_id in (${ids}))
    select json_build_object(
      'entries', (select coalesce(json_agg(l), '[]') from ledger l join ids on ids.id = l.payment_id),
      'payments', (select coalesce(json_agg(p order by p.created_at, p.id), '[]') from payments p join ids on ids.id = p.id),
      'paymentBills', (
        select coalesce(json_agg(pb order by pb.position), '[]') from payment_bills pb join ids on ids.id = pb.payment_id
      ),
      'refunds', (select coalesce(json_agg(r), '[]') from refunds r join ids on ids.id = r.payment_id),
      'vendorOrders', (select coalesce(json_agg(v), '[]') from vendor_orders v join ids on ids.id = v.payment_id),
      'bills', (select coalesce(json_agg(b), '[]') from bills b where b.id in (${ids}))
    ) as ledger`.execute(db)
  const ledger = rows[0]?.ledger
  if (ledger === undefined) throw new Error('no row')
  const payments = ledger.payments.map((payment): PaymentTruth => {
    const vendorOrder = ledger.vendorOrders.find((each) => each.payment_id === payment.id)
    return {
      id: payment.id,
      reference: payment.reference,
      state: payment.state,
      version: payment.version,
      amountFen: payment.amount_fen,
      refundedFen: payment.refunded_fen,
      receiptId: payment.receipt_id,
      vendorState: vendorOrder?.state ?? 'none',
      bills: ledger.paymentBills
        .filter((bill) => bill.payment_id === payment.id)
        .map((bill) => ({ billId: bill.bill_id, amountFen: bill.amount_fen, outcome: bill.outcome })),
      tookFen:
        ledger.entries.find(({ payment_id, kind }) => payment_id === payment.id && kind === 'in')?.amount_fen ?? 0,
    }
  })
  return { payments: new Map(payments.map((payment) => [payment.id, payment])), ledger }
}

/** Looks into the books, and notes what must not be there or must not have changed so. */
export async function lookAtBooks(real: { city: ModelCity; household: Household; truth: Truth; broken: string[] }) {
  const now = await readTruth(real.city, real.household.billIds)
  real.broken.push(...moneyProblems(now.ledger), ...breaches(real.truth, now))
  real.truth = now
}

const alive: readonly PaymentState[] = ['created', 'cashier-open', 'unknown', 'closing', 'paid']

/** Whether this payment may still take, or has taken, money that is neither credited nor refunded. */
export const mayTake = ({ state, vendorState }: PaymentTruth): boolean =>
  alive.includes(state) || vendorState === 'NOTPAY' || vendorState === 'USERPAYING'

/** What must be true after every step, beside the sums: one payment for a bill, and no way back. */
function breaches(before: Truth, now: Truth): string[] {
  const found: string[] = []
  const takers = new Map<string, string[]>()
  for (const payment of now.payments.values()) {
    const { id, state, version } = payment
    if (mayTake(payment)) {
      for (const { billId } of payment.bills) takers.set(billId, [...(takers.get(billId) ?? []), id])
    }
    const old = before.payments.get(id)
    if (old && version < old.version) found.push(`${id}: version ${old.version} became ${version}`)
    if (old && !canFollow(old.state, state)) found.push(`${id}: ${old.state} became ${state}`)
    if (old && old.state !== state && version === old.version) found.push(`${id}: ${state} without a new version`)
    const isOver = state === 'closed' || state === 'failed'
    if (isOver && payment.vendorState === 'NOTPAY') found.push(`${id}: ${state}, and the vendor would still take money`)
  }
  for (const [billId, ids] of takers) {
    if (ids.length > 1) found.push(`${billId}: ${ids.length} payments may take money: ${ids.join(', ')}`)
  }
  return found
}
