import { type Context, operation } from '../core'
import type {
  ListSlotDaysData,
  ListSlotDaysResponses,
  ListSlotsData,
  ListSlotsResponses,
  SlotDay,
} from '../wire/types.gen'
import { dayOf, instant, say } from '../words'
import { both } from './both'
import { bookingRules } from './rules'
import { closedOn, releaseOf, type Schedule } from './slot-plan'
import { type FreeSlot, scheduleOf, slotBody, slotsAhead, windowDays } from './slots'

const overForToday = both('今日可预约时段已结束', 'No more times today')

const sum = (slots: FreeSlot[]): number => slots.reduce((total, slot) => total + Math.max(0, slot.free), 0)

function dayBody(context: Context, schedule: Schedule, day: string, slots: FreeSlot[]): SlotDay {
  const closed = closedOn(day, schedule)
  if (closed) return { day, status: 'closed', free: 0, reason: say(closed, context.language) }
  const releasesAt = releaseOf(day, bookingRules(context))
  if (releasesAt > context.now()) return { day, status: 'not-released', free: 0, releasesAt: instant(releasesAt) }
  if (slots.length === 0 && day === dayOf(context.now())) {
    return { day, status: 'closed', free: 0, reason: say(overForToday, context.language) }
  }
  const free = sum(slots)
  return { day, status: free > 0 ? 'free' : 'full', free }
}

export const listSlotDays = operation<ListSlotDaysData, ListSlotDaysResponses>(async ({ query }, context) => {
  const schedule = await scheduleOf(context.db, context.cityId, query.hallId, query.itemId)
  const slots = await slotsAhead(context.db, context, schedule)
  const days = windowDays(context).map((day) =>
    dayBody(
      context,
      schedule,
      day,
      slots.filter((slot) => slot.day === day),
    ),
  )
  const now = instant(context.now())
  return { status: 200, body: { days, countedAt: now, serverTime: now } }
})

export const listSlots = operation<ListSlotsData, ListSlotsResponses>(async ({ query }, context) => {
  const schedule = await scheduleOf(context.db, context.cityId, query.hallId, query.itemId)
  const slots = await slotsAhead(context.db, context, schedule)
  const freeDays = [...new Set(slots.filter((slot) => slot.free > 0).map((slot) => slot.day))]
  const nextFreeDay = freeDays.find((day) => day > query.day) ?? freeDays.find((day) => day < query.day)
  const now = instant(context.now())
  return {
    status: 200,
    body: {
      day: query.day,
      slots: slots.filter((slot) => slot.day === query.day).map((slot) => slotBody(slot, slot.free)),
      ...(nextFreeDay !== undefined && { nextFreeDay }),
      countedAt: now,
      serverTime: now,
    },
  }
})
