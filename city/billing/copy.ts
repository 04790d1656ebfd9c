import type { Transaction } from 'kysely'
import type { StoredTopUp, Tables } from '../database/tables'
import type { Context } from '../http/operation'
import type { BillerAccount, BillerBill } from '../ports'
import { noteFailure } from '../service'
import { instant, secondsAfter } from '../words'
import { type BillRow, leftOf } from './bill-body'
import { askBiller, type BillerAnswer, billerOf } from './billers'

/**
 * The city keeps what billers told it, so that lists are one read of its own tables, and asks them where a citizen is promised what holds
 * now. A copy is only ever replaced by the answer to a younger question, and never while a payment of the bill is under way.
 */

/** How old a copy may be in a list. */
export const LIST_SECONDS = 600
/** How old it may be where one bill is shown or about to be paid, before its biller is asked. */
export const BILL_SECONDS = 60
/** What is older is not paid: its amount may be another by now. */
export const PAYABLE_SECONDS = 900
/** Clocks of instances are not further apart: what is from later was told to a clock that was wrong, and counts as old. */
export const APART_SECONDS = 60
/** Who reads a list waits so long for billers, and then gets what is there. */
const PATIENCE_MS = 2000

type Account = { biller_id: string; number: string }

/** Asks the biller of a number for this citizen, and keeps what it answers. */
export async function refresh(context: Context, { biller_id: billerId, number }: Account): Promise<BillerAnswer> {
  const askedAt = context.now()
  const answer = await askBiller(context, billerOf(context.city, billerId), number)
  const { cityId, db } = context
  const key = { city_id: cityId, biller_id: billerId, number }
  if (answer.kind === 'account') await keep(context, key, answer.account, askedAt)
  else
    await db
      .updateTable('biller_accounts')
      .set({ asked_at: askedAt })
      .where((eb) => eb.and(key))
      .execute()
  return answer
}

/** Refreshes the copies of these accounts that are older than that, all at once. What cannot be refreshed stays as old as it is. */
export async function refreshOld(context: Context, accounts: readonly Account[], seconds: number): Promise<void> {
  if (accounts.length === 0) return
  const since = secondsAfter(context.now(), -seconds)
  const young = await context.db
    .selectFrom('biller_accounts')
    .select(['biller_id', 'number'])
    .where('city_id', '=', context.cityId)
    .where((eb) => eb.or(accounts.map(({ biller_id, number }) => eb.and({ biller_id, number }))))
    .where('asked_at', '>', since)
    .where('asked_at', '<=', secondsAfter(context.now(), APART_SECONDS))
    .where((eb) => eb.or([eb('changed_at', 'is', null), eb('asked_at', '>=', eb.ref('changed_at'))]))
    .execute()
  const old = accounts.filter(
    (account) => !young.some((each) => each.biller_id === account.biller_id && each.number === account.number),
  )
  const note = (error: unknown) => noteFailure(context.service, 'refresh', error)
  await Promise.all(old.map((account) => refresh(context, account).catch(note)))
}

/** The same before a list of the citizen's accounts or bills, which waits for no biller for long. */
export async function refreshList(context: Context): Promise<void> {
  const accounts = await context.db
    .selectFrom('accounts')
    .select(['biller_id', 'number'])
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
    .where('unbound_at', 'is', null)
    .execute()
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS)
  })
  const refreshed = refreshOld(context, accounts, LIST_SECONDS)
  // Nobody waits for it any more when it fails late.
  refreshed.catch(() => undefined)
  await Promise.race([refreshed, patience]).finally(() => clearTimeout(timer))
}

type Key = { city_id: string; biller_id: string; number: string }

/** Makes the copy what the biller answered. */
export async function keep(context: Context, key: Key, account: BillerAccount, askedAt: Date): Promise<void> {
  const { holder, address, isHolder, bills } = account
  const told = { holder, address: JSON.stringify(address), asked_at: askedAt, answered_at: askedAt }
  await context.db
    .insertInto('biller_accounts')
    .values({ ...key, ...told })
    .onConflict((conflict) => conflict.columns(['city_id', 'biller_id', 'number']).doUpdateSet(told))
    .execute()
  await context.db
    .updateTable('accounts')
    .set({ is_holder: isHolder })
    .where((eb) => eb.and({ ...key, citizen_id: context.citizenId }))
    .where('is_holder', '<>', isHolder)
    .execute()
  const versions = await context.db
    .selectFrom('bills')
    .select(['id', 'biller_version', 'settled_at'])
    .where((eb) => eb.and(key))
    .execute()
  const kept = new Map(versions.map((row) => [row.id, row]))
  const added = bills.filter(({ id }) => !kept.has(id))
  const changed = bills.filter(({ id, version }) => kept.has(id) && kept.get(id)?.biller_version !== version)
  const named = new Set(bills.map(({ id }) => id))
  const gone = versions.filter(({ id, settled_at }) => settled_at === null && !named.has(id)).map(({ id }) => id)
  if (added.length > 0)
    await context.db
      .insertInto('bills')
      .values(added.map((bill) => newRow(key, bill, askedAt)))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  if (changed.length + gone.length === 0) return
  await context.database.transaction(async (trx) => {
    for (const row of await freeRows(trx, key, [...changed.map(({ id }) => id), ...gone], askedAt)) {
      const bill = changed.find(({ id }) => id === row.id)
      // One that the biller no longer names is open no more.
      const patch = bill ? changesOf(row, bill, askedAt) : { paid_fen: row.amount_fen, settled_at: askedAt }
      await trx
        .updateTable('bills')
        .set({ ...patch, as_of: askedAt })
        .where('city_id', '=', row.city_id)
        .where('id', '=', row.id)
        .execute()
    }
  })
}

