import { useState } from 'react'
import type { CityId, HallId, ItemId } from '@/domain/ids'
import { hasFeature, type Manifest, takesActions } from '@/domain/manifest'
import type { Day } from '@/domain/time'
import type { Listed } from '@/domain/unlisted'
import { isWaiting, type WaitlistEntry } from '@/domain/waitlist'
import { useIntent } from '@/lifecycle/use-intent'
import { subscribeToMessages } from '@/parts/messages'
import { valueOf } from '@/queries/use-load'
import { useWaitlist } from '@/queries/use-waitlist'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'

export type Part = Listed<WaitlistEntry['part']>

/** Waiting for a place on the day that is shown (候补). */
export interface Waiting {
  /** Whether the city has a waitlist for it. */
  readonly isOffered: boolean
  /** The citizen waits already. */
  readonly entry: WaitlistEntry | null
  readonly error: ServiceError | null
  readonly join: (part: Part) => Promise<boolean>
}

interface Subject {
  readonly city: CityId
  readonly hall: HallId
  readonly item: ItemId
  readonly persons: number
  /** Null unless the day is full. */
  readonly day: Day | null
}

export function useWaiting({ city, hall, item, persons, day }: Subject, manifest: Manifest | null): Waiting {
  const isOffered = day !== null && manifest !== null && takesActions(manifest) && hasFeature(manifest, 'waitlist')
  const [load] = useWaitlist(isOffered ? city : null)
  const [joined, setJoined] = useState<readonly WaitlistEntry[]>([])
  const [error, setError] = useState<ServiceError | null>(null)
  const intent = useIntent()
  // What the list says is newer than the response to joining.
  const listed = valueOf(load) ?? []
  const entries = [...listed, ...joined.filter(({ id }) => !listed.some((other) => other.id === id))]
  const isSame = (other: WaitlistEntry) => other.hallId === hall && other.itemId === item && other.day === day

  const join = async (part: Part) => {
    if (day === null) return false
    const request = { hallId: hall, itemId: item, day, part, ...(persons > 1 && { persons }) }
    setError(null)
    // Directly from the tap, or WeChat refuses to ask; joining goes on whatever the citizen chooses.
    const subscribed = subscribeToMessages(manifest)
    try {
      await subscribed
      const entry = await services.waitlist.join(city, request, intent.keyOf(request))
      setJoined((before) => [...before, entry])
      return true
    } catch (thrown) {
      setError(asServiceError(thrown))
      return false
    }
  }
  return { isOffered, entry: entries.find((other) => isSame(other) && isWaiting(other)) ?? null, error, join }
}
