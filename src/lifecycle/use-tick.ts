import { useState } from 'react'
import { useEffectWhileVisible } from '@/lifecycle/use-visible'

const everyMs = 30_000

/** Re-renders the caller every 30 s while the page is visible, and when it comes back, so that "counted 2 min ago" stays true. */
export function useTick(): void {
  const [, setTicks] = useState(0)
  useEffectWhileVisible((isBack) => {
    const tick = () => setTicks((ticks) => ticks + 1)
    if (isBack) tick()
    const timer = setInterval(tick, everyMs)
    return () => clearInterval(timer)
  }, [])
}
