import type { Transaction } from 'kysely'
import type { QueuePlace } from '../../contract/wire/types.gen'
import type { Tables } from '../database/tables'
import type { Context } from '../http/operation'
import type { Queues } from '../ports'
import { instant, say } from '../words'
import { both } from './both'
import type { AppointmentRow } from './tables'

/** Checking in gives a number and a position behind some others. Booked visitors go before walk-ins, so they are few. */
export async function joinQueue(
  trx: Transaction<Tables>,
  queues: Queues,
  visit: AppointmentRow,
  now: Date,
): Promise<void> {
  const before = await trx
    .selectFrom('appointments')
    .select((count) => count.fn.countAll<number>().as('count'))
    .where('city_id', '=', visit.city_id)
    .where('hall_id', '=', visit.hall_id)
    .where('day', '=', visit.day)
    .where('queue_number', 'is not', null)
    .executeTakeFirstOrThrow()
  await trx
    .updateTable('appointments')
    .set({
      checked_in_at: now,
      queue_number: `Y${String(101 + before.count).padStart(3, '0')}`,
      queue_ahead: queues.join({ cityId: visit.city_id, id: visit.id }),
    })
    .where('city_id', '=', visit.city_id)
    .where('id', '=', visit.id)
    .execute()
}

/** Where a citizen stands who has checked in. */
export function queueOf(
  { city, language, service }: Pick<Context, 'city' | 'language' | 'service'>,
  visit: AppointmentRow,
): QueuePlace | undefined {
  const { checked_in_at: since, queue_number: number, queue_ahead: ahead } = visit
  if (visit.state !== 'checked-in' || !city.features.includes('queue')) return undefined
  if (since === null || number === null || ahead === null) return undefined
  const position = service.queues.position({ cityId: city.id, id: visit.id, since, ahead })
  if (position === null) return undefined
  const { counter } = position
  return {
    number,
    ahead: position.ahead,
    ...(counter !== null && { counter: say(both(`${counter} 号窗口`, `Counter ${counter}`), language) }),
    countedAt: instant(position.countedAt),
  }
}
