import { useCallback, useState } from 'react'
import { nextPollDelay } from '@/domain/payment'
import { useEffectWhileVisible } from '@/lifecycle/use-visible'

/**
 * Asks again and again while `on` and while the page is shown: often at first, then less and less, then not at all. A new
 * `state`, a new show and the function that it gives back begin anew.
 */
export function usePolling(on: boolean, state: string | null, ask: () => Promise<void>): () => void {
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `state` and `round` begin anew
  useEffectWhileVisible(() => {
    if (!on) return
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | undefined
    // The phone's clock, but only for how long this page has been asking.
    const beganMs = Date.now()
    const wait = () => {
      const delayMs = nextPollDelay(Date.now() - beganMs)
      if (delayMs === null) return
      timer = setTimeout(async () => {
        await ask()
        if (!isOver) wait()
      }, delayMs)
    }
    wait()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [on, state, round, ask])
  return useCallback(() => setRound((now) => now + 1), [])
}
