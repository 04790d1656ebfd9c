import type { Db } from '../database/database'
import type { Context } from '../http/operation'
import { instant, maskNumber } from '../words'
import { maskAddress } from './mask'

/** A fine and a tax belong to a decision or a notice, not to a home. */
export const isHome = (kind: string): boolean => kind !== 'fine' && kind !== 'tax'

/** What a bill that was paid without binding is told by: see `KeepOffer` of the contract. */
export type Unbound = { label: string; keep: { matchId: string; until: string } | null }

/** Of these bills, none of which belongs to an account of the citizen's: how each is called, and whether its account may be kept. */
export async function unboundBills(
  db: Db,
  context: Context,
  billIds: readonly string[],
): Promise<ReadonlyMap<string, Unbound>> {
  if (billIds.length === 0) return new Map()
  const { cityId, citizenId, city } = context
  const rows = await db
    .selectFrom('bills as b')
    .leftJoin('biller_accounts as k', (join) =>
      join
        .onRef('k.city_id', '=', 'b.city_id')
        .onRef('k.biller_id', '=', 'b.biller_id')
        .onRef('k.number', '=', 'b.number'),
    )
    .leftJoin('findings as f', (join) =>
      join
        .onRef('f.city_id', '=', 'b.city_id')
        .onRef('f.biller_id', '=', 'b.biller_id')
        .onRef('f.number', '=', 'b.number')
        .on('f.citizen_id', '=', citizenId)
        .on('f.expires_at', '>', context.now()),
    )
    .select(['b.id', 'b.kind', 'b.biller_id', 'b.number', 'k.address', 'f.id as finding_id', 'f.expires_at'])
    .where('b.city_id', '=', cityId)
    .where('b.id', 'in', [...billIds])
    .execute()
  return new Map(
    rows.map(({ id, kind, biller_id: billerId, number, address, finding_id: findingId, expires_at: until }) => [
      id,
      {
        label: isHome(kind) && address ? maskAddress(address, context) : maskNumber(number),
        keep:
          findingId && until && isHome(kind) && city.billers.some((each) => each.id === billerId)
            ? { matchId: findingId, until: instant(until) }
            : null,
      },
    ]),
  )
}