/** Those that nobody is paying, that nobody else has locked, and that have not changed since the biller was asked. */
const freeRows = (trx: Transaction<Tables>, key: Key, ids: string[], askedAt: Date): Promise<BillRow[]> =>
  trx
    .selectFrom('bills')
    .selectAll()
    .where((eb) => eb.and(key))
    .where('id', 'in', ids)
    .where((eb) =>
      eb.or([
        eb('as_of', 'is', null),
        eb('as_of', '<=', askedAt),
        eb('as_of', '>', secondsAfter(askedAt, APART_SECONDS)),
      ]),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('payment_bills as pb')
            .select('pb.bill_id')
            .whereRef('pb.city_id', '=', 'bills.city_id')
            .whereRef('pb.bill_id', '=', 'bills.id')
            .where('pb.live', '=', true),
        ),
      ),
    )
    .orderBy('id')
    .forUpdate()
    .skipLocked()
    .execute()

/** What both a new row and a changed one hold. */
function columnsOf(bill: BillerBill) {
  const json = (value: object | undefined) => (value === undefined ? null : JSON.stringify(value))
  const { balanceFen = 0, ...topUp } = bill.topUp ?? {}
  return {
    biller_version: bill.version,
    kind: bill.kind,
    title: JSON.stringify(bill.title),
    lines: JSON.stringify(bill.lines),
    amount_fen: bill.amountFen,
    late_fee_fen: bill.lateFeeFen ?? 0,
    arrears_fen: bill.arrearsFen ?? 0,
    paid_fen: bill.settledAt ? bill.amountFen : (bill.paidFen ?? 0),
    partial_min_fen: bill.partialMinFen ?? null,
    top_up: bill.topUp ? JSON.stringify(topUp) : null,
    balance_fen: balanceFen,
    settlement: json(bill.settlement),
    decision: json(bill.decision),
    fine: json(bill.fine),
    usage_quantity: bill.usage?.quantity ?? null,
    usage_unit: json(bill.usage?.unit),
    period_from: bill.period?.from ?? null,
    period_to: bill.period?.to ?? null,
    issued_on: bill.issuedOn,
    due_on: bill.dueOn ?? null,
    not_payable: json(bill.notPayable),
    settled_at: bill.settledAt ?? null,
    paid_elsewhere_at: bill.paidElsewhereAt ?? null,
  }
}

/** The city counts versions itself, from those that the biller remembers on. */
function newRow(key: Key, bill: BillerBill, askedAt: Date) {
  const earlier = bill.changes ?? []
  const changes = earlier.map((change, at) => ({ ...change, version: earlier.length - at }))
  const version = earlier.length + 1
  return { ...key, id: bill.id, ...columnsOf(bill), changes: JSON.stringify(changes), version, as_of: askedAt }
}

/** What a person who agreed to pay it agreed to. */
const agreedTo = (row: AgreedColumns): string =>
  canonical([
    row.amount_fen - row.paid_fen,
    row.late_fee_fen,
    row.arrears_fen,
    row.partial_min_fen,
    row.balance_fen,
    row.top_up,
    row.decision,
    row.lines,
  ])
type AgreedColumns = Pick<
  BillRow,
  | 'amount_fen'
  | 'paid_fen'
  | 'late_fee_fen'
  | 'arrears_fen'
  | 'partial_min_fen'
  | 'balance_fen'
  | 'top_up'
  | 'decision'
  | 'lines'
>

/** A changed bill's columns; its version grows when what is to be paid is not the same, and a changed decision is to be read again. */
function changesOf(row: BillRow, bill: BillerBill, askedAt: Date) {
  const columns = columnsOf(bill)
  const { balanceFen: _, ...topUp } = bill.topUp ?? { balanceFen: 0 }
  const now: AgreedColumns = {
    ...row,
    ...columns,
    top_up: bill.topUp ? (topUp as StoredTopUp) : null,
    decision: bill.decision ?? null,
    lines: bill.lines,
  }
  const decided = canonical(row.decision) === canonical(now.decision) ? {} : { decision_confirmed_at: null }
  // A bill that was paid here stays so.
  const settled = row.settled_at !== null && bill.settledAt ? { settled_at: row.settled_at } : { settled_by: null }
  if (agreedTo(row) === agreedTo(now)) return { ...columns, ...decided, ...settled }
  const before = leftOf(row)
  const reason = bill.changes?.[0]?.reason
  const change = { version: row.version, amountFen: before, changedAt: instant(askedAt), ...(reason ? { reason } : {}) }
  const isOther = before !== leftOf({ ...row, ...now })
  return {
    ...columns,
    ...decided,
    ...settled,
    version: row.version + 1,
    ...(isOther ? { changes: JSON.stringify([change, ...row.changes].slice(0, 20)) } : {}),
  }
}

/** JSON with sorted keys: the database keeps them in an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}
