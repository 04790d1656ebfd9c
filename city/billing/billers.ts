import type { BillerSeed, City } from '../catalogue'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import type { BillerAccount } from '../ports'
import { addDays, dayOf, momentOf, timeOf } from '../words'
import { answerOf } from './ask'

/** How old the list of bills may be: it is the city's copy, not the biller's answer. */
export const LIST_AGE_SECONDS = 90

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

/** Until when the biller is closed, by its hours or beyond them; null while it is open. */
export async function closedUntil({ service, cityId, now }: Context, biller: BillerSeed): Promise<Date | null> {
  const asleep = asleepUntil(biller, now())
  if (asleep !== null) return asleep
  return (await answerOf(service.billers.closedUntil({ cityId, billerId: biller.id })))?.value ?? null
}

/** What the biller knows of a number now, as far as it tells this citizen. */
export async function askBiller(context: Context, biller: BillerSeed, number: string): Promise<BillerAnswer> {
  const { service, cityId, citizenId, db } = context
  const closed = await closedUntil(context, biller)
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
