import { sql } from 'kysely'
import type {
  ConfirmDecisionData,
  ConfirmDecisionResponses,
  GetBillData,
  GetBillResponses,
  ListBillsData,
  ListBillsResponses,
  LookUpBillsData,
  LookUpBillsResponses,
} from '../../contract/wire/types.gen'
import { recordDataUse } from '../citizens/citizen'
import type { Db } from '../database/database'
import { type Context, creating, operation, refuseWhenReadOnly } from '../http/operation'
import { readPage } from '../http/pages'
import { problem } from '../http/problem'
import { lockBills } from '../payments/rows'
import { instant, secondsAfter } from '../words'
import { ownAccount } from './accounts'
import { billBody, leftOf } from './bill-body'
import { askBiller, billerOf, LIST_AGE_SECONDS } from './billers'

export const lookUpBills = operation<LookUpBillsData, LookUpBillsResponses>(async ({ path }, context) => {
  const now = context.now()
  const account = await ownAccount(context.db, path.accountId, context)
  const biller = billerOf(context.city, account.biller_id)
  const at = { accountId: account.id, askedAt: instant(now), serverTime: instant(now) }
  const answer = await askBiller(context, biller, account.number)
  if (answer.kind === 'not-answering') return { status: 200, body: { outcome: 'not-answering', ...at } }
  if (answer.kind === 'closed')
    return { status: 200, body: { outcome: 'biller-closed', closedUntil: instant(answer.until), ...at } }
  await recordDataUse(context, biller.name, { zh: '查询账单', en: 'Bills looked up' })
  if (answer.kind === 'no-account') return { status: 200, body: { outcome: 'no-account', ...at } }
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
  if (query.accountId !== undefined) wanted = wanted.where('a.id', '=', query.accountId)
  if (query.due === true) wanted = wanted.where('b.settled_at', 'is', null)
  if (query.due === false) wanted = wanted.where('b.settled_at', 'is not', null)
  if (query.kind !== undefined) wanted = wanted.where('b.kind', '=', query.kind)
  const { text } = query
  if (text) {
    const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`
    const lower = text.toLowerCase()
    const billers = context.city.billers.filter(({ name }) => `${name.zh}\n${name.en}`.toLowerCase().includes(lower))
    wanted = wanted.where((eb) =>
      eb.or([
        eb(sql`b.title ->> 'zh'`, 'ilike', like),
        eb(sql`b.title ->> 'en'`, 'ilike', like),
        eb('a.nickname', 'ilike', like),
        ...(billers.length > 0
          ? [
              eb(
                'b.biller_id',
                'in',
                billers.map(({ id }) => id),
              ),
            ]
          : []),
      ]),
    )
  }
  const newestFirst = [
    { by: sql`b.issued_on`, type: 'text', isDescending: true },
    { by: sql`b.id`, type: 'text' },
  ] as const
  const page = await readPage(wanted, newestFirst, query.cursor)
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
      ...(query.accountId ? { accountId: query.accountId } : {}),
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

/** Confirmed in the version that was read; confirming again, with whatever key, changes nothing. */
export const confirmDecision = creating<ConfirmDecisionData, ConfirmDecisionResponses>(
  'confirmDecision',
  async ({ path, body }, context, trx) => {
    refuseWhenReadOnly(context)
    await lockBills(trx, [path.billId])
    const row = await ownBills(trx, context).where('b.id', '=', path.billId).executeTakeFirst()
    if (row === undefined || row.decision === null) throw problem('not-found')
    if (row.decision_confirmed_at !== null || row.settled_at !== null) {
      return { status: 200, body: await billBody(trx, row, row.account_id, context) }
    }
    if (row.version !== body.version) {
      throw problem('bill-changed', { bills: [{ billId: row.id, version: row.version, amountFen: leftOf(row) }] })
    }
    const confirmed = { decision_confirmed_at: context.now(), version: row.version + 1 }
    await trx.updateTable('bills').set(confirmed).where('id', '=', row.id).execute()
    return { status: 200, body: await billBody(trx, { ...row, ...confirmed }, row.account_id, context) }
  },
  // As it is now: it may be paid meanwhile.
  async (first, context, trx) => {
    const billId = typeof first.body === 'object' && first.body !== null && 'id' in first.body ? first.body.id : ''
    const row = await ownBills(trx, context).where('b.id', '=', String(billId)).executeTakeFirst()
    if (row === undefined) throw problem('not-found')
    return { ...first, body: await billBody(trx, row, row.account_id, context) }
  },
)

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
