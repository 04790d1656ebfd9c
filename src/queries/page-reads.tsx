import { createContext, type PropsWithChildren, useContext, useEffect, useState } from 'react'
import type { CityId } from '@/domain/ids'
import type { Instant } from '@/domain/time'
import { platform } from '@/platform'
import type { ServiceError } from '@/services/errors'

/** One read of a page, as far as the page must show something about it. */
export interface PageRead {
  readonly city: CityId
  /** A request is under way. */
  readonly isReading: boolean
  /** When the city sent the content; null while there is none. */
  readonly asOf: Instant | null
  /** Why refreshing the content failed. */
  readonly refreshError: ServiceError | null
  /** The page shows the failure instead of the content. */
  readonly hasFailed: boolean
  /** The page is about something else and only looks this up: the city's manifest. */
  readonly isAside: boolean
  readonly refresh: () => Promise<void>
  /** The network is back: reads what is missing, unless the page is hidden. */
  readonly reconnect: () => void
}

/** All reads of one page: `useLoad` fills it, `Reading` shows it, so no page can forget to. */
export interface Reads {
  set(owner: object, read: PageRead): void
  remove(owner: object): void
  all(): readonly PageRead[]
  /** Returns a function that stops it. */
  subscribe(listener: () => void): () => void
}

export function createReads(): Reads {
  const reads = new Map<object, PageRead>()
  const listeners = new Set<() => void>()
  const notify = () => {
    for (const listener of Array.from(listeners)) listener()
  }
  return {
    set(owner, read) {
      reads.set(owner, read)
      notify()
    },
    remove(owner) {
      if (reads.delete(owner)) notify()
    },
    all: () => Array.from(reads.values()),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const ReadsContext = createContext<Reads | null>(null)

/** Around every page: see `guarded`. */
export function PageReads({ children }: PropsWithChildren) {
  const [reads] = useState(createReads)
  useEffect(() => {
    let stop: (() => void) | null = null
    // A page without reads has no listener for the network.
    const update = () => {
      const isNeeded = reads.all().length > 0
      if (isNeeded && stop === null)
        stop = platform.onNetworkChange((isOnline) => {
          if (isOnline) for (const read of reads.all()) read.reconnect()
        })
      if (!isNeeded) {
        stop?.()
        stop = null
      }
    }
    const unsubscribe = reads.subscribe(update)
    update()
    return () => {
      unsubscribe()
      stop?.()
    }
  }, [reads])
  return <ReadsContext.Provider value={reads}>{children}</ReadsContext.Provider>
}

export const useReads = (): Reads | null => useContext(ReadsContext)
