import { creditAtBillers } from '../billing/ask'
import type { BillRow } from '../billing/bill-body'
import type { Credit, CreditRequest } from '../ports'
import type { Service } from '../service'
import { finishRefunds, startFeeRefund, startRefund } from './refund'
import {
  billsOfPayment,
  book,
  change,
  endOfRecall,
  lockBills,
  lockPayment,
  nextVersion,
  ofPayment,
  type PaymentBillRow,
  type PaymentRow,
  type Trx,
} from './rows'

/** Credits a paid payment whose time has come, bill by bill, and ends refunds that are due. @throws where `isNoAnswer`. */
export async function creditWhatIsDue(service: Service, payment: PaymentRow): Promise<PaymentRow> {
  const due = payment.state === 'paid' && payment.credit_after !== null && payment.credit_after <= service.clock.now()
  const credited = due ? await credit(service, payment) : payment
  return credited.state === 'refunding' ? finishRefunds(service, credited) : credited
}

/** Has the biller book the money, and takes in what it says unless somebody else did so meanwhile. */
export async function credit(service: Service, payment: PaymentRow): Promise<PaymentRow> {
  if (payment.state !== 'paid') return payment
  const { db } = service.database
  // Noted before the bills are read: what is recalled from now on is the biller's to decide.
  if (payment.credit_sent_at === null)
    await db
      .updateTable('payments')
      .set({ credit_sent_at: service.clock.now() })
      .where('city_id', '=', payment.city_id)
      .where('id', '=', payment.id)
      .where('credit_sent_at', 'is', null)
      .execute()
  const items = (await billsOfPayment(db, payment)).filter(({ outcome }) => outcome === 'open')
  if (items.length === 0) return payment
  const bills = await db
    .selectFrom('bills')
    .selectAll()
    .where('city_id', '=', payment.city_id)
    .where(
      'id',
      'in',
      items.map(({ bill_id }) => bill_id),
    )
    .execute()
  const answers = await creditAtBillers(service, creditRequest(payment, items, bills))
  if (answers.includes('open')) return payment
  const told = new Map(items.map(({ position }, at) => [position, answers[at] ?? 'open']))
  return service.database.transaction(async (trx) => takeCredit(service, trx, await lockPayment(trx, payment), told))
}

/** A bill that the biller refused is refunded; the others are not held up by it. `told`: by the bill's position. */
async function takeCredit(
  service: Service,
  trx: Trx,
  payment: PaymentRow,
  told: ReadonlyMap<number, Credit>,
): Promise<PaymentRow> {
  if (payment.state !== 'paid') return payment
  const now = service.clock.now()
  const items = await billsOfPayment(trx, payment)
  const bills = await lockBills(
    trx,
    payment.city_id,
    items.map((item) => item.bill_id),
  )
  let refused = 0
  for (const item of items) {
    // It was stopped, or the biller gave it up, while it was asked to credit it.
    if (item.outcome !== 'open') {
      refused += 1
      continue
    }
    const bill = bills.find(({ id }) => id === item.bill_id)
    // The biller's word counts, not the city's copy: what it took would otherwise go back although it is booked.
    const isRefused = bill === undefined || told.get(item.position) === 'refused'
    const outcome = isRefused ? ('not-credited' as const) : ('credited' as const)
    await trx
      .updateTable('payment_bills')
      .set({
        outcome,
        live: false,
        credited_at: isRefused ? null : now,
        ...(isRefused ? endOfRecall(item, 'stopped', now) : {}),
      })
      .where(ofPayment(payment))
      .where('position', '=', item.position)
      .execute()
    if (isRefused) {
      refused += 1
      await startRefund(service, trx, payment, item, notCredited)
      continue
    }
    await trx
      .updateTable('bills')
      .set(booked(bill, item.amount_fen, payment, now))
      .where('city_id', '=', bill.city_id)
      .where('id', '=', bill.id)
      .execute()
    await book(trx, payment, {
      kind: 'credited',
      bill_id: item.bill_id,
      amount_fen: item.amount_fen,
      at: now,
    })
  }
  if (refused === items.length) await startFeeRefund(service, trx, payment, notCredited)
  else await book(trx, payment, { kind: 'fee', bill_id: '', amount_fen: payment.fee_fen, at: now })
  return change(trx, payment, refused === 0 ? { state: 'credited', credited_at: now } : { state: 'refunding' })
}

function creditRequest(payment: PaymentRow, items: PaymentBillRow[], bills: BillRow[]): CreditRequest {
  return {
    cityId: payment.city_id,
    reference: payment.reference,
    paidAt: payment.paid_at ?? payment.created_at,
    bills: items.map(({ bill_id: billId, amount_fen: amountFen }) => {
      const bill = bills.find(({ id }) => id === billId)
      return { billerId: bill?.biller_id ?? '', number: bill?.number ?? '', billId, amountFen }
    }),
  }
}

/** A bill once the biller has the money: settled, or with less left, or a meter with more on it. */
function booked(bill: BillRow, amountFen: number, payment: PaymentRow, now: Date) {
  if (bill.top_up) return { balance_fen: bill.balance_fen + amountFen, ...nextVersion(bill, now, toppedUp) }
  const paid = bill.paid_fen + amountFen
  if (paid >= bill.amount_fen) return { paid_fen: bill.amount_fen, settled_at: now, settled_by: payment.id, as_of: now }
  return { paid_fen: paid, ...nextVersion(bill, now, paidInPart) }
}

const toppedUp = { zh: '充值到账', en: 'Topped up' }
const paidInPart = { zh: '已缴一部分', en: 'Part paid' }
const notCredited = { zh: '缴费单位未能入账', en: 'The biller could not credit it' }
