import type {
  ListSlotDaysData,
  ListSlotDaysResponses,
  ListSlotsData,
  ListSlotsResponses,
  SlotDay,
} from '../../contract/wire/types.gen'
import { type Context, operation } from '../http/operation'
import { dayOf, instant, say } from '../words'
import { both } from './both'
import { bookingRules } from './rules'
import { hallDayOn, releaseOf } from './slot-plan'
import { slotBody, slotsAhead, windowDays } from './slots'
import { type Run, runsOf, type VisitPlan, visitPlanOf } from './visit-plan'

const overForToday = both('今日可预约时段已结束', 'No more times today')

/** Places of the starts that have room for all of them. */
const sum = (runs: Run[], persons: number): number =>
  runs.reduce((total, run) => total + (run.free >= persons ? run.free : 0), 0)

function dayBody(context: Context, plan: VisitPlan, day: string, runs: Run[], persons: number): SlotDay {
  const schedule = plan.legs[0]?.schedule
  const at = schedule && hallDayOn(day, schedule)
  if (at?.closed) return { day, status: 'closed', free: 0, reason: say(at.closed, context.language) }
  const why = at?.closed === null && at.reason ? { reason: say(at.reason, context.language) } : {}
  const releasesAt = releaseOf(day, bookingRules(context))
  if (releasesAt > context.now())
    return { day, status: 'not-released', free: 0, releasesAt: instant(releasesAt), ...why }
  if (runs.length === 0 && day === dayOf(context.now())) {
    return { day, status: 'closed', free: 0, reason: say(overForToday, context.language) }
  }
  const free = sum(runs, persons)
  return { day, status: free > 0 ? 'free' : 'full', free, ...why }
}

type Visit = { hallId: string; itemId: string; moreItemIds?: string; persons?: number }

const moreItems = ({ moreItemIds }: Visit): string[] => moreItemIds?.split(',') ?? []

const planOf = (context: Context, query: Visit) =>
  visitPlanOf(context.db, context, query.hallId, [query.itemId, ...moreItems(query)])

const echoOf = (query: Visit) => ({
  hallId: query.hallId,
  itemId: query.itemId,
  ...(query.moreItemIds ? { moreItemIds: moreItems(query) } : {}),
  ...(query.persons !== undefined && { persons: query.persons }),
})

export const listSlotDays = operation<ListSlotDaysData, ListSlotDaysResponses>(async ({ query }, context) => {
  const plan = await planOf(context, query)
  const runs = runsOf(plan, await slotsAhead(context.db, context, plan))
  const days = windowDays(context).map((day) =>
    dayBody(
      context,
      plan,
      day,
      runs.filter(({ slots }) => slots[0].day === day),
      query.persons ?? 1,
    ),
  )
  const now = instant(context.now())
  const most = plan.personsPerVisit > 1 ? { personsPerVisit: plan.personsPerVisit } : {}
  return { status: 200, body: { days, ...echoOf(query), ...most, countedAt: now, serverTime: now } }
})

export const listSlots = operation<ListSlotsData, ListSlotsResponses>(async ({ query }, context) => {
  const plan = await planOf(context, query)
  const runs = runsOf(plan, await slotsAhead(context.db, context, plan))
  const freeDays = [
    ...new Set(runs.filter(({ free }) => free >= (query.persons ?? 1)).map(({ slots }) => slots[0].day)),
  ]
  // The next one after it; after the last one the nearest before.
  const nextFreeDay = freeDays.find((day) => day > query.day) ?? freeDays.filter((day) => day < query.day).at(-1)
  const now = instant(context.now())
  return {
    status: 200,
    body: {
      day: query.day,
      ...echoOf(query),
      slots: runs.flatMap(({ slots: [slot], free }) => (slot.day === query.day ? slotBody(slot, free) : [])),
      ...(nextFreeDay !== undefined && { nextFreeDay }),
      countedAt: now,
      serverTime: now,
    },
  }
})
