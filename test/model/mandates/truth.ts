import { sql } from 'kysely'
import type { World } from '../../../sandbox/world'
import type { MoneyLedger } from '../../support/money-ledger'

/** What a history was promised, by permission: noted by the history itself, not by the city. */
export type Terms = {
  ceilings: { at: Date; fen: number }[]
  ends: { at: Date; day: string }[]
  endedAt: Date | null
  /** Payments that an answer named as begun before. */
  named: Set<string>
}
export type Promised = { of: Map<string, Terms>; names: readonly string[] }

type Collected = {
  id: string
  billId: string
  mandateId: string | null
  amountFen: number
  createdAt: Date
  /** By the vendor's own book. */
  paidAt: Date | null
  refundedFen: number
}
/** What the host showed to the citizen, by its own book. */
type Letter = { subject: string; id: string; text: string; shownAt: Date }
export type Truth = { payments: Collected[]; letters: Letter[]; ledger: MoneyLedger }

type Rows = Omit<MoneyLedger, 'payments'> & {
  readonly payments: readonly (MoneyLedger['payments'][number] & { mandate_id: string | null; created_at: string })[]
  readonly letters: readonly { subject: string; id: string; text: { zh: string }; shown_at: string }[]
}

/** Everything that the city's, the vendor's and the host's books hold of these bills, in one look. */
export async function readTruth({ database }: World, billIds: readonly string[]): Promise<Truth> {
  const { rows } = await sql<{ ledger: Rows }>`
    with ids as (select distinct payment_id as id from payment_bills where bill_id = any(${billIds}))
    select json_build_object(
      'entries', (select coalesce(json_agg(l), '[]') from ledger l join ids on ids.id = l.payment_id),
      'payments', (select coalesce(json_agg(p order by p.created_at, p.id), '[]') from payments p join ids on ids.id = p.id),
      'paymentBills', (select coalesce(json_agg(pb), '[]') from payment_bills pb join ids on ids.id = pb.payment_id),
      'refunds', (select coalesce(json_agg(r), '[]') from refunds r join ids on ids.id = r.payment_id),
      'vendorOrders', (select coalesce(json_agg(v), '[]') from vendor_orders v join ids on ids.id = v.payment_id),
      'bills', (select coalesce(json_agg(b), '[]') from bills b where b.id = any(${billIds})),
      'letters', (select coalesce(json_agg(l), '[]') from letters l)
    ) as ledger`.execute(database.db)
  const ledger = rows[0]?.ledger
  if (ledger === undefined) throw new Error('no row')
  const payments = ledger.payments.map((payment): Collected => {
    const order = ledger.vendorOrders.find((each) => each.payment_id === payment.id)
    return {
      id: payment.id,
      billId: ledger.paymentBills.find((bill) => bill.payment_id === payment.id)?.bill_id ?? '',
      mandateId: payment.mandate_id,
      amountFen: payment.amount_fen,
      createdAt: new Date(payment.created_at),
      paidAt: order?.paid_at ? new Date(order.paid_at) : null,
      refundedFen: order?.refunded_fen ?? 0,
    }
  })
  const letters = ledger.letters.map(({ subject, id, text, shown_at }) => ({
    ...{ subject, id, text: text.zh },
    shownAt: new Date(shown_at),
  }))
  return { payments, letters, ledger }
}

const dayOf = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
const inForce = <T extends { at: Date }>(all: readonly T[], at: Date): T | undefined =>
  all.filter((each) => each.at <= at).at(-1)
const NOTICE_MS = 3 * 86_400_000

/** What must never be, whatever happened: judged by what the vendor took and the host showed. */
export function breaches({ payments, letters }: Truth, promised: Promised): string[] {
  const found: string[] = []
  for (const payment of payments) {
    const { id, billId, mandateId, amountFen, createdAt, paidAt } = payment
    if (mandateId === null || paidAt === null) continue
    const terms = promised.of.get(mandateId)
    if (!terms) {
      found.push(`${id}: collected under a permission that nobody gave`)
      continue
    }
    // Of two changes at one moment either may have come first.
    const ceilings = [inForce(terms.ceilings, createdAt), ...terms.ceilings.filter(({ at }) => +at === +createdAt)]
    const before = inForce(terms.ceilings, new Date(createdAt.getTime() - 1))
    const isWithin = [...ceilings, terms.named.has(id) ? before : undefined].some(
      (each) => each && amountFen <= each.fen,
    )
    if (!isWithin) found.push(`${id}: ${amountFen} is above the ceiling`)
    const until = inForce(terms.ends, createdAt)
    if (until && dayOf(createdAt) > until.day) found.push(`${id}: collected after ${until.day}`)
    if (terms.endedAt !== null && paidAt > terms.endedAt && !terms.named.has(id))
      found.push(`${id}: collected at ${paidAt.toISOString()}, cancelled at ${terms.endedAt.toISOString()}`)
    if (terms.endedAt !== null && +paidAt === +terms.endedAt && createdAt > terms.endedAt)
      found.push(`${id}: begun after it was cancelled`)
    const yuan = `¥${(amountFen / 100).toFixed(2)}，`
    const noticed = letters.some(
      ({ id: letter, subject, text, shownAt }) =>
        letter.startsWith(`collection-ahead/${billId}/`) &&
        promised.names.includes(subject) &&
        text.includes(yuan) &&
        shownAt.getTime() + NOTICE_MS <= createdAt.getTime(),
    )
    if (!noticed) found.push(`${id}: collected without a notice three days before`)
  }
  const perBill = new Map<string, number>()
  for (const { billId, mandateId, paidAt } of payments)
    if (mandateId !== null && paidAt !== null) perBill.set(billId, (perBill.get(billId) ?? 0) + 1)
  for (const [billId, times] of perBill) if (times > 1) found.push(`${billId}: collected ${times} times`)
  return found
}
