import type { BillerSeed, City } from '../catalogue'
import type { Db } from '../database/database'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import type { BillerAccount } from '../ports'
import { addDays, dayOf, momentOf, timeOf } from '../words'
import { answerOf } from './ask'

export function billerOf(city: City, billerId: string): BillerSeed {
  const biller = city.billers.find(({ id }) => id === billerId)
  if (biller === undefined) throw problem('not-found')
  return biller
}

/** Until when the biller sleeps; null while it is awake. The window may go past midnight. */
export function asleepUntil(biller: BillerSeed, now: Date): Date | null {
  if (biller.asleep === undefined) return null
  const { from, to } = biller.asleep
  const time = timeOf(now)
  const today = dayOf(now)
  if (from < to) return time >= from && time < to ? momentOf(today, to) : null
  if (time >= from) return momentOf(addDays(today, 1), to)
  return time < to ? momentOf(today, to) : null
}

export type BillerAnswer =
  | { kind: 'closed'; until: Date }
  | { kind: 'not-answering' }
  | { kind: 'no-account' }
  | { kind: 'account'; account: BillerAccount }

/** Until when the biller is closed, by its hours or by what it said last; null while it is open. */
export async function closedUntil(db: Db, { cityId, now }: Context, biller: BillerSeed): Promise<Date | null> {
  const asleep = asleepUntil(biller, now())
  if (asleep !== null) return asleep
  const row = await db
    .selectFrom('biller_closures')
    .select('closed_until')
    .where('city_id', '=', cityId)
    .where('biller_id', '=', biller.id)
    .executeTakeFirst()
  return row && row.closed_until > now() ? row.closed_until : null
}

/** The same from the biller itself, which is kept for those who decide within a transaction. One that does not answer is as it was. */
export async function askClosing(context: Context, biller: BillerSeed): Promise<Date | null> {
  const { service, cityId, db } = context
  const known = await closedUntil(db, context, biller)
  const answer = await answerOf(service.billers.closedUntil({ cityId, billerId: biller.id }))
  const until = answer === null ? known : answer.value
  if (until?.getTime() === known?.getTime() || asleepUntil(biller, context.now()) !== null) return known ?? until
  const key = { city_id: cityId, biller_id: biller.id }
  if (until === null)
    await db
      .deleteFrom('biller_closures')
      .where((eb) => eb.and(key))
      .execute()
  else
    await db
      .insertInto('biller_closures')
      .values({ ...key, closed_until: until })
      .onConflict((conflict) => conflict.columns(['city_id', 'biller_id']).doUpdateSet({ closed_until: until }))
      .execute()
  return until
}

/** What the biller knows of a number now, as far as it tells this citizen. */
export async function askBiller(context: Context, biller: BillerSeed, number: string): Promise<BillerAnswer> {
  const { service, cityId, citizenId, db } = context
  const closed = await askClosing(context, biller)
  if (closed !== null) return { kind: 'closed', until: closed }
  const person = await db
    .selectFrom('citizens')
    .select(['name', 'phone'])
    .where('city_id', '=', cityId)
    .where('id', '=', citizenId)
    .executeTakeFirstOrThrow()
  const answer = await answerOf(service.billers.lookUp({ cityId, billerId: biller.id, number, person }))
  if (answer === null) return { kind: 'not-answering' }
  return answer.value === null ? { kind: 'no-account' } : { kind: 'account', account: answer.value }
}
