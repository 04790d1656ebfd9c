import type { Citizen } from '../../contract/wire/types.gen'
import { inForce, peopleOf } from '../family/rows'
import type { Context } from '../http/operation'
import { addDays, instant, maskName, momentOf } from '../words'

/** For whom the citizen may book, as the contract shows it. */
export async function grantBodies(context: Context): Promise<Citizen['grants']> {
  const rows = await inForce(context.db, context, 'actor', context.citizenId, 'book')
    .select(['giver_id', 'ends_on'])
    .orderBy('giver_id')
    .execute()
  const people = await peopleOf(
    context.db,
    context.cityId,
    rows.flatMap(({ giver_id }) => giver_id ?? []),
  )
  return rows.flatMap(({ giver_id: id, ends_on: day }) =>
    id === null
      ? []
      : { citizenId: id, maskedName: maskName(people.get(id)?.name ?? ''), until: instant(momentOf(addDays(day, 1))) },
  )
}
