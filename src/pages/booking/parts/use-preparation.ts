import { useCallback, useMemo, useRef, useState } from 'react'
import * as v from 'valibot'
import type { CityId, ItemId } from '@/domain/ids'
import type { Answers } from '@/domain/item'
import { platform } from '@/platform'
import { persisted, readable } from '@/stores/persisted'

/** Older preparations are dropped. */
const mostItems = 20

const vPrepared = readable(
  v.object({
    city: v.string(),
    item: v.string(),
    answers: v.record(v.string(), v.string()),
    things: v.array(v.string()),
  }),
)
type Prepared = v.InferOutput<typeof vPrepared>[number]

const stored = persisted({ storage: platform.storage, key: 'ticks', version: 2, schema: vPrepared })

export interface Preparation {
  readonly answers: Answers
  /** Ids of what is packed. */
  readonly things: readonly string[]
  readonly answer: (question: string, option: string) => void
  readonly tick: (thing: string, on: boolean) => void
}

/**
 * What is packed for an item, and the citizen's answers. It stays on this phone, works without network and names no person. It
 * begins while a time is chosen and goes on with the appointment. Each item has its own list.
 */
export function usePreparation(city: CityId, items: readonly ItemId[]): Preparation {
  const isOf = (entry: Prepared) => entry.city === city && (items as readonly string[]).includes(entry.item)
  const key = [city, ...items].join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says what `isOf` goes by
  const atFirst = useMemo(() => (stored.read() ?? []).filter(isOf), [key])
  const [shown, setShown] = useState<{ key: string; prepared: readonly Prepared[] } | null>(null)
  // An item was added to the appointment: its own list joins in.
  const prepared = shown?.key === key ? shown.prepared : atFirst

  const latest = useRef({ isOf, items, city, key, prepared })
  latest.current = { isOf, items, city, key, prepared }
  const change = useCallback((next: (before: Prepared) => Prepared) => {
    const { isOf, items, city, key, prepared } = latest.current
    // From what is shown, not from what is stored: with a full storage the page goes on in memory.
    const changed = items.map((item) =>
      next(prepared.find((entry) => entry.item === item) ?? { city, item, answers: {}, things: [] }),
    )
    stored.write([...changed, ...(stored.read() ?? []).filter((entry) => !isOf(entry))].slice(0, mostItems))
    setShown({ key, prepared: changed })
  }, [])

  const answer = useCallback(
    (question: string, option: string) =>
      change((before) => ({ ...before, answers: { ...before.answers, [question]: option } })),
    [change],
  )
  const tick = useCallback(
    (thing: string, on: boolean) =>
      change((before) => {
        const others = before.things.filter((other) => other !== thing)
        return { ...before, things: on ? [...others, thing] : others }
      }),
    [change],
  )
  return {
    answers: Object.assign({}, ...prepared.map((entry) => entry.answers)),
    things: prepared.flatMap((entry) => entry.things),
    answer,
    tick,
  }
}

/** The appointment is over: the next one for the same items begins with nothing packed. */
export function forgetPreparation(city: CityId, items: readonly ItemId[]): void {
  const all = stored.read() ?? []
  const others = all.filter((entry) => entry.city !== city || !(items as readonly string[]).includes(entry.item))
  if (others.length < all.length) stored.write(others)
}
