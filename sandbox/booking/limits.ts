import type { Context, Db } from '../core'
import { problem } from '../problem'
import { instant, say } from '../words'
import { both } from './both'
import { countersOf, settleByClock } from './no-shows'
import { bookingRules } from './rules'

/** What somebody wants to book. With `movesId` it replaces that appointment, which then counts for nothing. */
export type Wish = { citizenId: string; itemId: string; day: string; movesId?: string | null }

/** Throws when the city's rules forbid this citizen one more visit. The citizen's row is locked, so counts hold. */
export async function refuseOverLimit(
  db: Db,
  context: Pick<Context, 'city' | 'cityId' | 'language' | 'now'>,
  wish: Wish,
): Promise<void> {
  const rules = bookingRules(context)
  const now = context.now()
  await settleByClock(db, context.cityId, wish.citizenId, now)
  const counters = await countersOf(db, context.cityId, wish.citizenId, rules, now)
  if (!wish.movesId) {
    if (counters.blockedUntil) {
      throw problem('booking-blocked', { unblocksAt: instant(counters.blockedUntil) })
    }
    if (counters.activeAppointments >= rules.activeLimit) {
      const detail = both(
        `同时最多可有 ${rules.activeLimit} 个待办预约，请先办理或取消一个。`,
        `At most ${rules.activeLimit} appointments at the same time: keep or cancel one first.`,
      )
      throw problem('booking-limit', { detail: say(detail, context.language) })
    }
  }
  const same = await db
    .selectFrom('appointments')
    .select('id')
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', wish.citizenId)
    .where('item_id', '=', wish.itemId)
    .where('day', '=', wish.day)
    .where('state', 'in', ['confirmed', 'checked-in'])
    .execute()
  if (same.some((row) => row.id !== wish.movesId)) {
    const detail = both('同一事项每人每天只能预约一次。', 'One appointment a person and day for the same item.')
    throw problem('booking-limit', { detail: say(detail, context.language) })
  }
}
