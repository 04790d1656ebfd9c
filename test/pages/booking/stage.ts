import type { Appointment } from '@/domain/appointment'
import type { Hold } from '@/domain/hold'
import { asId, type HallId, type ItemId } from '@/domain/ids'
import { isBookable, type Slot } from '@/domain/slot'
import { services } from '@/services'
import { holdsOf } from '@/services/holds'
import { slotsOf } from '@/services/slots'
import { city } from '../stage'

/** A hall of Hangzhou's and what one can come to it for. */
export const hall = asId<HallId>('9007199254740995')
export const item = asId<ItemId>('id-card-renewal')

/** Times that can be booked, soonest first; with `day`, on that day. */
export async function freeSlots(day?: string): Promise<Slot[]> {
  const { days } = await services.of(slotsOf).days(city, hall, [item])
  const free = days.filter((other) => other.status === 'free' && (day === undefined || other.day === day))
  const lists = await Promise.all(free.map((other) => services.of(slotsOf).list(city, hall, [item], other.day)))
  return lists.flatMap((list) => list.slots.filter((slot) => isBookable(slot, services.serverNow(city))))
}

export async function holdOne(slot?: Slot): Promise<Hold> {
  const chosen = slot ?? (await freeSlots()).slice(-1)[0]
  if (!chosen) throw new Error('no free place')
  return services.of(holdsOf).create(city, { slotId: chosen.id, itemId: item }, services.newIdempotencyKey())
}

export async function bookOne(slot?: Slot): Promise<Appointment> {
  const hold = await holdOne(slot)
  const visitor = { name: '李小明', phone: '13800000001' }
  return services.appointments.confirm(city, hold.id, visitor, services.newIdempotencyKey())
}

export const appointments = async () => (await services.appointments.list(city)).items
