import { useState } from 'react'
import { useEffectWhileVisible } from '@/lifecycle/use-visible'

const everyMs = 30_000

/** Draws what calls it anew twice a minute while it is shown, and when it comes back, so that "counted 2 min ago" stays true. */
export function useTick(): void {
  const [, setTicks] = useState(0)
  useEffectWhileVisible((isBack) => {
    const tick = () => setTicks((ticks) => ticks + 1)
    if (isBack) tick()
    const timer = setInterval(tick, everyMs)
    return () => clearInterval(timer)
  }, [])
}
