import { createContext, type PropsWithChildren, useContext, useEffect, useState } from 'react'
import type { CityId } from '@/domain/ids'
import type { Instant } from '@/domain/time'
import { platform } from '@/platform'
import type { ServiceError } from '@/services/errors'

/** One thing that a page reads from a city, as far as the page must say something about it. */
export interface PageRead {
  readonly city: CityId
  /** A question is on its way. */
  readonly isReading: boolean
  /** When the city gave what is shown; null while there is nothing to show. */
  readonly asOf: Instant | null
  /** What is shown could not be brought up to date. */
  readonly refreshError: ServiceError | null
  /** The page shows in its place that it failed. */
  readonly hasFailed: boolean
  /** The page is about something else, and only looks this up: the city's manifest. */
  readonly isAside: boolean
  readonly refresh: () => Promise<void>
  /** The network is back: reads what is missing, unless the page is hidden. */
  readonly reconnect: () => void
}

/** All reads of one page. `useLoad` fills it, `Reading` says it: no page can forget to. */
export interface Reads {
  put(of: object, read: PageRead): void
  remove(of: object): void
  all(): readonly PageRead[]
  /** Gives back a function that stops listening. */
  subscribe(listener: () => void): () => void
}

export function createReads(): Reads {
  const reads = new Map<object, PageRead>()
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of Array.from(listeners)) listener()
  }
  return {
    put(of, read) {
      reads.set(of, read)
      tell()
    },
    remove(of) {
      if (reads.delete(of)) tell()
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
    // A page that reads nothing listens to nothing.
    const listen = () => {
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
    const leave = reads.subscribe(listen)
    listen()
    return () => {
      leave()
      stop?.()
    }
  }, [reads])
  return <ReadsContext.Provider value={reads}>{children}</ReadsContext.Provider>
}

export const useReads = (): Reads | null => useContext(ReadsContext)
