import { useCallback, useEffect, useRef } from 'react'
import { useActions, useVisibility, whenVisible } from './actions'

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

/**
 * A handler that ignores calls while its promise is pending: a double tap pays once and opens one page. `onBusy` is called at
 * the start and at the end; on a hidden page once it is shown again. A rejection, which pages should turn into a state, is
 * reported. The function is stable across renders.
 */
export function useOnce<A extends unknown[]>(
  handler: ((...args: A) => unknown) | undefined,
  onBusy?: (busy: boolean) => void,
): (...args: A) => void {
  const { report } = useActions()
  const latest = useRef({ handler, onBusy, report })
  const busy = useRef(false)
  const page = useVisibility()
  const gone = useRef(false)
  useEffect(() => {
    latest.current = { handler, onBusy, report }
  })
  useEffect(() => {
    gone.current = false
    return () => {
      gone.current = true
    }
  }, [])

  return useCallback(
    (...args: A) => {
      if (busy.current) return
      const answer = latest.current.handler?.(...args)
      if (!isPromise(answer)) return
      const set = (now: boolean) => {
        busy.current = now
        if (latest.current.onBusy) whenVisible(page, () => !gone.current && latest.current.onBusy?.(busy.current))
      }
      set(true)
      answer.then(
        () => set(false),
        (error: unknown) => {
          set(false)
          latest.current.report?.(error)
        },
      )
    },
    [page],
  )
}
