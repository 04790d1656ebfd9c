import type { BillerSeed, City } from '../catalogue'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { addDays, dayOf, momentOf, timeOf } from '../words'

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

export type BillerAnswer = { asleep: Date } | 'not-answering' | 'answers'

/** Until when the biller is closed, by its hours or beyond them; null while it is open. */
export const closedUntil = ({ service, cityId, now }: Context, biller: BillerSeed): Date | null =>
  service.billers.closedUntil({ cityId, billerId: biller.id }) ?? asleepUntil(biller, now())

/** Whether the biller can be asked now. */
export function billerNow(context: Context, biller: BillerSeed): BillerAnswer {
  const { service, cityId } = context
  if (!service.billers.isAnswering({ cityId, billerId: biller.id })) return 'not-answering'
  const asleep = closedUntil(context, biller)
  return asleep ? { asleep } : 'answers'
}
