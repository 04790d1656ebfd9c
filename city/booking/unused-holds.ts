import type { Transaction } from 'kysely'
import type { Tables } from '../database/tables'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { dayOf, instant, say, secondsAfter, timeOf } from '../words'
import { both } from './both'
import { placesOf } from './locks'
import { wasAway } from './outages'
import { bookingRules } from './rules'

/** A place let go sooner was a slip of the finger. */
const SLIP_MS = 60_000

/**
 * Refuses to hold a time again that this citizen held and did not use too often: nobody else could have it meanwhile. Only that time: any
 * other one is theirs to hold. What ran out by the city's fault does not count. The citizen's row is locked.
 */
export async function refuseUnusedHolds(
  trx: Transaction<Tables>,
  context: Context,
  slotIds: readonly string[],
): Promise<void> {
  const { unusedHoldLimit: limit, unusedHoldMinutes: minutes } = bookingRules(context)
  if (limit === undefined || minutes === undefined) return
  const { cityId, citizenId } = context
  const now = context.now()
  const since = secondsAfter(now, -minutes * 60)
  const holds = await trx
    .selectFrom('holds')
    .select(['state', 'created_at', 'expires_at', 'ended_at', 'slot_id', 'more_slot_ids'])
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('offered', '=', false)
    .where('forgiven', '=', false)
    .where((hold) =>
      hold.or([
        hold.and([hold('state', 'in', ['expired', 'released']), hold('ended_at', '>', since)]),
        hold('state', '=', 'held'),
      ]),
    )
    .execute()
  const unused = holds
    .filter((hold) => placesOf(hold).some((id) => slotIds.includes(id)))
    .map((hold) => ({ from: hold.created_at, until: hold.ended_at ?? (hold.expires_at < now ? hold.expires_at : now) }))
    .filter(({ from, until }) => until > since && until.getTime() - from.getTime() >= SLIP_MS)
    .sort((a, b) => b.until.getTime() - a.until.getTime())
  const counted = []
  for (const each of unused) if (!(await wasAway(trx, cityId, each.from, each.until))) counted.push(each)
  const decisive = counted[limit - 1]
  if (decisive === undefined) return
  const again = secondsAfter(decisive.until, minutes * 60)
  const time = dayOf(again) === dayOf(now) ? timeOf(again) : `${dayOf(again)} ${timeOf(again)}`
  throw problem('booking-limit', {
    limit: 'unused-holds',
    unblocksAt: instant(again),
    detail: say(
      both(
        `您已保留这个时间 ${counted.length} 次，都没有确认。${time} 后可以再保留，也可以现在选择其他时间。`,
        `You have reserved this time ${counted.length} times without confirming. You can reserve it again from ${time}, or choose another time now.`,
      ),
      context.language,
    ),
  })
}
