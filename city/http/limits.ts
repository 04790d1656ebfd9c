import { sql } from 'kysely'
import type { Database } from '../database/database'
import type { Metrics } from '../metrics'
import { addressKey, type CallKind, type Rate, type usualLimits } from './call-limits'
import { problem } from './problem'

export type Figures = typeof usualLimits

/** Who does what, and how often they may: `who` is a citizen's id or an address' key. */
export type Count = { who: string; kind: string; rates: readonly Rate[] }

export type Limits = {
  /** Counts a call of an address, of whatever kind. Asks nobody. @throws ProblemError `too-many-requests`. */
  admit(cityId: string, address: string, now: Date): void
  /** Counts a call by its kind. Reads ask nobody; the rest is settled first. @throws ProblemError `too-many-requests`. */
  take(cityId: string, kind: CallKind, by: { citizenId: string; address: string }, now: Date): Promise<void>
  /** Counts anything, over all instances, before it is done. @throws ProblemError `too-many-requests`. */
  takeExactly(cityId: string, counts: readonly Count[], now: Date): Promise<void>
  /** Tells the table what only this instance knows. */
  settle(): Promise<unknown>
}

/** A stretch of time of one who counts. `known` is what the table said, `pending` what it was not told yet. */
type Stretch = {
  key: string
  cityId: string
  who: string
  kind: string
  until: Date
  rate: Rate
  known: number
  pending: number
}

/** How long others do not hear of what is only counted here, and the share of a limit that they hear of at once. */
const SETTLE_MS = 1000
const SHARE = 0.1
/** Stretches in memory: those beyond are read again from the table. */
const MOST_STRETCHES = 50_000
/** Days begin at midnight in Shanghai. */
const OFFSET_SECONDS = 8 * 3600

/**
 * Limits that all instances share, in stretches of fixed length. Each instance counts for itself and tells the table in one statement for
 * all that was counted since: reads once a second, or once a tenth of a limit is used; what creates or asks others waits until its own
 * call is told, together with all that came meanwhile, so that over all instances never more than the limit passes. Who is known to be
 * over a limit is refused without asking anybody.
 */
