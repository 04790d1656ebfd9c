import { useCallback, useRef, useState } from 'react'
import { type Page, services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'

export interface More<T> {
  /** All that has been read so far. */
  readonly items: readonly T[]
  readonly hasMore: boolean
  readonly error: ServiceError | null
  readonly readMore: () => Promise<void>
}

interface Rest<T> {
  /** The cursor that the rest began at: with another one it belongs to another list. */
  readonly from: string | null
  readonly items: readonly T[]
  readonly next: string | null
  readonly error: ServiceError | null
}

/** The pages of a list after its first one, read on request. A refreshed first page keeps them while its end is the same. */
export function useMore<T>(first: Page<T> | null, read: (cursor: string) => Promise<Page<T>>): More<T> {
  const from = first?.next ?? null
  const [rest, setRest] = useState<Rest<T>>({ from, items: [], next: from, error: null })
  const now = rest.from === from ? rest : { from, items: [], next: from, error: null }
  const latest = useRef({ read, now })
  latest.current = { read, now }

  const readMore = useCallback(async () => {
    const { now, read } = latest.current
    if (now.next === null) return
    services.askNow()
    try {
      const page = await read(now.next)
      // Somebody else's answer, when the list became another one meanwhile.
      if (latest.current.now.from !== now.from) return
      setRest({ from: now.from, items: [...now.items, ...page.items], next: page.next, error: null })
    } catch (thrown) {
      setRest({ ...now, error: asServiceError(thrown) })
    }
  }, [])
  return { items: [...(first?.items ?? []), ...now.items], hasMore: now.next !== null, error: now.error, readMore }
}
