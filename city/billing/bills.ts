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
import { recordDataUses } from '../citizens/data-uses'
import { needLevel } from '../citizens/verification-levels'
import type { Db } from '../database/database'
import { familyOf, readAs } from '../family/acting'
import { type Context, creating, type Handler, operation, refuseWhenReadOnly } from '../http/operation'
import { readPage } from '../http/pages'
import { problem } from '../http/problem'
import { lockBills } from '../payments/rows'
import { instant, say, type Words } from '../words'
import { ownAccount } from './accounts'
import { billBodies, billBody, leftOf } from './bill-body'
import { billerOf } from './billers'
import { boundBills } from './bound-bills'
import { BILL_SECONDS, refresh, refreshList, refreshOld } from './copy'
import { asFound, foundBills } from './found-bills'
import { noteForHolders } from './holder-notes'
import { allowLookUp } from './question-limits'

/** Of the contract: an account with more is shown its oldest. */
const MOST_BILLS = 100

const lookedUp: Words = { zh: '查询账单', en: 'Bills looked up' }

export const lookUpBills = operation<LookUpBillsData, LookUpBillsResponses>(async ({ path }, context) => {
  const now = context.now()
  const account = await ownAccount(context.db, path.accountId, context)
  const biller = billerOf(context.city, account.biller_id)
  const at = { accountId: account.id, askedAt: instant(now), serverTime: instant(now) }
  await allowLookUp(context)
  const answer = await refresh(context, account)
  if (answer.kind === 'not-answering') return { status: 200, body: { outcome: 'not-answering', ...at } }
  if (answer.kind === 'closed')
    return { status: 200, body: { outcome: 'biller-closed', closedUntil: instant(answer.until), ...at } }
  const { db, citizenId } = context
  await recordDataUses(db, context, [{ citizenId, by: biller.name, purpose: 'bills', text: lookedUp }])
  const isHolder = answer.kind === 'account' && answer.account.isHolder
  if (!isHolder) await noteForHolders(context, account, 'look-up')
  if (answer.kind === 'no-account') return { status: 200, body: { outcome: 'no-account', ...at } }
  const rows = await ownBills(context.db, context)
    .where('a.id', '=', account.id)
    .where('b.settled_at', 'is', null)
    .orderBy('b.issued_on')
    .orderBy('b.id')
    .limit(MOST_BILLS)
    .execute()
  if (rows.length === 0) return { status: 200, body: { outcome: 'nothing-due', ...at } }
  const bills = await billBodies(context.db, rows, context)
  return { status: 200, body: { outcome: 'bill', bills, ...at } }
})

export const listBills = operation<ListBillsData, ListBillsResponses>(async ({ query }, caller) => {
  const context = await readAs(caller, query.grantId, 'bills', 'see-bills')
  await refreshList(context)
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
  const items = await billBodies(context.db, page.rows, context)
  const asOf = await copiesAsOf(context, query.accountId)
  return {
    status: 200,
    body: {
      items,
      ...(query.accountId ? { accountId: query.accountId } : {}),
      ...(query.grantId === undefined && (await familyOf(caller, 'bills'))),
      ...(page.next ? { next: page.next } : {}),
      consistency: 'eventual',
      asOf: instant(asOf),
      serverTime: instant(context.now()),
    },
  }
})

/** As its biller has it now; as it was told last when the biller does not answer. */
export const getBill = operation<GetBillData, GetBillResponses>(async ({ path, query }, caller) => {
  const context = await readAs(caller, query.grantId, 'bills', 'see-bills')
  const find = async () =>
    (await foundBills(context.db, context).where('b.id', '=', path.billId).execute()).map(asFound)
  const read = async () =>
    (await ownBills(context.db, context).where('b.id', '=', path.billId).executeTakeFirst()) ??
    // What somebody else found is theirs alone.
    (context.isActing ? undefined : (await find())[0])
  const before = await read()
  if (before === undefined) throw problem('not-found')
  await refreshOld(context, [before], BILL_SECONDS)
  const row = await read()
  if (row === undefined) throw problem('not-found')
  return { status: 200, body: await billBody(context.db, row, context) }
})

