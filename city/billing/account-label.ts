import type { Db } from '../database/database'
import type { Context } from '../http/operation'
import { maskNumber } from '../words'
import { boundBills } from './bound-bills'
import { maskAddress } from './mask'

/** What tells the account of each bill from the citizen's others, by the bill's id; accounts taken off the list count as well. */
export async function accountLabels(
  db: Db,
  context: Context,
  billIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (billIds.length === 0) return new Map()
  const rows = await boundBills(db)
    .leftJoin('biller_accounts as k', (join) =>
      join
        .onRef('k.city_id', '=', 'b.city_id')
        .onRef('k.biller_id', '=', 'b.biller_id')
        .onRef('k.number', '=', 'b.number'),
    )
    .select(['b.id', 'b.kind', 'b.number', 'a.nickname', 'k.address'])
    .where('b.id', 'in', [...billIds])
    .where('b.city_id', '=', context.cityId)
    .where('a.citizen_id', '=', context.citizenId)
    // The one bound last stands.
    .orderBy('a.bound_at')
    .execute()
  return new Map(
    rows.map(({ id, kind, number, nickname, address }) => {
      const isHome = kind !== 'fine' && kind !== 'tax'
      return [id, nickname || (isHome && address ? maskAddress(address, context) : maskNumber(number))]
    }),
  )
}
