import { randomInt } from 'node:crypto'
import { type Context, refuseWhenReadOnly } from '../core'
import { newId } from '../ids'
import { problem } from '../problem'
import { ownBills } from '../resources/bills'
import type { PaymentRequest } from '../wire/types.gen'
import { instant, secondsAfter } from '../words'
import { advance, stampOf } from './advance'
import { lockBills, type PaymentRow, type Trx } from './rows'

const PAYABLE_SECONDS = 2 * 3600
const RECENT_SECONDS = 86_400

/** Before the bills are locked: payments of them that ended meanwhile let go of them. */
export async function clearTheWay(body: PaymentRequest, context: Context): Promise<void> {
  const billIds = body.bills.map(({ billId }) => billId)
  const live = await context.db
    .selectFrom('payment_bills')
    .select('payment_id')
    .distinct()
    .where('bill_id', 'in', billIds)
    .where('live', '=', true)
    .execute()
  for (const { payment_id: id } of live) await advance(context.world, id)
  if (context.fault('bill-changed')) {
    await context.db
      .updateTable('bills')
      .set((eb) => ({
        version: eb('version', '+', 1),
        amount_fen: eb('amount_fen', '+', 146),
        late_fee_fen: eb('late_fee_fen', '+', 146),
      }))
      .where('id', 'in', billIds)
      .where('settled_at', 'is', null)
      .execute()
  }
}

/** A new payment, or the live one of the same bills. */
export async function createOrFind(
  body: PaymentRequest,
  context: Context,
  trx: Trx,
): Promise<{ payment: PaymentRow; isNew: boolean }> {
  refuseWhenReadOnly(context)
  if (body.cityId !== context.cityId) throw problem('wrong-city')
  const billIds = body.bills.map(({ billId }) => billId)
  if (new Set(billIds).size < billIds.length) {
    throw problem('invalid-fields', { fields: [{ field: 'bills', problem: 'a bill is named twice' }] })
  }
  const own = await ownBills(trx, context).where('b.id', 'in', billIds).execute()
  if (own.length < billIds.length) throw problem('not-found')
  const locked = await lockBills(trx, billIds)
  const bills = billIds.flatMap((id) => locked.find((bill) => bill.id === id) ?? [])

  const live = await trx
    .selectFrom('payments as p')
    .innerJoin('payment_bills as pb', 'pb.payment_id', 'p.id')
    .selectAll('p')
    .where('pb.bill_id', 'in', billIds)
    .where('pb.live', '=', true)
    .orderBy('p.created_at')
    .execute()
  const mine = live.find((payment) => payment.citizen_id === context.citizenId)
  if (mine) return { payment: mine, isNew: false }
  if (live.length > 0) throw problem('bill-not-payable', { detail: somebodyElse[context.language] })

  const settled = bills.find((bill) => bill.settled_at !== null)
  if (settled?.settled_at) throw problem('bill-settled', { paidAt: instant(settled.settled_at) })
  const blocked = bills.find((bill) => bill.not_payable !== null)
  if (blocked?.not_payable) {
    throw problem('bill-not-payable', {
      detail: context.language === 'en' ? blocked.not_payable.en : blocked.not_payable.zh,
    })
  }
  const total = bills.reduce((sum, bill) => sum + bill.amount_fen, 0)
  const changed = bills.some((bill) => bill.version !== body.bills.find(({ billId }) => billId === bill.id)?.version)
  if (changed || total !== body.totalFen) {
    throw problem('bill-changed', {
      bills: bills.map((bill) => ({ billId: bill.id, version: bill.version, amountFen: bill.amount_fen })),
    })
  }
  const since = secondsAfter(context.now(), -RECENT_SECONDS)
  const recent = bills.find((bill) => bill.paid_elsewhere_at !== null && bill.paid_elsewhere_at > since)
  if (recent?.paid_elsewhere_at && !body.acknowledgeRecent) {
    throw problem('recently-paid', { paidAt: instant(recent.paid_elsewhere_at) })
  }

  const now = context.now()
  const payment = await trx
    .insertInto('payments')
    .values({
      id: newId('p'),
      city_id: context.cityId,
      citizen_id: context.citizenId,
      reference: `${context.city.letters}${stampOf(now)}${String(randomInt(10 ** 10)).padStart(10, '0')}`,
      state: 'created',
      amount_fen: total,
      cashier: body.cashier,
      created_at: now,
      expires_at: secondsAfter(now, PAYABLE_SECONDS),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('payment_bills')
    .values(
      bills.map((bill, position) => ({
        payment_id: payment.id,
        position,
        bill_id: bill.id,
        bill_version: bill.version,
        title: JSON.stringify(bill.title),
        kind: bill.kind,
        amount_fen: bill.amount_fen,
      })),
    )
    .execute()
  const { reference, city_id, amount_fen, expires_at } = payment
  await context.world.vendors.prepay(trx, {
    reference,
    city_id,
    payment_id: payment.id,
    vendor: body.cashier,
    amount_fen,
    expires_at,
  })
  return { payment, isNew: true }
}

const somebodyElse = {
  'zh-CN': '有人正在支付这张账单，请稍后再看。',
  en: 'Somebody is paying this bill right now. Look again in a while.',
}
