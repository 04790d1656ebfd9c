import { useEffectWhileVisible } from '@/lifecycle/use-visible'
import { platform } from '@/platform'

/** Full brightness while a valid code is on the screen; undone on leaving and in the background. */
export function useBright(isOn: boolean): void {
  useEffectWhileVisible(() => {
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
