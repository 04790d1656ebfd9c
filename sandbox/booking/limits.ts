import type { Context, Db } from '../core'
import { problem } from '../problem'
import { instant, say } from '../words'
import { both } from './both'
import { historyOf, type OpenVisit } from './no-shows'
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
  const history = await historyOf(db, context.cityId, wish.citizenId, rules, context.now())
  if (!wish.movesId) {
    if (history.blockedUntil) {
      throw problem('booking-blocked', { unblocksAt: instant(history.blockedUntil) })
    }
    if (history.open.length >= rules.activeLimit) {
      const detail = both(
        `同时最多可有 ${rules.activeLimit} 个待办预约，请先办理或取消一个。`,
        `At most ${rules.activeLimit} appointments at the same time: keep or cancel one first.`,
      )
      throw problem('booking-limit', { detail: say(detail, context.language) })
    }
  }
  const same = (visit: OpenVisit) => visit.id !== wish.movesId && visit.itemId === wish.itemId && visit.day === wish.day
  if (history.open.some(same)) {
    const detail = both('同一事项每人每天只能预约一次。', 'One appointment a person and day for the same item.')
    throw problem('booking-limit', { detail: say(detail, context.language) })
  }
}
