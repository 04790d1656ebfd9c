import { sql } from 'kysely'
import type {
  BindAccountData,
  BindAccountResponses,
  ChangeAccountData,
  ChangeAccountResponses,
  GetAccountData,
  GetAccountResponses,
  ListAccountsData,
  ListAccountsResponses,
  MatchAccountData,
  MatchAccountResponses,
  RestoreAccountData,
  RestoreAccountResponses,
  SetReminderData,
  SetReminderResponses,
  UnbindAccountData,
  UnbindAccountResponses,
} from '../../contract/wire/types.gen'
import { lockCitizen } from '../booking/locks'
import { needConsent } from '../citizens/consents'
import type { Db } from '../database/database'
import { readAs } from '../family/acting'
import { type Context, creating, type Handler, operation } from '../http/operation'
import { microsOf, readPage } from '../http/pages'
import { problem } from '../http/problem'
import { newId } from '../ids'
import { tellEnd } from '../mandates/agreements'
import { endAll } from '../mandates/rows'
import { withdrawBillReminders } from '../messages/bill-reminders'
import { noteGranted } from '../messages/grants'
import { instant, say, secondsAfter } from '../words'
import { type AccountRow, accountBodies, accountBody } from './account-body'
import { askBiller, billerOf } from './billers'
import { numberProblem } from './check-digit'
import { BILL_SECONDS, refreshList, refreshOld } from './copy'
import { findingBody, liveFindings, paidFinding } from './found-bills'
import { noteForHolders } from './holder-notes'
import { maskAddress, maskHolder } from './mask'
import { allowMatch, countMiss } from './question-limits'

const MATCH_SECONDS = 600
const UNDO_SECONDS = 600
const MOST_ACCOUNTS = 30

export const matchAccount = operation<MatchAccountData, MatchAccountResponses>(async ({ body }, context) => {
  const now = context.now()
  const serverTime = instant(now)
  const biller = billerOf(context.city, body.billerId)
  const { number } = body
  const wrong = numberProblem(biller.account, number)
  if (wrong !== null) throw problem('invalid-fields', { fields: [{ field: 'number', problem: wrong }] })
  const isBound = await isBoundBy(context, biller.id, number)
  if (!isBound) await allowMatch(context)
  const answer = await askBiller(context, biller, number)
  if (answer.kind === 'not-answering')
    return { status: 200, body: { outcome: 'not-answering', billerId: body.billerId, serverTime } }
  if (answer.kind === 'closed') {
    return {
      status: 200,
      body: { outcome: 'biller-closed', billerId: body.billerId, closedUntil: instant(answer.until), serverTime },
    }
  }
  if (answer.kind === 'no-account') {
    if (!isBound) await countMiss(context)
    return { status: 200, body: { outcome: 'no-account', billerId: body.billerId, serverTime } }
  }
  const { holder, address, isHolder } = answer.account
  const match = {
    id: newId('m'),
    city_id: context.cityId,
    citizen_id: context.citizenId,
    biller_id: biller.id,
    number,
    is_holder: isHolder,
    expires_at: secondsAfter(now, MATCH_SECONDS),
  }
  await context.db.insertInto('account_matches').values(match).execute()
  if (!isHolder) await noteForHolders(context, match, 'match')
  return {
    status: 200,
    body: {
      outcome: 'matched',
      billerId: body.billerId,
      matchId: match.id,
      maskedHolder: maskHolder(holder),
      maskedAddress: maskAddress(address, context),
      expiresAt: instant(match.expires_at),
      serverTime,
    },
  }
})

export const listAccounts = operation<ListAccountsData, ListAccountsResponses>(async ({ query }, caller) => {
  const context = await readAs(caller, query.grantId, 'bills', 'see-bills')
  await refreshList(context)
  const rows = context.db
    .selectFrom('accounts')
    .selectAll()
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
    .where('unbound_at', 'is', null)
  const asBound = [
    { by: microsOf(sql`bound_at`), type: 'number' },
    { by: sql`id`, type: 'text' },
  ] as const
  const page = await readPage(rows, asBound, query.cursor)
  const items = await accountBodies(context.db, page.rows, context)
  return {
    status: 200,
    body: { items, ...(page.next ? { next: page.next } : {}), serverTime: instant(context.now()) },
  }
})

