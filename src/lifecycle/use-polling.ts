import { useCallback, useState } from 'react'
import { nextPollDelay } from '@/domain/payment'
import { useEffectWhileVisible } from './use-visible'

/**
 * Reads again and again while `isOn` and while the page is visible: often at first, then less and less, then not at all. A new
 * `state`, a new show and the returned function restart it.
 */
export function usePolling(isOn: boolean, state: string | null, read: () => Promise<unknown>): () => void {
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `state` and `round` restart it
  useEffectWhileVisible(() => {
    if (!isOn) return
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | undefined
    // The phone's clock, but only for how long this page has been polling.
    const startedMs = Date.now()
    const wait = () => {
      const delayMs = nextPollDelay(Date.now() - startedMs)
      if (delayMs === null) return
      timer = setTimeout(async () => {
        await read()
        if (!isOver) wait()
      }, delayMs)
    }
    wait()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [isOn, state, round, read])
  return useCallback(() => setRound((now) => now + 1), [])
}
