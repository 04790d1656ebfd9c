import type { Db } from '../database/database'
import type { Context } from '../http/operation'
import { secondsAfter } from '../words'
import { isDecisionOpen, type OwnBillRow } from './bill-body'
import { ownBills } from './bills'
import { asFound, foundBills } from './found-bills'

/** Longer than an order may be paid, and a day after it, so that one may be asked to keep the account. */
const PAID_SECONDS = 7200 + 86_400

/**
 * Of these bills those that the citizen may pay: of bound accounts, and found ones. What is found by the number of its decision is paid without
 * confirming that here: who has both facts has it in hand.
 */
export async function payableBills(db: Db, context: Context, billIds: readonly string[]): Promise<OwnBillRow[]> {
  const ids = [...billIds]
  const own: OwnBillRow[] = await ownBills(db, context).where('b.id', 'in', ids).execute()
  // What somebody else found is theirs alone.
  if (context.isActing || (own.length === ids.length && !own.some(isDecisionOpen))) return own
  const found = await foundBills(db, context).where('b.id', 'in', ids).execute()
  return [...own.filter(({ id }) => !found.some((row) => row.id === id)), ...found.map(asFound)]
}

/** Who pays what was found may look at it until they have seen how it ended. */
export async function holdFindings(db: Db, { cityId, now }: Context, bills: readonly OwnBillRow[]): Promise<void> {
  const ids = bills.flatMap(({ is_found: isFound, account_id: id }) => (isFound ? id : []))
  if (ids.length === 0) return
  await db
    .updateTable('findings')
    .set({ expires_at: secondsAfter(now(), PAID_SECONDS) })
    .where('city_id', '=', cityId)
    .where('id', 'in', ids)
    .execute()
}
