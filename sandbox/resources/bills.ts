import type { Selectable } from 'kysely'
import { type Context, type Db, offsetOf, operation, pageLimit, pageOf } from '../core'
import { problem } from '../problem'
import type { CoreTables } from '../tables'
import type {
  Bill,
  BillStatus,
  GetBillData,
  GetBillResponses,
  ListBillsData,
  ListBillsResponses,
  LookUpBillsData,
  LookUpBillsResponses,
} from '../wire/types.gen'
import { dayOf, instant, say, secondsAfter } from '../words'
import { knownAccount, ownAccount } from './accounts'
import { asleepUntil, billerNow, billerOf } from './billers'
import { recordDataUse } from './citizen'

export type BillRow = Selectable<CoreTables['bills']>

/** How old the list of bills may be: it is the city's copy, not the biller's answer. */
const LIST_AGE_SECONDS = 90

export const lookUpBills = operation<LookUpBillsData, LookUpBillsResponses>(async ({ path }, context) => {
  const now = context.now()
  const account = await ownAccount(context.db, path.accountId, context)
  const biller = billerOf(context.city, account.biller_id)
  const at = { accountId: account.id, askedAt: instant(now), serverTime: instant(now) }
  const answer = billerNow(context, biller)
  const known = await knownAccount(context.db, context.cityId, account.biller_id, account.number)
  if (answer === 'not-answering' || known?.lookup === 'silent') {
    return { status: 200, body: { outcome: 'not-answering', ...at } }
  }
  if (answer !== 'answers') {
    return { status: 200, body: { outcome: 'biller-closed', closedUntil: instant(answer.asleep), ...at } }
  }
  await recordDataUse(context, biller.name, { zh: '查询账单', en: 'Looked up bills' })
  if (known === undefined || known.lookup === 'vanished') {
    return { status: 200, body: { outcome: 'no-account', ...at } }
  }
  const rows = await context.db
    .selectFrom('bills')
    .selectAll()
    .where('city_id', '=', context.cityId)
    .where('biller_id', '=', account.biller_id)
    .where('number', '=', account.number)
    .where('settled_at', 'is', null)
    .orderBy('issued_on')
    .orderBy('id')
    .execute()
  if (rows.length === 0) return { status: 200, body: { outcome: 'nothing-due', ...at } }
  const bills = await Promise.all(rows.map((row) => billBody(context.db, row, account.id, context)))
  return { status: 200, body: { outcome: 'bill', bills, ...at } }
})

export const listBills = operation<ListBillsData, ListBillsResponses>(async ({ query }, context) => {
  let wanted = ownBills(context.db, context)
    .orderBy('b.issued_on', 'desc')
    .orderBy('b.id')
    .offset(offsetOf(query.cursor))
    .limit(pageLimit)
  if (query.accountId !== undefined) wanted = wanted.where('a.id', '=', query.accountId)
  if (query.due === true) wanted = wanted.where('b.settled_at', 'is', null)
  if (query.due === false) wanted = wanted.where('b.settled_at', 'is not', null)
  const page = pageOf(await wanted.execute(), query.cursor)
  const asOf = secondsAfter(context.now(), -LIST_AGE_SECONDS)
  const items = await Promise.all(
    page.rows.map(async (row) => ({
      ...(await billBody(context.db, row, row.account_id, context)),
      asOf: instant(asOf),
    })),
  )
  return {
    status: 200,
    body: {
      items,
      ...(page.next ? { next: page.next } : {}),
      consistency: 'eventual',
      asOf: instant(asOf),
      serverTime: instant(context.now()),
    },
  }
})

export const getBill = operation<GetBillData, GetBillResponses>(async ({ path }, context) => {
  const row = await ownBills(context.db, context).where('b.id', '=', path.billId).executeTakeFirst()
  if (row === undefined) throw problem('not-found')
  return { status: 200, body: await billBody(context.db, row, row.account_id, context) }
})

/** Bills of the accounts this citizen has bound. */
export const ownBills = (db: Db, context: Context) =>
  db
    .selectFrom('bills as b')
    .innerJoin('accounts as a', (join) =>
      join
        .onRef('a.city_id', '=', 'b.city_id')
        .onRef('a.biller_id', '=', 'b.biller_id')
        .onRef('a.number', '=', 'b.number'),
    )
    .selectAll('b')
    .select('a.id as account_id')
    .where('a.city_id', '=', context.cityId)
    .where('a.citizen_id', '=', context.citizenId)
    .where('a.unbound_at', 'is', null)

async function billBody(db: Db, row: BillRow, accountId: string, context: Context): Promise<Bill> {
  const { language } = context
  const live = await db
    .selectFrom('payment_bills as pb')
    .innerJoin('payments as p', 'p.id', 'pb.payment_id')
    .select(['p.id', 'p.citizen_id'])
    .where('pb.bill_id', '=', row.id)
    .where((eb) => eb.or([eb('pb.live', '=', true), eb('p.id', '=', row.settled_by ?? '')]))
    .executeTakeFirst()
  const asleep = asleepUntil(billerOf(context.city, row.biller_id), context.now())
  return {
    id: row.id,
    cityId: row.city_id,
    billerId: row.biller_id,
    accountId,
    kind: row.kind,
    title: say(row.title, language),
    status: statusOf(row, live !== undefined, dayOf(context.now())),
    amountFen: row.amount_fen,
    ...(row.late_fee_fen > 0 ? { lateFeeFen: row.late_fee_fen } : {}),
    version: row.version,
    lines: row.lines.map((line) => ({
      label: say(line.label, language),
      amountFen: line.amountFen,
      ...(line.note ? { note: say(line.note, language) } : {}),
    })),
    ...(row.period_from && row.period_to ? { period: { from: row.period_from, to: row.period_to } } : {}),
    ...(row.usage_quantity && row.usage_unit
      ? { usage: { quantity: row.usage_quantity, unit: say(row.usage_unit, language) } }
      : {}),
    issuedOn: row.issued_on,
    ...(row.due_on ? { dueOn: row.due_on } : {}),
    ...(live && live.citizen_id === context.citizenId ? { paymentId: live.id } : {}),
    ...(row.not_payable && row.settled_at === null ? { notPayable: say(row.not_payable, language) } : {}),
    // While the biller sleeps, its last word is from before.
    asOf: instant(asleep ? secondsAfter(context.now(), -3600) : context.now()),
  }
}

function statusOf(row: BillRow, isLive: boolean, today: string): BillStatus {
  if (row.settled_at !== null) return 'settled'
  if (isLive) return 'paying'
  if (row.not_payable !== null) return 'not-payable'
  return row.due_on !== null && row.due_on < today ? 'overdue' : 'due'
}
