import { useRef, useState } from 'react'
import type { CityId, HallId, IdempotencyKey, ItemId } from '@/domain/ids'
import { hasFeature, type Manifest, takesActions } from '@/domain/manifest'
import type { Day } from '@/domain/time'
import type { Listed } from '@/domain/unlisted'
import type { WaitlistEntry } from '@/domain/waitlist'
import { askForNotices } from '@/pages/booking/parts/notices'
import { useLoad, valueOf } from '@/queries/use-load'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'

export type Part = Listed<WaitlistEntry['part']>

/** Waiting for a place on the day that is shown (候补). */
export interface Waiting {
  /** Whether the city lets anybody wait for it. */
  readonly isOffered: boolean
  /** The citizen waits already. */
  readonly entry: WaitlistEntry | null
  readonly error: ServiceError | null
  readonly join: (part: Part) => Promise<boolean>
}

interface Wish {
  readonly city: CityId
  readonly hall: HallId
  readonly item: ItemId
  /** Null unless the day is full. */
  readonly day: Day | null
}

const isOpen = ({ state }: WaitlistEntry) => state === 'waiting' || state === 'offered'

export function useWaiting({ city, hall, item, day }: Wish, manifest: Manifest | null): Waiting {
  const isOffered = day !== null && manifest !== null && takesActions(manifest) && hasFeature(manifest, 'waitlist')
  const [load] = useLoad(isOffered ? city : null, () => services.waitlist.list(city))
  const [joined, setJoined] = useState<readonly WaitlistEntry[]>([])
  const [error, setError] = useState<ServiceError | null>(null)
  const intent = useRef<{ wish: string; key: IdempotencyKey } | null>(null)
  // What the city says now counts for more than what it said on joining.
  const listed = valueOf(load) ?? []
  const entries = [...listed, ...joined.filter(({ id }) => !listed.some((other) => other.id === id))]
  const isSame = (other: WaitlistEntry) => other.hallId === hall && other.itemId === item && other.day === day

  const join = async (part: Part) => {
    if (day === null) return false
    const wish = [hall, item, day, part].join()
    if (intent.current?.wish !== wish) intent.current = { wish, key: services.newIdempotencyKey() }
    const { key } = intent.current
    setError(null)
    // Straight from the tap, or WeChat refuses to ask; waiting goes on whatever is answered.
    const asked = askForNotices(manifest)
    try {
      await asked
      const entry = await services.waitlist.join(city, { hallId: hall, itemId: item, day, part }, key)
      setJoined((before) => [...before, entry])
      return true
    } catch (thrown) {
      setError(asServiceError(thrown))
      return false
    }
  }
  return { isOffered, entry: entries.find((other) => isSame(other) && isOpen(other)) ?? null, error, join }
}
