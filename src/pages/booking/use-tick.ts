import { useEffect, useState } from 'react'

const everyMs = 30_000

/** Draws the page anew twice a minute while it is shown, so that "counted 2 min ago" stays true. */
export function useTick(isOn: boolean): void {
  const [, setTicks] = useState(0)
  useEffect(() => {
    if (!isOn) return
    const timer = setInterval(() => setTicks((ticks) => ticks + 1), everyMs)
    return () => clearInterval(timer)
  }, [isOn])
}
