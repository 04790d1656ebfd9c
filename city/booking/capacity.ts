import { problem } from '../http/problem'
import type { Service } from '../service'
import { lockSlots } from './locks'

type Counter = { cityId: string; hallId: string; counterId: string }

/**
 * A counter has more or fewer places from now on, also on days that are out. Where more are taken already nobody loses one: such a time
 * takes nobody else, and shrinks as places are given back.
 * @throws ProblemError `not-found` when there is no such counter, `invalid-fields` when `capacity` is no whole number of places.
 */
export const changeCapacity = (
  { database, clock }: Pick<Service, 'database' | 'clock'>,
  { cityId, hallId, counterId }: Counter,
  capacity: number,
): Promise<void> =>
  database.transaction(async (trx) => {
    if (!Number.isInteger(capacity) || capacity < 1)
      throw problem('invalid-fields', { fields: [{ field: 'capacity', problem: 'at least one place' }] })
    const changed = await trx
      .updateTable('counters')
      .set({ capacity })
      .where((eb) => eb.and({ city_id: cityId, hall_id: hallId, id: counterId }))
      .executeTakeFirst()
    if (!changed.numUpdatedRows) throw problem('not-found')
    const now = clock.now()
    const ahead = await trx
      .selectFrom('slots')
      .select('id')
      .where((eb) => eb.and({ city_id: cityId, hall_id: hallId, counter_id: counterId }))
      .where('starts_at', '>', now)
      .execute()
    const slots = await lockSlots(
      trx,
      cityId,
      ahead.map(({ id }) => id),
      now,
    )
    for (const { id, taken } of slots.values())
      await trx
        .updateTable('slots')
        .set({ planned: capacity, capacity: Math.max(capacity, taken) })
        .where((eb) => eb.and({ city_id: cityId, id }))
        .execute()
  })
