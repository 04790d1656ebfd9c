import type { Selectable } from 'kysely'
import type { Account } from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import type { CoreTables } from '../database/tables'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { instant, maskNumber } from '../words'
import { accountMark } from './account-mark'
import { asleepUntil, billerOf } from './billers'
import { maskAddress, maskHolder } from './mask'

export type AccountRow = Selectable<CoreTables['accounts']>

type Told = { asked_at: Date | null; answered_at: Date | null }

/** When the biller last told what is open; null while it is closed or did not answer when it was asked after that. */
function answeredAt(context: Context, billerId: string, { asked_at: askedAt, answered_at: toldAt }: Told): Date | null {
  const isClosed = asleepUntil(billerOf(context.city, billerId), context.now()) !== null
  const isSilent = toldAt === null || (askedAt !== null && askedAt > toldAt)
  return isClosed || isSilent ? null : toldAt
}

/** What the city knows of each of these accounts of a citizen, by their ids: what the biller told, and whether it was paid for here. */
const knownOf = async (db: Db, rows: readonly AccountRow[], { cityId, citizenId }: Context) => {
  const known = await db
    .selectFrom('accounts as a')
    .leftJoin('biller_accounts as k', (join) =>
      join
        .onRef('k.city_id', '=', 'a.city_id')
        .onRef('k.biller_id', '=', 'a.biller_id')
        .onRef('k.number', '=', 'a.number'),
    )
    .select(['a.id', 'k.holder', 'k.address', 'k.asked_at', 'k.answered_at'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('payment_bills as pb')
            .innerJoin('payments as p', (join) =>
              join.onRef('p.city_id', '=', 'pb.city_id').onRef('p.id', '=', 'pb.payment_id'),
            )
            .innerJoin('bills as b', (join) =>
              join.onRef('b.city_id', '=', 'pb.city_id').onRef('b.id', '=', 'pb.bill_id'),
            )
            .select('p.id')
            .where('p.city_id', '=', cityId)
            .where('p.citizen_id', '=', citizenId)
            .where('p.paid_at', 'is not', null)
            .whereRef('b.biller_id', '=', 'a.biller_id')
            .whereRef('b.number', '=', 'a.number'),
        )
        .as('is_paid'),
    )
    .where('a.city_id', '=', cityId)
    .where(
      'a.id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute()
  return new Map(known.map((each) => [each.id, each]))
}

/** The contract's shape of a citizen's accounts, in the order given. */
export async function accountBodies(db: Db, rows: readonly AccountRow[], context: Context): Promise<Account[]> {
  if (rows.length === 0) return []
  const all = await knownOf(db, rows, context)
  return rows.map((row) => {
    const known = all.get(row.id)
    const toldAt = known ? answeredAt(context, row.biller_id, known) : null
    return {
      id: row.id,
      cityId: row.city_id,
      billerId: row.biller_id,
      kind: billerOf(context.city, row.biller_id).kind,
      maskedNumber: maskNumber(row.number),
      maskedHolder: known?.holder == null ? '*' : maskHolder(known.holder),
      maskedAddress: known?.address == null ? '*' : maskAddress(known.address, context),
      mark: accountMark(context.service.keys, row.city_id, row.biller_id, row.number),
      relation: row.relation,
      ...(row.nickname && !context.isActing ? { nickname: row.nickname } : {}),
      boundAt: instant(row.bound_at),
      paidBefore: Boolean(known?.is_paid),
      holder: row.is_holder,
      ...(toldAt ? { billerAnsweredAt: instant(toldAt) } : {}),
      ...(row.reminder_given !== null && row.reminder_changed_at !== null
        ? { reminder: { given: row.reminder_given, changedAt: instant(row.reminder_changed_at) } }
        : {}),
    }
  })
}

export async function accountBody(db: Db, row: AccountRow, context: Context): Promise<Account> {
  const [body] = await accountBodies(db, [row], context)
  if (!body) throw problem('internal')
  return body
}
