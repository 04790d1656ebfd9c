import type { Context } from '../core'
import { problem } from '../problem'
import type { BillerSeed, City } from '../seed/city'
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

function nextMorning(now: Date): Date {
  const today = dayOf(now)
  return momentOf(timeOf(now) < '07:00' ? today : addDays(today, 1), '07:00')
}

export type BillerAnswer = { asleep: Date } | 'not-answering' | 'answers'

/** Until when the biller is closed, by its hours or by a fault; null while it is open. */
export const closedUntil = (context: Context, biller: BillerSeed): Date | null =>
  context.fault('biller-closed') ? nextMorning(context.now()) : asleepUntil(biller, context.now())

/** Whether the biller can be asked now. */
export function billerNow(context: Context, biller: BillerSeed): BillerAnswer {
  if (context.fault('biller-not-answering')) return 'not-answering'
  const asleep = closedUntil(context, biller)
  return asleep ? { asleep } : 'answers'
}
