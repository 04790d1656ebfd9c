import type { Selectable } from 'kysely'
import { type BillRow, leftOf, whyNotPayable } from '../billing/bill-body'
import { ownBills } from '../billing/bills'
import type { CoreTables } from '../database/tables'
import type { Context } from '../http/operation'
import { isProblem } from '../http/problem'
import { withdrawMessages } from '../messages/outbox'
import { priceOf } from '../payments/price'
import type { Trx } from '../payments/rows'
import type { Service } from '../service'
import { contractOf } from './agreements'
import { billsOf, changeBill, contextOf, lockMandate, type MandateBillRow, type MandateRow } from './rows'
import { collectAtOf, noticeBy, whyOwn } from './rules'
import { announce, tellOfBill } from './texts'

type Message = Selectable<CoreTables['messages']>

/** Meters are topped up when one likes, and what is read before it is paid is not brought. */
const isBrought = (bill: BillRow): boolean =>
  bill.top_up === null && bill.decision === null && whyNotPayable(bill) === null && leftOf(bill) > 0

/** With the fee; null above what the biller takes at once. */
function amountOf(bill: BillRow, context: Context): number | null {
  try {
    return priceOf([{ billerId: bill.biller_id, amountFen: leftOf(bill) }], context).totalFen
  } catch (error) {
    if (!(isProblem(error) && error.code === 'bill-not-payable')) throw error
    return null
  }
}

/** Brings each open bill of a permission's account, as the city's copy has it, and ends what was settled meanwhile. */
export async function bring(service: Service, mandate: MandateRow): Promise<void> {
  await service.database.transaction(async (trx) => {
    const locked = await lockMandate(trx, mandate)
    if (locked.state !== 'active') return
    const context = contextOf(service, locked)
    const bills = await ownBills(trx, context)
      .where('a.id', '=', locked.account_id)
      .where('b.settled_at', 'is', null)
      .orderBy('b.issued_on')
      .orderBy('b.id')
      .execute()
    const known = await billsOf(trx, locked)
    for (const row of known) {
      const bill = bills.find(({ id }) => id === row.bill_id)
      if (bill === undefined || leftOf(bill) <= 0) await settle(trx, locked, row, context.now())
      else if (row.state === 'announced') await check(trx, service, locked, bill, row)
    }
    for (const bill of bills)
      if (isBrought(bill) && !known.some((row) => row.bill_id === bill.id)) await plan(trx, service, locked, bill, null)
  })
}

/** It is settled, by whomever. */
async function settle(trx: Trx, mandate: MandateRow, row: MandateBillRow, now: Date): Promise<void> {
  if (row.state === 'yours') await changeBill(trx, row, { state: 'paid' })
  if (row.state === 'announced') await skip(trx, mandate, row, now)
}

/** Somebody paid it: nothing is collected, and whoever was told so is not told any more. */
export async function skip(trx: Trx, mandate: MandateRow, row: MandateBillRow, now: Date): Promise<void> {
  await changeBill(trx, row, { state: 'skipped' })
  const which = { cityId: mandate.city_id, citizenId: mandate.citizen_id, aboutIds: [row.bill_id] }
  await withdrawMessages(trx, { ...which, kind: 'collection-ahead' }, now)
}

/** Another amount than the notice says, or a notice that the host did not take in time: announced anew. Who wants no messages is not told. */
async function check(
  trx: Trx,
  service: Service,
  mandate: MandateRow,
  bill: BillRow,
  row: MandateBillRow,
): Promise<void> {
  const notice = await noticeOf(trx, row)
  if (notice && untold.has(notice.state)) await changeBill(trx, row, { state: 'yours', reason: 'not-told' })
  else if (bill.version !== row.bill_version || notice === undefined || notice.state === 'gave-up')
    await plan(trx, service, mandate, bill, row)
}

/** The host is not told, or does not tell the citizen. */
const untold: ReadonlySet<Message['state']> = new Set(['withdrawn', 'off', 'refused'])

const noticeOf = (trx: Trx, row: MandateBillRow): Promise<Message | undefined> =>
  trx
    .selectFrom('messages')
    .selectAll()
    .where('city_id', '=', row.city_id)
    .where('id', '=', row.notice_id ?? '')
    .executeTakeFirst()

/** When the host took the notice of a collection; null while it has not, or not in time. */
export async function noticedAt(trx: Trx, row: MandateBillRow): Promise<Date | null> {
  const notice = await noticeOf(trx, row)
  const isTold = notice?.state === 'sent' && row.collect_at !== null
  return isTold && notice.ended_at !== null && notice.ended_at <= noticeBy(row.collect_at ?? new Date(0))
    ? notice.ended_at
    : null
}

/** Announces a bill, or leaves it to the citizen and says so. */
export async function plan(
  trx: Trx,
  service: Service,
  mandate: MandateRow,
  bill: BillRow,
  before: MandateBillRow | null,
): Promise<void> {
  const context = contextOf(service, mandate)
  const now = context.now()
  const price = amountOf(bill, context)
  const amountFen = price ?? leftOf(bill)
  const collectAt = collectAtOf(now)
  const isAuto = mandate.kind === 'auto-pay'
  const reason = isAuto
    ? whyOwn({
        amountFen: price,
        ceilingFen: mandate.ceiling_fen ?? 0,
        maxFen: contractOf(service, mandate)?.maxFen ?? 0,
        dueOn: bill.due_on,
        endsOn: mandate.ends_on ?? '',
        collectAt,
      })
    : null
  const told = { bill_id: bill.id, amount_fen: amountFen, title: bill.title }
  const isAnnounced = isAuto && reason === null
  const noticeId = isAnnounced ? await announce(trx, mandate, told, collectAt, now) : null
  if (!isAnnounced) await tellOfBill(trx, mandate, told, reason, now)
  const columns = {
    bill_version: bill.version,
    amount_fen: amountFen,
    title: JSON.stringify(bill.title),
    state: isAnnounced ? ('announced' as const) : ('yours' as const),
    reason,
    notice_id: noticeId,
    collect_at: isAnnounced ? collectAt : null,
  }
  if (before === null) {
    const key = { city_id: mandate.city_id, mandate_id: mandate.id, bill_id: bill.id }
    await trx
      .insertInto('mandate_bills')
      .values({ ...key, brought_at: now, ...columns })
      .execute()
    return
  }
  if (before.notice_id !== noticeId) await withdrawNotice(trx, before, now)
  await changeBill(trx, before, columns)
}

/** The one that was written before, if nobody has read it yet. */
const withdrawNotice = (trx: Trx, { city_id, notice_id }: MandateBillRow, now: Date) =>
  trx
    .updateTable('messages')
    .set({ state: 'withdrawn', send_at: null, ended_at: now, told_at: null })
    .where('city_id', '=', city_id)
    .where('id', '=', notice_id ?? '')
    .where('state', '=', 'waiting')
    .execute()
