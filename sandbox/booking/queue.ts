import type { Transaction } from 'kysely'
import type { QueuePlace } from '../../contract/wire/types.gen'
import type { Context } from '../core'
import { sha256 } from '../ids'
import type { Tables } from '../tables'
import { instant, say } from '../words'
import { both } from './both'
import type { AppointmentRow } from './tables'

/** The hall calls somebody so often; the figure is counted anew with every call. */
const callMs = 90_000
/** With the fault `queue-stale`: the machine stopped counting then. */
const staleMs = 3 * 3600_000

const dice = (text: string): number => Number.parseInt(sha256(text).slice(0, 8), 16)

/** Checking in gives a number and a place behind some others. Whoever booked goes before walk-ins, so they are few. */
export async function joinQueue(trx: Transaction<Tables>, visit: AppointmentRow, now: Date): Promise<void> {
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
      queue_ahead: 2 + (dice(visit.id) % 4),
    })
    .where('id', '=', visit.id)
    .execute()
}

/** Where a citizen stands who has checked in: one fewer before them with every call, then the counter that calls them. */
export function queueOf(
  context: Pick<Context, 'city' | 'language' | 'fault'>,
  visit: AppointmentRow,
  now: Date,
): QueuePlace | undefined {
  const { checked_in_at: since, queue_number: number, queue_ahead: atFirst } = visit
  if (visit.state !== 'checked-in' || !context.city.features.includes('queue')) return undefined
  if (since === null || number === null || atFirst === null || context.fault('queue-missing')) return undefined
  const calls = Math.max(0, Math.floor((now.getTime() - since.getTime()) / callMs))
  const countedAt = new Date(since.getTime() + calls * callMs - (context.fault('queue-stale') ? staleMs : 0))
  const desk = 1 + (dice(`${visit.id}/desk`) % 12)
  return {
    number,
    ahead: Math.max(0, atFirst - calls),
    ...(calls > atFirst && { counter: say(both(`${desk} 号窗口`, `Counter ${desk}`), context.language) }),
    countedAt: instant(countedAt),
  }
}
