import type { Database } from '../database/database'
import { problem } from '../http/problem'
import { lockSlots } from './locks'

/** People who come together take a number at the door: as many places fewer for everybody, or refused when there are too few. */
export async function walkIn(database: Database, cityId: string, slotId: string, now: Date, persons = 1) {
  return database.transaction(async (trx) => {
    const slot = (await lockSlots(trx, cityId, [slotId], now)).get(slotId)
    if (!slot) throw problem('not-found')
    if (slot.taken + persons > slot.capacity) throw problem('slot-taken')
    await trx
      .updateTable('slots')
      .set((set) => ({ elsewhere: set('elsewhere', '+', persons), taken: set('taken', '+', persons) }))
      .where('city_id', '=', cityId)
      .where('id', '=', slotId)
      .execute()
    return { slotId, capacity: slot.capacity, free: slot.capacity - slot.taken - persons }
  })
}

/**
 * People at the counter and on the telephone take places too: leaves `free` places of a slot and takes the others.
 * Places that citizens hold or booked through the app stay theirs.
 */
export async function fillSlot(database: Database, cityId: string, slotId: string, free = 0, now = new Date(0)) {
  return database.transaction(async (trx) => {
    const slot = (await lockSlots(trx, cityId, [slotId], now)).get(slotId)
    if (!slot) throw problem('not-found')
    const booked = slot.taken - slot.elsewhere
    const elsewhere = Math.max(0, slot.capacity - booked - free)
    await trx
      .updateTable('slots')
      .set({ elsewhere, taken: booked + elsewhere })
      .where('city_id', '=', cityId)
      .where('id', '=', slotId)
      .execute()
    return { slotId, capacity: slot.capacity, free: slot.capacity - booked - elsewhere }
  })
}