/** Asks the biller for the bills of what is to be bound, before it is. */
export const bindAccount: Handler = async (call, context) => {
  const { matchId } = call.body as BindAccountData['body']
  const match = await matchOf(context.db, matchId, context)
  // Others' questions have left no settled bills in the copy.
  if (match !== undefined) await refreshOld(context, [match], match.is_holder ? 0 : BILL_SECONDS)
  const answer = await bind(call, context)
  if (match !== undefined && !match.is_holder) await noteForHolders(context, match, 'bind')
  return answer
}

const isBoundBy = async (
  { db, cityId, citizenId }: Pick<Context, 'cityId' | 'citizenId'> & { db: Db },
  billerId: string,
  number: string,
): Promise<boolean> =>
  (await db
    .selectFrom('accounts')
    .select('id')
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('biller_id', '=', billerId)
    .where('number', '=', number)
    .where('unbound_at', 'is', null)
    .executeTakeFirst()) !== undefined

/** More than anybody has at home, fewer than somebody collects. Two that bind at once are counted one after the other. */
async function refuseTooMany(trx: Db, { cityId, citizenId, language }: Context): Promise<void> {
  await trx
    .selectFrom('citizens')
    .select('id')
    .where('city_id', '=', cityId)
    .where('id', '=', citizenId)
    .forUpdate()
    .execute()
  const { bound } = await trx
    .selectFrom('accounts')
    .select(({ fn }) => fn.countAll<number>().as('bound'))
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('unbound_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (bound >= MOST_ACCOUNTS) throw problem('forbidden', { detail: say(tooManyAccounts, language) })
}

const tooManyAccounts = {
  zh: `最多可绑定 ${MOST_ACCOUNTS} 个户号。请先解除不用的，再添加新的。`,
  en: `You can have up to ${MOST_ACCOUNTS} accounts. Remove one that you no longer need, then add this one.`,
}

type Match = Pick<AccountRow, 'id' | 'city_id' | 'citizen_id' | 'biller_id' | 'number' | 'is_holder'> & {
  expires_at: Date
}

/** Of a match, or of a bill that was found and paid and may be kept. */
const matchOf = async (db: Db, matchId: string, context: Context): Promise<Match | undefined> =>
  (await db
    .selectFrom('account_matches')
    .selectAll()
    .where('id', '=', matchId)
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
    .executeTakeFirst()) ?? (await paidFinding(db, matchId, context))

const bind = creating<BindAccountData, BindAccountResponses>('bindAccount', async ({ body }, context, trx) => {
  const match = await matchOf(trx, body.matchId, context)
  if (match === undefined) throw problem('not-found')
  if (match.expires_at <= context.now()) throw problem('match-expired')
  const { cityId, citizenId } = context
  if (!(await isBoundBy({ db: trx, cityId, citizenId }, match.biller_id, match.number)))
    await refuseTooMany(trx, context)
  const same = {
    city_id: match.city_id,
    citizen_id: match.citizen_id,
    biller_id: match.biller_id,
    number: match.number,
  }
  // Asked once: what was found is kept now as an account.
  await trx
    .deleteFrom('findings')
    .where((eb) => eb.and(same))
    .execute()
  const chosen = { relation: body.relation, nickname: body.nickname || null, is_holder: match.is_holder }
  await trx
    .insertInto('accounts')
    .values({ id: newId('a'), ...same, ...chosen, bound_at: context.now() })
    // Bound already: that one. Unbound before: bound again under its old id.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await trx
    .selectFrom('accounts')
    .selectAll()
    .where((eb) => eb.and(same))
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (row.unbound_at !== null) {
    const again = {
      ...chosen,
      unbound_at: null,
      undo_until: null,
      bound_at: context.now(),
      reminder_given: null,
      reminder_changed_at: null,
      reminder_templates: null,
    }
    await trx.updateTable('accounts').set(again).where('city_id', '=', row.city_id).where('id', '=', row.id).execute()
    return { status: 201, body: await accountBody(trx, { ...row, ...again }, context) }
  }
  return { status: 201, body: await accountBody(trx, row, context) }
})

export const getAccount = operation<GetAccountData, GetAccountResponses>(async ({ path }, context) => {
  await refreshList(context)
  const row = await boundAccount(context.db, path.accountId, context)
  if (row !== undefined) return { status: 200, body: await accountBody(context.db, row, context) }
  const found = await liveFindings(context.db, context).where('f.id', '=', path.accountId).executeTakeFirst()
  if (found === undefined) throw problem('not-found')
  return { status: 200, body: await findingBody(context.db, found, context) }
})

export const changeAccount = operation<ChangeAccountData, ChangeAccountResponses>(async ({ path, body }, context) => {
  const row = await ownAccount(context.db, path.accountId, context)
  const change = {
    relation: body.relation ?? row.relation,
    nickname: body.nickname === undefined ? row.nickname : body.nickname || null,
  }
  await context.db
    .updateTable('accounts')
    .set(change)
    .where('city_id', '=', row.city_id)
    .where('id', '=', row.id)
    .execute()
  return { status: 200, body: await accountBody(context.db, { ...row, ...change }, context) }
})

export const unbindAccount = operation<UnbindAccountData, UnbindAccountResponses>(async ({ path }, context) => {
  const now = context.now()
  const row = await anyOwnAccount(context.db, path.accountId, context)
  // Repeated after a lost answer: the same answer.
  const undoUntil = row.undo_until ?? secondsAfter(now, UNDO_SECONDS)
  if (row.unbound_at !== null && undoUntil <= now) throw problem('not-found')
  if (row.unbound_at === null) {
    const ended = await context.database.transaction(async (trx) => {
      await trx
        .updateTable('accounts')
        .set({ unbound_at: now, undo_until: undoUntil })
        .where('city_id', '=', row.city_id)
        .where('id', '=', row.id)
        .execute()
      // Bound again, it needs a new yes.
      return endAll(trx, { cityId: row.city_id, citizenId: row.citizen_id, accountId: row.id }, now)
    })
    for (const mandate of ended) await tellEnd(context.service, mandate)
  }
  return { status: 200, body: { accountId: row.id, undoUntil: instant(undoUntil), serverTime: instant(now) } }
})

export const restoreAccount = creating<RestoreAccountData, RestoreAccountResponses>(
  'restoreAccount',
  async ({ path }, context, trx) => {
    const row = await anyOwnAccount(trx, path.accountId, context)
    if (row.unbound_at !== null && row.undo_until !== null && row.undo_until <= context.now()) {
      throw problem('undo-expired')
    }
    const bound = { unbound_at: null, undo_until: null }
    await trx.updateTable('accounts').set(bound).where('city_id', '=', row.city_id).where('id', '=', row.id).execute()
    return { status: 200, body: await accountBody(trx, { ...row, ...bound }, context) }
  },
)

export const setReminder = operation<SetReminderData, SetReminderResponses>(async ({ path, body }, context) => {
  const row = await ownAccount(context.db, path.accountId, context)
  const known = Object.values(context.city.messages ?? {}).flat()
  const strange = body.templates.find((template) => !known.includes(template))
  if (strange !== undefined || (body.given && body.templates.length === 0)) {
    throw problem('invalid-fields', { fields: [{ field: 'templates', problem: 'templates of the manifest' }] })
  }
  const change = {
    reminder_given: body.given,
    reminder_changed_at: context.now(),
    reminder_templates: JSON.stringify(body.given ? body.templates : []),
  }
  await context.database.transaction(async (trx) => {
    await lockCitizen(trx, context.cityId, context.citizenId)
    if (body.given) await needConsent(trx, context, 'setReminder', 'messages', { unlessNeverAsked: true })
    await trx.updateTable('accounts').set(change).where('city_id', '=', row.city_id).where('id', '=', row.id).execute()
    if (body.given) await noteGranted(trx, context, body.templates)
    else await withdrawBillReminders(trx, row, context.now())
  })
  return { status: 200, body: await accountBody(context.db, await ownAccount(context.db, row.id, context), context) }
})

/** A bound account of this citizen. */
export async function ownAccount(db: Db, accountId: string, context: Context): Promise<AccountRow> {
  const row = await boundAccount(db, accountId, context)
  if (row === undefined) throw problem('not-found')
  return row
}

async function boundAccount(db: Db, accountId: string, context: Context): Promise<AccountRow | undefined> {
  const row = await readAccount(db, accountId, context)
  return row?.unbound_at === null ? row : undefined
}

async function anyOwnAccount(db: Db, accountId: string, context: Context): Promise<AccountRow> {
  const row = await readAccount(db, accountId, context)
  if (row === undefined) throw problem('not-found')
  return row
}

const readAccount = (db: Db, accountId: string, context: Context): Promise<AccountRow | undefined> =>
  db
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', accountId)
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
    .executeTakeFirst()

export const knownAccount = (db: Db, cityId: string, billerId: string, number: string) =>
  db
    .selectFrom('biller_accounts')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('biller_id', '=', billerId)
    .where('number', '=', number)
    .executeTakeFirst()
