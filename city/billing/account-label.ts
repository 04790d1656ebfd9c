import type { Db } from '../database/database'
import type { Context } from '../http/operation'
import { maskNumber } from '../words'
import { accountMark } from './account-mark'
import { boundBills } from './bound-bills'
import { maskAddress } from './mask'
import { isHome, type Unbound, unboundBills } from './unbound-bills'

/** How the account of a bill is called; `unbound` where it is none of the citizen's. */
export type AccountLabel = { label: string; unbound?: Unbound }

/** What tells the account of each bill from the citizen's others, by the bill's id; accounts taken off the list count as well. */
export async function accountLabels(
  db: Db,
  context: Context,
  billIds: readonly string[],
): Promise<ReadonlyMap<string, AccountLabel>> {
  if (billIds.length === 0) return new Map()
  const rows = await boundBills(db)
    .leftJoin('biller_accounts as k', (join) =>
      join
        .onRef('k.city_id', '=', 'b.city_id')
        .onRef('k.biller_id', '=', 'b.biller_id')
        .onRef('k.number', '=', 'b.number'),
    )
    .select(['b.id', 'b.kind', 'b.biller_id', 'b.number', 'a.nickname', 'k.address'])
    .where('b.id', 'in', [...billIds])
    .where('b.city_id', '=', context.cityId)
    .where('a.citizen_id', '=', context.citizenId)
    // The one bound last stands.
    .orderBy('a.bound_at')
    .execute()
  const labelOf = ({ kind, number, nickname, address }: (typeof rows)[number]) => {
    return (
      (!context.isActing && nickname) || (isHome(kind) && address ? maskAddress(address, context) : maskNumber(number))
    )
  }
  const isOther = (one: (typeof rows)[number]) => (other: (typeof rows)[number]) =>
    other.biller_id === one.biller_id && other.number !== one.number && labelOf(other) === labelOf(one)
  // Two homes in one street look alike: their numbers are added, and where the masks of these are equal too, their marks.
  const markOf = ({ biller_id, number }: (typeof rows)[number]) =>
    accountMark(context.service.keys, context.cityId, biller_id, number)
  const nameOf = (row: (typeof rows)[number]): string => {
    const alike = rows.filter(isOther(row))
    if (alike.length === 0) return labelOf(row)
    const isUnclear = alike.some(({ number }) => maskNumber(number) === maskNumber(row.number))
    return `${labelOf(row)} ${maskNumber(row.number)}${isUnclear ? ` ${markOf(row)}` : ''}`
  }
  const others = await unboundBills(
    db,
    context,
    billIds.filter((id) => !rows.some((row) => row.id === id)),
  )
  return new Map<string, AccountLabel>([
    ...[...others].map(([id, unbound]) => [id, { label: unbound.label, unbound }] as const),
    ...rows.map((row) => [row.id, { label: nameOf(row) }] as const),
  ])
}