export function createLimits({ due, db }: Database, metrics: Metrics, figures: Figures | null): Limits {
  const stretches = new Map<string, Stretch>()
  /** Those with something to tell. */
  const untold = new Set<Stretch>()
  let last: Promise<unknown> = Promise.resolve()
  let next: Promise<Map<Stretch, number>> | null = null
  let timer: NodeJS.Timeout | null = null
  let latest = new Date(0)

  function stretchOf(cityId: string, { who, kind }: Count, rate: Rate, now: Date): Stretch {
    const [, seconds] = rate
    const at = now.getTime() / 1000 + OFFSET_SECONDS
    const until = new Date((Math.floor(at / seconds + 1) * seconds - OFFSET_SECONDS) * 1000)
    const key = `${cityId} ${who} ${kind} ${until.getTime()} ${seconds}`
    const known = stretches.get(key)
    if (known) return known
    const fresh: Stretch = { key, cityId, who, kind, until, rate, known: 0, pending: 0 }
    stretches.set(key, fresh)
    return fresh
  }

  function refuse({ kind, until }: Stretch, now: Date): never {
    metrics.refused(kind)
    const left = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000))
    // Not all of them in the same second.
    throw problem('too-many-requests', { retryAfterSeconds: left + Math.floor(Math.random() * Math.min(10, left / 5)) })
  }

  /** Counts each, or none when one is over its limit. Gives their places among those that are told together. */
  function count(cityId: string, counts: readonly Count[], now: Date): [Stretch, number][] {
    latest = now
    const all = counts.flatMap((each) => each.rates.map((rate) => stretchOf(cityId, each, rate, now)))
    const over = all.find(({ known, pending, rate: [calls] }) => known + pending >= calls)
    if (over) refuse(over, now)
    return all.map((stretch) => {
      stretch.pending += 1
      untold.add(stretch)
      return [stretch, stretch.pending]
    })
  }

  /** Soon, or at once when others should know. */
  function settleLater(counted: readonly [Stretch, number][]): void {
    const isMuch = counted.some(([{ pending, rate }]) => pending >= rate[0] * SHARE)
    if (isMuch) void settle(due.db).catch(() => undefined)
    if (timer !== null) return
    timer = setTimeout(() => {
      timer = null
      void settle(due.db).catch(() => undefined)
    }, SETTLE_MS).unref()
  }

  /** One statement at a time; what is counted while it runs is told by the next. */
  function settle(over: typeof db): Promise<Map<Stretch, number>> {
    next ??= last.then(() => {
      next = null
      const work = write(over)
      last = work.catch(() => undefined)
      return work
    })
    return next
  }

  /** What stood in the table before, of each that was told. */
  async function write(over: typeof db): Promise<Map<Stretch, number>> {
    // Always in one order: instances that tell of the same at once never wait for each other in a circle.
    const told = [...untold].sort((a, b) => (a.key < b.key ? -1 : 1))
    untold.clear()
    if (told.length === 0) return new Map()
    const sent = told.map((stretch) => {
      const { pending } = stretch
      stretch.pending = 0
      stretch.known += pending
      return pending
    })
    const column = (value: (stretch: Stretch, at: number) => unknown) => told.map((stretch, at) => value(stretch, at))
    try {
      const rows = await over
        .insertInto('call_counts')
        .columns(['city_id', 'who', 'kind', 'until', 'seconds', 'calls'])
        .expression(
          sql`select * from unnest(${column(({ cityId }) => cityId)}::text[], ${column(({ who }) => who)}::text[],
            ${column(({ kind }) => kind)}::text[], ${column(({ until }) => until.toISOString())}::timestamptz[],
            ${column(({ rate }) => rate[1])}::integer[], ${column((_, at) => sent[at])}::integer[])`,
        )
        .onConflict((conflict) =>
          conflict
            .columns(['city_id', 'who', 'kind', 'until', 'seconds'])
            .doUpdateSet((eb) => ({ calls: eb('call_counts.calls', '+', eb.ref('excluded.calls')) })),
        )
        .returning(['city_id', 'who', 'kind', 'until', 'seconds', 'calls'])
        .execute()
      const calls = new Map(
        rows.map((row) => [`${row.city_id} ${row.who} ${row.kind} ${row.until.getTime()} ${row.seconds}`, row.calls]),
      )
      return new Map(
        told.map((stretch, at) => {
          stretch.known = calls.get(stretch.key) ?? stretch.known
          return [stretch, stretch.known - (sent[at] ?? 0)]
        }),
      )
    } catch (error) {
      // It counts here all the same, and is told the next time while it matters.
      told.forEach((stretch, at) => {
        if (stretch.until <= latest) return
        untold.add(stretch)
        stretch.pending += sent[at] ?? 0
        stretch.known -= sent[at] ?? 0
      })
      throw error
    } finally {
      forget()
    }
  }

  /** What has ended, and in a crowd all that the table knows as well. */
  function forget(): void {
    const isCrowded = stretches.size > MOST_STRETCHES
    for (const [key, { pending, until }] of stretches)
      if (pending === 0 && (isCrowded || until <= latest)) stretches.delete(key)
  }

  async function takeExactly(cityId: string, counts: readonly Count[], now: Date): Promise<void> {
    const counted = count(cityId, counts, now)
    if (counted.length === 0) return
    const before = await settle(db)
    const over = counted.find(([stretch, place]) => (before.get(stretch) ?? 0) + place > stretch.rate[0])
    if (over) refuse(over[0], now)
  }

  return {
    admit(cityId, address, now) {
      const rates = figures?.call.address ?? []
      if (rates.length > 0) settleLater(count(cityId, [{ who: addressKey(address), kind: 'call', rates }], now))
    },
    async take(cityId, kind, { citizenId, address }, now) {
      if (figures === null) return
      const { citizen = [], address: ofAddress = [] } = figures[kind]
      const counts = [
        ...(citizenId === '' ? [] : [{ who: citizenId, kind, rates: citizen }]),
        { who: addressKey(address), kind, rates: ofAddress },
      ]
      if (kind === 'read' || kind === 'change') return settleLater(count(cityId, counts, now))
      await takeExactly(cityId, counts, now)
    },
    takeExactly,
    settle: () => settle(db),
  }
}
