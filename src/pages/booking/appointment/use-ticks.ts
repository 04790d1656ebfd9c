import { useCallback, useState } from 'react'
import * as v from 'valibot'
import type { AppointmentId, MaterialId } from '@/domain/ids'
import { platform } from '@/platform'
import { persisted } from '@/stores/persisted'

/** Old visits' ticks are let go. */
const mostVisits = 12

const vTicks = v.array(v.object({ visit: v.string(), things: v.array(v.string()) }))
const kept = persisted({ storage: platform.storage, key: 'ticks', version: 1, schema: vTicks })

/** What has been packed for a visit. It stays on this phone and works without network; it names no person. */
export function useTicks(visit: AppointmentId): [readonly string[], (thing: MaterialId, on: boolean) => void] {
  const [things, setThings] = useState<readonly string[]>(
    () => kept.read()?.find((ticks) => ticks.visit === visit)?.things ?? [],
  )
  const tick = useCallback(
    (thing: MaterialId, on: boolean) =>
      setThings((before) => {
        const now = on
          ? [...before.filter((other) => other !== thing), thing]
          : before.filter((other) => other !== thing)
        const others = (kept.read() ?? []).filter((ticks) => ticks.visit !== visit)
        kept.write([{ visit, things: now }, ...others].slice(0, mostVisits))
        return now
      }),
    [visit],
  )
  return [things, tick]
}
