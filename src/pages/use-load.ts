import { useDidHide, useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'
import { services } from '@/services'
import type { Kept } from '@/services/client'
import { asServiceError, type ServiceError } from '@/services/errors'

/**
 * What a page knows of something it reads from a city. A kept answer stands in until the fresh one comes: `asOf` says how
 * old it is. A failed refresh keeps the value and says what went wrong.
 */
export type Load<T> =
  | { readonly status: 'loading' }
  | {
      readonly status: 'ready'
      readonly value: T
      readonly asOf?: Kept<T>['asOf'] | undefined
      readonly refreshError?: ServiceError | undefined
    }
  | { readonly status: 'failed'; readonly error: ServiceError }

/**
 * The one way to read from a city: loads on mount, again on every later show, and when `key` changes. Null as `key` means
 * there is nothing to read yet. `kept` gives the last good answer, drawn at once. Answers to an older question are dropped;
 * one that comes while the page is hidden waits, because a hidden page draws nothing. The second member reads again for the
 * citizen's tap: it shows `loading` first after a failure, and goes out although a city asked to wait. The third reads
 * again by itself (a timer, the network's return) and does as the city asks.
 */
export function useLoad<T>(
  key: string | null,
  read: () => Promise<T>,
  kept?: () => Kept<T> | null,
): [Load<T>, () => Promise<void>, () => Promise<void>] {
  const newest = useRef({ read, kept, asked: 0 })
  newest.current.read = read
  newest.current.kept = kept
  const first = (): Load<T> => {
    const old = key === null ? null : newest.current.kept?.()
    return old ? { status: 'ready', value: old.value, asOf: old.asOf } : { status: 'loading' }
  }
  const [load, setLoad] = useState<Load<T>>(first)
  const hidden = useRef(false)
  const waiting = useRef<(() => void) | null>(null)

  const reload = useCallback(async () => {
    const asked = ++newest.current.asked
    const draw = (change: (now: Load<T>) => Load<T>) => {
      if (asked !== newest.current.asked) return
      if (hidden.current) waiting.current = () => draw(change)
      else setLoad(change)
    }
    try {
      const value = await newest.current.read()
      draw(() => ({ status: 'ready', value }))
    } catch (thrown) {
      const error = asServiceError(thrown)
      draw((now) => (now.status === 'ready' ? { ...now, refreshError: error } : { status: 'failed', error }))
    }
  }, [])

  const shownKey = useRef(key)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `first` reads what this very drawing was given
  useEffect(() => {
    waiting.current = null
    if (shownKey.current !== key) {
      shownKey.current = key
      setLoad(first())
    }
    if (key === null) newest.current.asked++
    else void reload()
  }, [key, reload])

  useDidShow(() => {
    // The first show comes with the mount, which loads already.
    if (!hidden.current) return
    hidden.current = false
    waiting.current?.()
    waiting.current = null
    if (shownKey.current !== null) void reload()
  })
  useDidHide(() => {
    hidden.current = true
  })

  const retry = useCallback(async () => {
    services.askNow()
    setLoad((now) => (now.status === 'failed' ? { status: 'loading' } : now))
    await reload()
  }, [reload])
  return [load, retry, reload]
}
