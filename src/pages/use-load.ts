import { useDidHide, useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'
import { asServiceError, type ServiceError } from '@/services/errors'

/** What a page knows of something it reads from a city. A failed refresh keeps the value and says what went wrong. */
export type Load<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T; readonly refreshError?: ServiceError }
  | { readonly status: 'failed'; readonly error: ServiceError }

/**
 * The one way to read from a city: loads on mount, again on every later show, and when `key` changes. Null as `key` means
 * there is nothing to read yet. Answers to an older question are dropped; one that comes while the page is hidden waits,
 * because a hidden page draws nothing.
 */
export function useLoad<T>(key: string | null, read: () => Promise<T>): [Load<T>, () => Promise<void>] {
  const [load, setLoad] = useState<Load<T>>({ status: 'loading' })
  const newest = useRef({ read, key, asked: 0 })
  newest.current.read = read
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

  useEffect(() => {
    newest.current.key = key
    newest.current.asked++
    waiting.current = null
    setLoad((now) => (now.status === 'loading' ? now : { status: 'loading' }))
    if (key !== null) void reload()
  }, [key, reload])

  useDidShow(() => {
    // The first show comes with the mount, which loads already.
    if (!hidden.current) return
    hidden.current = false
    waiting.current?.()
    waiting.current = null
    if (newest.current.key !== null) void reload()
  })
  useDidHide(() => {
    hidden.current = true
  })

  const retry = useCallback(async () => {
    setLoad((now) => (now.status === 'failed' ? { status: 'loading' } : now))
    await reload()
  }, [reload])
  return [load, retry]
}