/** Confirmed in the version that was read; confirming again, with whatever key, changes nothing. */
export const confirmDecision: Handler = async (call, context) => {
  const { billId } = call.path as ConfirmDecisionData['path']
  const bill = await ownBills(context.db, context).where('b.id', '=', billId).executeTakeFirst()
  if (bill !== undefined) await refreshOld(context, [bill], BILL_SECONDS)
  return confirm(call, context)
}

const confirm = creating<ConfirmDecisionData, ConfirmDecisionResponses>(
  'confirmDecision',
  async ({ path, body }, context, trx) => {
    refuseWhenReadOnly(context)
    await lockBills(trx, context.cityId, [path.billId])
    const row = await ownBills(trx, context).where('b.id', '=', path.billId).executeTakeFirst()
    if (row === undefined || row.decision === null) throw problem('not-found')
    if (!row.is_holder) throw problem('forbidden', { detail: say(holderOnly, context.language) })
    await needLevel(trx, context, billerOf(context.city, row.biller_id).level)
    if (row.decision_confirmed_at !== null || row.settled_at !== null) {
      return { status: 200, body: await billBody(trx, row, context) }
    }
    if (row.version !== body.version) {
      throw problem('bill-changed', { bills: [{ billId: row.id, version: row.version, amountFen: leftOf(row) }] })
    }
    const confirmed = { decision_confirmed_at: context.now(), version: row.version + 1 }
    await trx.updateTable('bills').set(confirmed).where('city_id', '=', row.city_id).where('id', '=', row.id).execute()
    return { status: 200, body: await billBody(trx, { ...row, ...confirmed }, context) }
  },
  // As it is now: it may be paid meanwhile.
  async (first, context, trx) => {
    const billId = typeof first.body === 'object' && first.body !== null && 'id' in first.body ? first.body.id : ''
    const row = await ownBills(trx, context).where('b.id', '=', String(billId)).executeTakeFirst()
    if (row === undefined) throw problem('not-found')
    return { ...first, body: await billBody(trx, row, context) }
  },
)

/** Bills of the accounts this citizen has bound; of one that is somebody else's, those that are open or that this citizen has paid. */
export const ownBills = (db: Db, context: Context) =>
  boundBills(db)
    .leftJoin('biller_accounts as k', (join) =>
      join
        .onRef('k.city_id', '=', 'b.city_id')
        .onRef('k.biller_id', '=', 'b.biller_id')
        .onRef('k.number', '=', 'b.number'),
    )
    .selectAll('b')
    .select(['a.id as account_id', 'a.is_holder', 'k.answered_at'])
    .where('a.city_id', '=', context.cityId)
    .where('a.citizen_id', '=', context.citizenId)
    .where('a.unbound_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('a.is_holder', '=', true),
        eb('b.settled_at', 'is', null),
        eb.exists(
          eb
            .selectFrom('payment_bills as mine')
            .innerJoin('payments as p', (join) =>
              join.onRef('p.city_id', '=', 'mine.city_id').onRef('p.id', '=', 'mine.payment_id'),
            )
            .select('p.id')
            .whereRef('mine.city_id', '=', 'b.city_id')
            .whereRef('mine.bill_id', '=', 'b.id')
            .where('p.citizen_id', '=', context.citizenId),
        ),
      ]),
    )

/** Since when nothing in the citizen's list, or in the one of an account, is older. */
async function copiesAsOf({ db, cityId, citizenId, now }: Context, accountId: string | undefined): Promise<Date> {
  const oldest = await db
    .selectFrom('accounts as a')
    .innerJoin('biller_accounts as k', (join) =>
      join
        .onRef('k.city_id', '=', 'a.city_id')
        .onRef('k.biller_id', '=', 'a.biller_id')
        .onRef('k.number', '=', 'a.number'),
    )
    .select('k.answered_at')
    .where('a.city_id', '=', cityId)
    .where('a.citizen_id', '=', citizenId)
    .where('a.unbound_at', 'is', null)
    .where('k.answered_at', 'is not', null)
    .$if(accountId !== undefined, (rows) => rows.where('a.id', '=', accountId ?? ''))
    .orderBy('k.answered_at')
    .limit(1)
    .executeTakeFirst()
  return oldest?.answered_at ?? now()
}

const holderOnly = {
  zh: '处罚决定只能由当事人本人确认。',
  en: 'Only the person whom the decision concerns can confirm it.',
}
