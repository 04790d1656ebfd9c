import type { HistoryMonth } from './bill'
import type { Fen } from './money'
import { sumFen } from './money'

/** A month beside the same month a year before; null where there was no bill. */
export type YearOnYear = { month: string; now: HistoryMonth | null; before: HistoryMonth | null }

const monthBefore = (month: string, count: number): string => {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - count
  const year = Math.floor(months / 12)
  return `${year}-${String(months - year * 12 + 1).padStart(2, '0')}`
}

/** The twelve months that end with the latest bill, oldest first; empty without a bill. */
export const yearOnYear = (months: readonly HistoryMonth[]): YearOnYear[] => {
  const latest = months.map(({ month }) => month).sort()[months.length - 1]
  if (latest === undefined) return []
  const of = (month: string) => months.find((other) => other.month === month) ?? null
  return Array.from({ length: 12 }, (_, index) => {
    const month = monthBefore(latest, 11 - index)
    return { month, now: of(month), before: of(monthBefore(month, 12)) }
  })
}

export type YearTotals = {
  nowFen: Fen
  /** Null unless every month with a bill had one a year before: else it would compare different things. */
  beforeFen: Fen | null
  highest: HistoryMonth
  lowest: HistoryMonth
}

/** What a year cost, for a sentence about the chart; null without a bill. Throws RangeError as `sumFen` does. */
export const yearTotals = (year: readonly YearOnYear[]): YearTotals | null => {
  const known = year.flatMap(({ now, before }) => (now ? [{ now, before }] : []))
  const [first] = known
  if (first === undefined) return null
  const pick = (better: (a: Fen, b: Fen) => boolean) =>
    known.reduce((best, { now }) => (better(now.amountFen, best.amountFen) ? now : best), first.now)
  const befores = known.flatMap(({ before }) => (before ? [before.amountFen] : []))
  return {
    nowFen: sumFen(known.map(({ now }) => now.amountFen)),
    beforeFen: befores.length === known.length ? sumFen(befores) : null,
    highest: pick((a, b) => a > b),
    lowest: pick((a, b) => a < b),
  }
}
