import { useEffect } from 'react'
import { usePageVisible } from '@/components/actions'
import { platform } from '@/platform'

/** Full brightness while a code that can be scanned now is in sight; undone on leaving, and in the background. */
export function useBright(isWanted: boolean): void {
  const isOn = usePageVisible() && isWanted
  useEffect(() => {
    if (!isOn || !platform.brighten) return
    let undo: (() => void) | null = null
    let isGone = false
    platform.brighten().then(
      (back) => {
        if (isGone) back()
        else undo = back
      },
      () => {},
    )
    return () => {
      isGone = true
      undo?.()
    }
  }, [isOn])
}
