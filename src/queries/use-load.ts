import { useDidHide, useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useRef } from 'react'
import { type Answered, justAnswered } from '@/domain/consistency'
import { asId, type CityId } from '@/domain/ids'
import { type Instant, instantOf } from '@/domain/time'
import { useStateWhileVisible } from '@/lifecycle/use-visible'
import { services } from '@/services'
import type { Cached } from '@/services/client'
import { asServiceError, type ServiceError } from '@/services/errors'
import { useReads } from './page-reads'

/**
 * What a page knows of something it reads from a city. A kept answer stands in until the fresh one comes. A failed refresh
 * keeps the value and says what went wrong; `Reading` tells the citizen, so pages need not.
 */
export type Load<T> =
  | { readonly status: 'loading' }
  | {
      readonly status: 'ready'
      readonly value: T
      /** When the city gave it, by the city's clock. */
      readonly asOf: Instant
      /** From an earlier run of the app: nobody has answered yet. */
      readonly isKept: boolean
      /** Null when nobody has just answered: then the value says nothing about what it does not hold. See `Nothing`. */
      readonly answered: Answered | null
      readonly refreshError?: ServiceError | undefined
    }
  | { readonly status: 'failed'; readonly error: ServiceError }

/** After so long out of sight an answer is no proof any more. */
const freshMs = 60_000

interface Held<T> {
  /** The question that `load` answers. */
  readonly key: string | null
  readonly load: Load<T>
}

/**
 * The one way to read from a city: reads on mount, on every later show, when `key` changes, and when the network returns
 * after a failure; never while the page is hidden. `key` names the question and begins with the city, then a space; null
 * means that there is nothing to read yet. `kept` gives the last good answer, shown at once. Answers to another question
 * are dropped. The second member reads again for the citizen's tap: it shows `loading` first after a failure, and goes out
 * although a city asked to wait. The third reads again by itself (a timer) and does as the city asks. `isAside`: see `PageRead`.
 */
export function useLoad<T>(
  key: string | null,
  read: () => Promise<T>,
  kept?: () => Cached<T> | null,
  isAside = false,
): [Load<T>, () => Promise<void>, () => Promise<void>] {
  const reads = useReads()
  const newest = useRef({ key, read, kept, asked: 0, answeredAtMs: 0, isReading: false })
  newest.current = Object.assign(newest.current, { key, read, kept })

  const initial = useRef<Held<T> | null>(null)
  // An answer to another question must not be seen even once: what was kept of this one is looked up while rendering.
  if (initial.current === null || initial.current.key !== key) initial.current = { key, load: firstOf(key, kept) }
  const [held, setHeld] = useStateWhileVisible<Held<T>>(initial.current)
  const load = held.key === key ? held.load : initial.current.load
  const latest = useRef(load)
  latest.current = load

  const change = useCallback(
    (to: (now: Load<T>) => Load<T>) =>
      setHeld((now) => {
        const { key } = newest.current
        const before = now.key === key ? now.load : (initial.current?.load ?? { status: 'loading' })
        const after = to(before)
        return after === now.load ? now : { key, load: after }
      }),
    [setHeld],
  )

  const me = useRef({})
  const again = useRef({ retry: async () => {}, reconnect: () => {} })
  const tell = useCallback(() => {
    const { key, isReading } = newest.current
    if (key === null) return reads?.remove(me.current)
    const now = latest.current
    reads?.put(me.current, {
      city: cityOf(key),
      isReading,
      asOf: now.status === 'ready' ? now.asOf : null,
      refreshError: now.status === 'ready' ? (now.refreshError ?? null) : null,
      hasFailed: now.status === 'failed',
      isAside,
      refresh: () => again.current.retry(),
      reconnect: () => again.current.reconnect(),
    })
  }, [reads, isAside])

  const reload = useCallback(async () => {
    const { key } = newest.current
    if (key === null) return
    const asked = ++newest.current.asked
    const settle = (to: (now: Load<T>) => Load<T>) => {
      if (asked !== newest.current.asked) return
      newest.current.isReading = false
      change((now) => (asked === newest.current.asked ? to(now) : now))
      tell()
    }
    newest.current.isReading = true
    tell()
    try {
      const value = await newest.current.read()
      if (asked === newest.current.asked) newest.current.answeredAtMs = Date.now()
      const asOf = instantOf(services.serverNow(cityOf(key)))
      settle(() => ({ status: 'ready', value, asOf, isKept: false, answered: justAnswered }))
    } catch (thrown) {
      const error = asServiceError(thrown)
      settle((now) =>
        now.status === 'ready' ? { ...now, answered: null, refreshError: error } : { status: 'failed', error },
      )
    }
  }, [change, tell])

  const isHidden = useRef(false)
  useEffect(() => {
    newest.current.asked++
    newest.current.isReading = false
    // A hidden page reads when it is shown.
    if (key !== null && !isHidden.current) void reload()
  }, [key, reload])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is told depends on them
  useEffect(tell, [tell, load, key])
  useEffect(() => () => reads?.remove(me.current), [reads])

  useDidShow(() => {
    // The first show comes with the mount, which reads already.
    if (!isHidden.current) return
    isHidden.current = false
    // The phone's clock, but only for how long ago this page was answered.
    if (Math.abs(Date.now() - newest.current.answeredAtMs) > freshMs)
      change((now) => (now.status === 'ready' && now.answered ? { ...now, answered: null } : now))
    void reload()
  })
  useDidHide(() => {
    isHidden.current = true
  })
  const reconnect = useRef(() => {
    const now = latest.current
    const isMissing = now.status === 'failed' || (now.status === 'ready' && (now.isKept || now.refreshError))
    if (!isHidden.current && isMissing) void reload()
  })

  const retry = useCallback(async () => {
    services.endQuiet()
    change((now) => (now.status === 'failed' ? { status: 'loading' } : now))
    await reload()
  }, [change, reload])
  again.current = { retry, reconnect: reconnect.current }
  return [load, retry, reload]
}

function firstOf<T>(key: string | null, kept: (() => Cached<T> | null) | undefined): Load<T> {
  const old = key === null ? null : kept?.()
  return old
    ? { status: 'ready', value: old.value, asOf: old.asOf, isKept: true, answered: null }
    : { status: 'loading' }
}

const cityOf = (key: string): CityId => asId<CityId>(key.split(' ')[0] ?? '')

/** The manifest, if it is known by now. */
export const valueOf = <T>(load: Load<T>): T | null => (load.status === 'ready' ? load.value : null)
