import { randomInt } from 'node:crypto'
import type { PaymentRequest } from '../../contract/wire/types.gen'
import { refuseOldCopies } from '../billing/before-paying'
import { type BillRow, leftOf, whyNotPayable } from '../billing/bill-body'
import { billerOf, closedUntil } from '../billing/billers'
import { holdFindings, payableBills } from '../billing/payable-bills'
import { isNoAnswer } from '../cashiers/errors'
import type { BillerSeed } from '../catalogue'
import type { Db } from '../database/database'
import { type ActiveGrant, asGiver } from '../family/acting'
import { type Context, refuseWhenReadOnly } from '../http/operation'
import { problem } from '../http/problem'
import { newId } from '../ids'
import type { Service } from '../service'
import { instant, say, secondsAfter, timeOf } from '../words'
import { close, present, stampOf } from './advance'
import { amountOf, priceOf } from './price'
import { isWaiting, lockBills, type PaymentRow, type Trx } from './rows'

const PAYABLE_SECONDS = 2 * 3600
const RECENT_SECONDS = 86_400
/** After so long without paying, somebody else may pay the bill; after so many in a day, a citizen has to wait. */
const LEFT_SECONDS = 300
const MOST_LEFT = 3

/** Before the bills are locked: payments of them that ended meanwhile, or were left by somebody else, let go of them. */
export async function clearTheWay(
  body: PaymentRequest,
  context: Context,
  grant: ActiveGrant | null = null,
): Promise<void> {
  // Nobody can pay now, so nobody is in the way, and no order counts as left.
  if (context.city.mode === 'read-only') return
  const billIds = body.bills.map(({ billId }) => billId)
  const live = await context.db
    .selectFrom('payment_bills as pb')
    .select(['pb.payment_id', 'pb.bill_id'])
    .where('pb.city_id', '=', context.cityId)
    .where('pb.bill_id', 'in', billIds)
    .where('pb.live', '=', true)
    .execute()
  if (live.length === 0) return
  const payable = await payableBills(context.db, grant ? asGiver(context, grant) : context, billIds)
  const mayBePaid = ({ bill_id }: { bill_id: string }) => payable.some(({ id }) => id === bill_id)
  for (const id of new Set(live.filter(mayBePaid).map(({ payment_id }) => payment_id))) {
    const { payment } = await present(context.service, { city_id: context.cityId, id })
    if (payment.citizen_id !== context.citizenId) await giveWay(payment, context)
  }
}

/** Only a new payment is refused: what the citizen has begun is found all the same. */
async function refuseWhoLeavesOrders(trx: Trx, context: Context): Promise<void> {
  const { left } = await trx
    .selectFrom('payments')
    .select(({ fn }) => fn.countAll<number>().as('left'))
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
    .where('created_at', '>', secondsAfter(context.now(), -86_400))
    .where('gave_way', '=', true)
    .where('state', '=', 'closed')
    .executeTakeFirstOrThrow()
  if (left >= MOST_LEFT) throw problem('too-many-requests', { retryAfterSeconds: 3600 })
}

/** Closes an order that its citizen seems to have left. The vendor decides: one that is paid, or being paid, stays. */
async function giveWay(left: PaymentRow, { service }: Context): Promise<void> {
  const isLeft = (_: Service, payment: PaymentRow) => {
    const leftAt = secondsAfter(payment.hint_at ?? payment.created_at, LEFT_SECONDS)
    return isWaiting(payment) && leftAt <= service.clock.now()
  }
  await close(service, left, isLeft, { givesWay: true }).catch((error: unknown) => {
    if (!isNoAnswer(error)) throw error
  })
}

