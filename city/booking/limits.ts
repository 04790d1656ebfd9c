import type { Db } from '../database/database'
import { inForce } from '../family/rows'
import type { Context } from '../http/operation'
import { type ProblemExtra, problem } from '../http/problem'
import { instant, say, type Words } from '../words'
import { both } from './both'
import { itemsOf } from './hold-body'
import { historyOf } from './no-shows'
import { refuseOverlap, type Times } from './overlap'
import { bookingRules } from './rules'
import type { VisitItem } from './visit-plan'

type Surroundings = Pick<Context, 'city' | 'cityId' | 'language' | 'now'>

/**
 * What somebody wants to book. `personId` is who comes; null while that is open. With `movesId` it replaces that appointment,
 * which then counts for nothing.
 */
export type VisitRequest = {
  citizenId: string
  personId: string | null
  items: readonly VisitItem[]
  day: string
  /** From when to when; null while that is open. */
  times: Times | null
  /** Of the document that the visitor shows, where one is asked for. */
  documentKey?: string | null
  movesId?: string | null
}

type Limit = NonNullable<ProblemExtra['limit']>

const refuse = (context: Surroundings, limit: Limit, detail: Words) =>
  problem('booking-limit', { limit, detail: say(detail, context.language) })

/** Throws when the city's rules forbid one more visit. The citizens' rows are locked, so counts hold. */
export async function refuseOverLimit(db: Db, context: Surroundings, request: VisitRequest): Promise<void> {
  const rules = bookingRules(context)
  const history = await historyOf(db, context.city, request.citizenId, rules, context.now())
  if (!request.movesId) {
    if (history.blockedUntil) {
      throw problem('booking-blocked', { unblocksAt: instant(history.blockedUntil) })
    }
    if (history.open.length >= rules.activeLimit) {
      throw refuse(
        context,
        'active',
        both(
          `同时最多可有 ${rules.activeLimit} 个待办预约，请先办理或取消一个。`,
          `You can have up to ${rules.activeLimit} upcoming visits. Complete or cancel one first.`,
        ),
      )
    }
  }
  await refuseOverlap(db, context, request)
  if (request.personId !== null) await refuseForPerson(db, context, { ...request, personId: request.personId })
}

/** One visit a person, item and day, and each item's own limit a month, whoever books. */
async function refuseForPerson(
  db: Db,
  context: Surroundings,
  request: VisitRequest & { personId: string },
): Promise<void> {
  const month = request.day.slice(0, 7)
  const visits = await db
    .selectFrom('appointments')
    .select(['id', 'item_id', 'more_item_ids', 'day', 'state'])
    .where('city_id', '=', context.cityId)
    .where('person_id', '=', request.personId)
    .where('day', '>=', `${month}-01`)
    .where('day', '<=', `${month}-31`)
    .where('state', 'in', ['confirmed', 'checked-in', 'served', 'no-show'])
    .execute()
  for (const item of request.items) {
    const same = visits.filter((visit) => visit.id !== request.movesId && itemsOf(visit).includes(item.id))
    const isOpen = ({ state }: { state: string }) => state === 'confirmed' || state === 'checked-in'
    if (same.some((visit) => visit.day === request.day && isOpen(visit))) {
      throw refuse(
        context,
        'item-day',
        both('同一事项每人每天只能预约一次。', 'Each person can book the same service once a day.'),
      )
    }
    if (item.monthlyLimit !== null && same.length >= item.monthlyLimit) {
      throw refuse(
        context,
        'item-month',
        both(
          `“${item.name}”每人每月最多预约 ${item.monthlyLimit} 次，本月已满，请选择下个月。`,
          `${item.name}: up to ${item.monthlyLimit} per person a month. Please choose a day in another month.`,
        ),
      )
    }
  }
}

/** Whether the citizen may act for anybody else now. */
export async function hasGrants(db: Db, context: Pick<Context, 'cityId' | 'citizenId' | 'now'>): Promise<boolean> {
  const grant = await inForce(db, context, 'actor', context.citizenId, 'book')
    .select('giver_id')
    .limit(1)
    .executeTakeFirst()
  return grant !== undefined
}
