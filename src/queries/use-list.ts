import { useCallback, useRef } from 'react'
import { useStateWhileVisible } from '@/lifecycle/use-visible'
import { type Page, services } from '@/services'
import type { Cached } from '@/services/client'
import { asServiceError, type ServiceError } from '@/services/errors'
import { joined, readAll } from './read-all'
import { type Args, type Load, useLoad } from './use-load'

export interface List<T> {
  readonly load: Load<Page<T>>
  /** All that has been read so far. */
  readonly items: readonly T[]
  readonly hasMore: boolean
  /** Why the next page could not be read. */
  readonly moreError: ServiceError | null
  readonly readMore: () => Promise<void>
  readonly reload: () => Promise<void>
}

interface Rest<T> {
  /** What the rest goes on from: with another value it belongs to another list. */
  readonly of: Page<T> | null
  readonly items: readonly T[]
  readonly next: string | null
  readonly error: ServiceError | null
}

const none: readonly never[] = []

/**
 * A list that is read page by page, as far as the citizen goes. A refresh reads as far as they have come, so that no part
 * is older than the rest; an item on two pages is shown once. `isEnough` tells how far to read at first.
 */
export function useList<A extends Args, T extends { readonly id: string }>(
  args: A | null,
  read: (...args: [...A, cursor: string | null]) => Promise<Page<T>>,
  cached?: (...args: A) => Cached<Page<T>> | null,
  isEnough: (items: readonly T[]) => boolean = () => true,
): List<T> {
  const key = JSON.stringify(args)
  const reached = useRef({ key, count: 0 })
  if (reached.current.key !== key) reached.current = { key, count: 0 }
  const [load, reload] = useLoad(
    args,
    (...args) =>
      readAll(
        (cursor) => read(...args, cursor),
        (items) => items.length >= reached.current.count && isEnough(items),
      ),
    cached,
  )
  const first = load.status === 'ready' ? load.value : null
  const [rest, setRest] = useStateWhileVisible<Rest<T>>({ of: null, items: none, next: null, error: null })
  const now: Rest<T> =
    first !== null && rest.of === first
      ? rest
      : { of: first, items: first?.items ?? none, next: first?.next ?? null, error: null }
  reached.current.count = now.items.length
  const latest = useRef({ args, read, now })
  latest.current = { args, read, now }

  const readMore = useCallback(async () => {
    const { args, now, read } = latest.current
    if (args === null || now.next === null) return
    services.endQuiet()
    // The list may change while this page loads; drop the stale response then.
    const set = (change: Partial<Rest<T>>) =>
      setRest((rest) => (latest.current.now.of === now.of ? { ...now, ...change } : rest))
    try {
      const page = await read(...args, now.next)
      // A cursor that leads to itself leads nowhere.
      const next = page.next === now.next ? null : page.next
      set({ items: joined(now.items, page.items), next, error: null })
    } catch (thrown) {
      set({ error: asServiceError(thrown) })
    }
  }, [setRest])
  return { load, items: now.items, hasMore: now.next !== null, moreError: now.error, readMore, reload }
}