/** A new payment, or the live one of the same bills. */
export async function createOrFind(
  body: PaymentRequest,
  context: Context,
  trx: Trx,
  grant: ActiveGrant | null = null,
): Promise<{ payment: PaymentRow; isNew: boolean }> {
  refuseWhenReadOnly(context)
  if (body.cityId !== context.cityId) throw problem('wrong-city')
  const billIds = body.bills.map(({ billId }) => billId)
  if (new Set(billIds).size < billIds.length) {
    throw problem('invalid-fields', { fields: [{ field: 'bills', problem: 'a bill is named twice' }] })
  }
  const payable = await payableBills(trx, grant ? asGiver(context, grant) : context, billIds)
  if (payable.length < billIds.length) throw problem('not-found')
  const locked = await lockBills(trx, context.cityId, billIds)
  const bills = billIds.flatMap((id) => locked.find((bill) => bill.id === id) ?? [])

  const live = await trx
    .selectFrom('payments as p')
    .innerJoin('payment_bills as pb', (join) =>
      join.onRef('pb.city_id', '=', 'p.city_id').onRef('pb.payment_id', '=', 'p.id'),
    )
    .selectAll('p')
    .where('pb.city_id', '=', context.cityId)
    .where('pb.bill_id', 'in', billIds)
    .where('pb.live', '=', true)
    .orderBy('p.created_at')
    .execute()
  const mine = live.find((payment) => payment.citizen_id === context.citizenId)
  if (mine) return { payment: mine, isNew: false }
  if (live.length > 0) throw problem('bill-not-payable', { detail: somebodyElse[context.language] })
  await refuseWhoLeavesOrders(trx, context)

  await refuseWhileAsleep(
    trx,
    bills.map((bill) => bill.biller_id),
    context,
  )
  await refuseOldCopies(trx, bills, context)
  const settled = bills.find((bill) => bill.settled_at !== null)
  if (settled?.settled_at) throw problem('bill-settled', { paidAt: instant(settled.settled_at) })
  const isFound = (bill: BillRow) => payable.some(({ id, is_found }) => id === bill.id && is_found)
  const blocked = bills.map((bill) => whyNotPayable({ ...bill, is_found: isFound(bill) })).find((why) => why !== null)
  if (blocked) throw problem('bill-not-payable', { detail: say(blocked, context.language) })
  const changedBills = () => problem('bill-changed', { bills: bills.map(billNow) })
  if (bills.some((bill) => bill.version !== wishOf(body, bill.id)?.version)) throw changedBills()
  const amounts = bills.map((bill) => amountOf(bill, wishOf(body, bill.id)?.amountFen, context))
  const price = priceOf(
    bills.map((bill, at) => ({ billerId: bill.biller_id, amountFen: amounts[at] ?? 0 })),
    context,
  )
  if (price.totalFen !== body.totalFen) throw changedBills()
  const recent = await recentlyPaid(trx, context.cityId, bills, secondsAfter(context.now(), -RECENT_SECONDS))
  if (recent && !body.acknowledgeRecent) throw problem('recently-paid', { paidAt: instant(recent) })

  const now = context.now()
  const payment = await trx
    .insertInto('payments')
    .values({
      id: newId('p'),
      city_id: context.cityId,
      citizen_id: context.citizenId,
      reference: `${context.city.letters}${stampOf(now)}${String(randomInt(10 ** 10)).padStart(10, '0')}`,
      state: 'created',
      amount_fen: price.totalFen,
      fee_fen: price.feeFen,
      cashier: body.cashier,
      created_at: now,
      expires_at: secondsAfter(now, PAYABLE_SECONDS),
      look_at: secondsAfter(now, PAYABLE_SECONDS),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('payment_bills')
    .values(
      bills.map((bill, position) => ({
        city_id: payment.city_id,
        payment_id: payment.id,
        position,
        bill_id: bill.id,
        bill_version: bill.version,
        title: JSON.stringify(bill.title),
        kind: bill.kind,
        amount_fen: amounts[position] ?? 0,
      })),
    )
    .execute()
  await holdFindings(trx, context, payable)
  return { payment, isNew: true }
}

/** A biller that is closed takes no money; the refusal says when it opens again, the last of several. */
export async function refuseWhileAsleep(db: Db, billerIds: readonly string[], context: Context): Promise<void> {
  const closed: { biller: BillerSeed; until: Date }[] = []
  for (const id of new Set(billerIds)) {
    const biller = billerOf(context.city, id)
    const until = await closedUntil(db, context, biller)
    if (until) closed.push({ biller, until })
  }
  const [last] = closed.sort((a, b) => b.until.getTime() - a.until.getTime())
  if (last === undefined) return
  const detail = {
    zh: `${last.biller.name.zh}暂停服务，${timeOf(last.until)} 恢复后可以缴费。没有扣款。`,
    en: `${last.biller.name.en} is closed and takes payments again at ${timeOf(last.until)}. Nothing was charged.`,
  }
  throw problem('biller-closed', { opensAt: instant(last.until), detail: say(detail, context.language) })
}

/** When money for one of these was last taken, here or elsewhere, that has not gone back. */
async function recentlyPaid(trx: Trx, cityId: string, bills: BillRow[], since: Date): Promise<Date | null> {
  const elsewhere = bills.flatMap((bill) => bill.paid_elsewhere_at ?? [])
  const here = await trx
    .selectFrom('payment_bills as pb')
    .innerJoin('payments as p', (join) =>
      join.onRef('p.city_id', '=', 'pb.city_id').onRef('p.id', '=', 'pb.payment_id'),
    )
    .select('p.paid_at')
    .where('pb.city_id', '=', cityId)
    .where(
      'pb.bill_id',
      'in',
      bills.map(({ id }) => id),
    )
    .where('pb.outcome', '=', 'credited')
    .where('p.paid_at', '>', since)
    .execute()
  const moments = [...elsewhere, ...here.flatMap(({ paid_at: at }) => at ?? [])].filter((at) => at > since)
  return moments.reduce<Date | null>((latest, at) => (latest === null || at > latest ? at : latest), null)
}

const wishOf = (body: PaymentRequest, billId: string) => body.bills.find((bill) => bill.billId === billId)
const billNow = (bill: BillRow) => ({ billId: bill.id, version: bill.version, amountFen: leftOf(bill) })

/** Why a bill is refused that somebody else is paying. */
export const somebodyElse = {
  'zh-CN': '有人正在支付这笔账单，请稍后再看。',
  en: 'Someone is paying this bill right now. Please check again later.',
}
