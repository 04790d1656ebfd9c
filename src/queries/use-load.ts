import { useDidHide, useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useRef } from 'react'
import { type Answered, justAnswered } from '@/domain/consistency'
import type { CityId } from '@/domain/ids'
import { type Instant, instantOf } from '@/domain/time'
import { useStateWhileVisible } from '@/lifecycle/use-visible'
import { services } from '@/services'
import type { Cached } from '@/services/client'
import { asServiceError, type ServiceError } from '@/services/errors'
import { useReads } from './page-reads'

/**
 * What a page has of something it reads from a city. A cached response is shown until the fresh one comes. A failed refresh
 * keeps the value, with its error; `Reading` shows that, so pages need not.
 */
export type Load<T> =
  | { readonly status: 'loading' }
  | {
      readonly status: 'ready'
      readonly value: T
      /** When the city sent it, by the city's clock. */
      readonly asOf: Instant
      /** From an earlier run of the app: there is no response yet. */
      readonly isCached: boolean
      /** Null without a fresh response: then the value proves nothing about what it does not hold. See `Nothing`. */
      readonly answered: Answered | null
      readonly refreshError?: ServiceError | undefined
    }
  | { readonly status: 'failed'; readonly error: ServiceError }

/** After so long out of sight a response is no proof any more. */
const freshMs = 60_000

interface Held<T> {
  /** Of the args that `load` is for. */
  readonly key: string | null
  readonly load: Load<T>
}

/** What is read: the city, then any other arguments, in plain data. */
export type Args = readonly [city: CityId, ...rest: unknown[]]

/**
 * The one way to read from a city: on mount, on every later show, when `args` change, and when the network returns after a
 * failure; never while the page is hidden. Null `args`: nothing to read yet. `cached` gives the last good response, shown at
 * once. A response to other args is dropped. The second member reads again for the citizen's tap: it shows `loading` first
 * after a failure, and ignores Retry-After. The third is for timers and obeys it.
 * `isAside`: see `PageRead`.
 */
export function useLoad<A extends Args, T>(
  args: A | null,
  read: (...args: A) => Promise<T>,
  cached?: (...args: A) => Cached<T> | null,
  isAside = false,
): [Load<T>, () => Promise<void>, () => Promise<void>] {
  const key = args && JSON.stringify(args)
  const reads = useReads()
  const newest = useRef({ args, key, read, cached, turn: 0, respondedAtMs: 0, isReading: false })
  newest.current = Object.assign(newest.current, { args, key, read, cached })

  const initial = useRef<Held<T> | null>(null)
  // A response to other args must not be seen even once: what is cached for these is looked up while rendering.
  if (initial.current === null || initial.current.key !== key) initial.current = { key, load: firstOf(args, cached) }
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

  const owner = useRef({})
  const again = useRef({ retry: async () => {}, reconnect: () => {} })
  const report = useCallback(() => {
    const { args, isReading } = newest.current
    if (args === null) return reads?.remove(owner.current)
    const now = latest.current
    reads?.set(owner.current, {
      city: args[0],
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
    const { args } = newest.current
    if (args === null) return
    const turn = ++newest.current.turn
    const settle = (to: (now: Load<T>) => Load<T>) => {
      if (turn !== newest.current.turn) return
      newest.current.isReading = false
      change((now) => (turn === newest.current.turn ? to(now) : now))
      report()
    }
    newest.current.isReading = true
    report()
    try {
      const value = await newest.current.read(...args)
      if (turn === newest.current.turn) newest.current.respondedAtMs = Date.now()
      const asOf = instantOf(services.serverNow(args[0]))
      settle(() => ({ status: 'ready', value, asOf, isCached: false, answered: justAnswered }))
    } catch (thrown) {
      const error = asServiceError(thrown)
      settle((now) =>
        now.status === 'ready' ? { ...now, answered: null, refreshError: error } : { status: 'failed', error },
      )
    }
  }, [change, report])

  const isHidden = useRef(false)
  useEffect(() => {
    newest.current.turn++
    newest.current.isReading = false
    // A hidden page reads when it is shown.
    if (key !== null && !isHidden.current) void reload()
  }, [key, reload])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is reported depends on them
  useEffect(report, [report, load, key])
  useEffect(() => () => reads?.remove(owner.current), [reads])

  useDidShow(() => {
    // The first show comes with the mount, which reads already.
    if (!isHidden.current) return
    isHidden.current = false
    // The phone's clock, but only for the age of the response.
    if (Math.abs(Date.now() - newest.current.respondedAtMs) > freshMs)
      change((now) => (now.status === 'ready' && now.answered ? { ...now, answered: null } : now))
    void reload()
  })
  useDidHide(() => {
    isHidden.current = true
  })
  const reconnect = useRef(() => {
    const now = latest.current
    const isMissing = now.status === 'failed' || (now.status === 'ready' && (now.isCached || now.refreshError))
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

function firstOf<A extends Args, T>(args: A | null, cached: ((...args: A) => Cached<T> | null) | undefined): Load<T> {
  const old = args && cached?.(...args)
  return old
    ? { status: 'ready', value: old.value, asOf: old.asOf, isCached: true, answered: null }
    : { status: 'loading' }
}

/** What was read, if anything was. */
export const valueOf = <T>(load: Load<T>): T | null => (load.status === 'ready' ? load.value : null)

/** A part of what is read; it loads and fails as the whole does. */
export function mapLoad<T, U>(load: Load<T>, map: (value: T) => U): Load<U> {
  return load.status === 'ready' ? { ...load, value: map(load.value) } : load
}
