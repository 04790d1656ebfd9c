import type { Selectable } from 'kysely'
import type { Account } from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import type { CoreTables } from '../database/tables'
import type { Context } from '../http/operation'
import { instant, maskNumber } from '../words'
import { accountMark } from './account-mark'
import type { OwnBillRow } from './bill-body'
import { billerOf } from './billers'
import { maskAddress, maskHolder } from './mask'
import { isHome } from './unbound-bills'

export type FindingRow = Selectable<CoreTables['findings']>

/** How long what was found can be read and paid. */
export const FOUND_SECONDS = 1800

/** What this citizen has found and may still pay. */
export const liveFindings = (db: Db, { cityId, citizenId, now }: Context) =>
  db
    .selectFrom('findings as f')
    .selectAll('f')
    .where('f.city_id', '=', cityId)
    .where('f.citizen_id', '=', citizenId)
    .where('f.expires_at', '>', now())

/** Bills that this citizen has found by a number: those that were open then, and what they have paid. */
export const foundBills = (db: Db, context: Context) =>
  db
    .selectFrom('bills as b')
    .innerJoin('findings as f', (join) =>
      join
        .onRef('f.city_id', '=', 'b.city_id')
        .onRef('f.biller_id', '=', 'b.biller_id')
        .onRef('f.number', '=', 'b.number'),
    )
    .leftJoin('biller_accounts as k', (join) =>
      join
        .onRef('k.city_id', '=', 'b.city_id')
        .onRef('k.biller_id', '=', 'b.biller_id')
        .onRef('k.number', '=', 'b.number'),
    )
    .selectAll('b')
    .select(['f.id as account_id', 'k.answered_at'])
    .where('b.city_id', '=', context.cityId)
    .where('f.city_id', '=', context.cityId)
    .where('f.citizen_id', '=', context.citizenId)
    .where('f.expires_at', '>', context.now())
    .where((eb) =>
      eb.or([
        eb('b.settled_at', 'is', null),
        eb('b.settled_at', '>=', eb.ref('f.found_at')),
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

type FoundRow = Awaited<ReturnType<ReturnType<typeof foundBills>['execute']>>[number]

/** Nothing of an account is shown to who has found a bill of it, but what is to be paid. */
export const asFound = (row: FoundRow): OwnBillRow => ({ ...row, is_holder: false, is_found: true })

/** What was found and is paid for, and is a home: it may be kept as an account. */
export async function paidFinding(db: Db, id: string, context: Context): Promise<FindingRow | undefined> {
  const row = await liveFindings(db, context)
    .where('f.id', '=', id)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('bills as b')
          .innerJoin('payment_bills as pb', (join) =>
            join.onRef('pb.city_id', '=', 'b.city_id').onRef('pb.bill_id', '=', 'b.id'),
          )
          .innerJoin('payments as p', (join) =>
            join.onRef('p.city_id', '=', 'pb.city_id').onRef('p.id', '=', 'pb.payment_id'),
          )
          .select('p.id')
          .whereRef('b.city_id', '=', 'f.city_id')
          .whereRef('b.biller_id', '=', 'f.biller_id')
          .whereRef('b.number', '=', 'f.number')
          .where('p.citizen_id', '=', context.citizenId)
          .where('p.paid_at', 'is not', null),
      ),
    )
    .executeTakeFirst()
  return row && isHome(billerOf(context.city, row.biller_id).kind) ? row : undefined
}

/** Whose the found bills are, in the shape of an account, masked; of a fine or a tax without an address. */
export async function findingBody(db: Db, row: FindingRow, context: Context): Promise<Account> {
  const known = await db
    .selectFrom('biller_accounts as k')
    .select(['k.holder', 'k.address'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('bills as b')
            .innerJoin('payment_bills as pb', (join) =>
              join.onRef('pb.city_id', '=', 'b.city_id').onRef('pb.bill_id', '=', 'b.id'),
            )
            .innerJoin('payments as p', (join) =>
              join.onRef('p.city_id', '=', 'pb.city_id').onRef('p.id', '=', 'pb.payment_id'),
            )
            .select('p.id')
            .where('b.city_id', '=', row.city_id)
            .where('p.city_id', '=', row.city_id)
            .where('p.citizen_id', '=', row.citizen_id)
            .where('p.paid_at', 'is not', null)
            .whereRef('b.biller_id', '=', 'k.biller_id')
            .whereRef('b.number', '=', 'k.number'),
        )
        .as('is_paid'),
    )
    .where('k.city_id', '=', row.city_id)
    .where('k.biller_id', '=', row.biller_id)
    .where('k.number', '=', row.number)
    .executeTakeFirst()
  const { kind } = billerOf(context.city, row.biller_id)
  return {
    id: row.id,
    cityId: row.city_id,
    billerId: row.biller_id,
    kind,
    maskedNumber: maskNumber(row.number),
    maskedHolder: known ? maskHolder(known.holder) : '*',
    maskedAddress: known && isHome(kind) ? maskAddress(known.address, context) : '*',
    mark: accountMark(context.service.keys, row.city_id, row.biller_id, row.number),
    relation: 'someone-else',
    boundAt: instant(row.found_at),
    paidBefore: Boolean(known?.is_paid),
    holder: false,
  }
}

/**
 * Takes findings away, and the city's copy of what nobody else has bound, found or paid: the name of who owes it stays with its biller alone.
 * The bills are locked before it is asked who pays them, so that none that is being paid goes.
 */
export async function forgetFindings(
  trx: Db,
  cityId: string,
  rows: readonly Pick<FindingRow, 'id' | 'biller_id' | 'number'>[],
): Promise<void> {
  if (rows.length === 0) return
  await trx
    .deleteFrom('findings')
    .where('city_id', '=', cityId)
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute()
  for (const { biller_id, number } of rows) {
    const same = { city_id: cityId, biller_id, number }
    const isUsed = await trx
      .selectFrom('accounts')
      .select('id')
      .where((eb) => eb.and(same))
      .unionAll(
        trx
          .selectFrom('findings')
          .select('id')
          .where((eb) => eb.and(same)),
      )
      .executeTakeFirst()
    if (isUsed) continue
    const bills = await trx
      .selectFrom('bills')
      .select('id')
      .where((eb) => eb.and(same))
      .orderBy('id')
      .forUpdate()
      .execute()
    const ids = bills.map(({ id }) => id)
    const paid = ids.length === 0 ? [] : await paidOf(trx, cityId, ids)
    const unpaid = ids.filter((id) => !paid.includes(id))
    if (unpaid.length > 0)
      await trx.deleteFrom('bills').where('city_id', '=', cityId).where('id', 'in', unpaid).execute()
    // The receipt of one that was paid names whose it was.
    if (paid.length > 0) continue
    await trx
      .deleteFrom('biller_accounts')
      .where((eb) => eb.and(same))
      .execute()
  }
}

const paidOf = async (db: Db, cityId: string, billIds: string[]): Promise<string[]> => {
  const rows = await db
    .selectFrom('payment_bills')
    .select('bill_id')
    .distinct()
    .where('city_id', '=', cityId)
    .where('bill_id', 'in', billIds)
    .execute()
  return rows.map(({ bill_id }) => bill_id)
}

/** All that a citizen has found. */
export const forgetFindingsOf = async (trx: Db, cityId: string, citizenId: string): Promise<void> =>
  forgetFindings(
    trx,
    cityId,
    await trx
      .selectFrom('findings')
      .select(['id', 'biller_id', 'number'])
      .where('city_id', '=', cityId)
      .where('citizen_id', '=', citizenId)
      .orderBy('id')
      .forUpdate()
      .execute(),
  )
