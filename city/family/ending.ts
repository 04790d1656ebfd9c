import type { Transaction } from 'kysely'
import type { GrantRole } from '../../contract/wire/types.gen'
import { both } from '../booking/both'
import type { Tables } from '../database/tables'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { noteAct } from './acting'
import { change, type GrantRow, standingOf } from './rows'

const ended = both('家人代办结束', 'The permission ended')

/** Ends a grant or an invitation; one that has ended stays as it is. Whatever is being done under it has its row locked, and is first or refused. */
export async function endGrantOf(
  trx: Transaction<Tables>,
  here: Pick<Context, 'cityId' | 'now'>,
  grantId: string,
  by: GrantRole | 'counter',
): Promise<GrantRow> {
  const row = await trx
    .selectFrom('family_grants')
    .selectAll()
    .where('city_id', '=', here.cityId)
    .where('id', '=', grantId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw problem('not-found')
  const now = here.now()
  if (standingOf(row, now).state === 'ended') return row
  const { giver_id, actor_id } = row
  if (giver_id !== null && actor_id !== null)
    await noteAct(trx, here, { id: row.id, giver_id, actor_id }, { kind: 'end', by, text: ended })
  return change(trx, row, { state: 'ended', ended_at: now, end_reason: by, code_key: null, code_until: null })
}
