import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useRef } from 'react'
import { platform } from '@/platform'

/**
 * The title in the host's bar, in the citizen's language; until the page runs it is the one of `index.config.ts`. Hosts give
 * a title to the visible page, so a hidden one waits.
 */
export function usePageTitle(title: string | undefined) {
  const isShown = useRef(true)
  useEffect(() => {
    if (title !== undefined && isShown.current) platform.bars.setTitle(title)
  }, [title])
  useDidShow(() => {
    isShown.current = true
    if (title !== undefined) platform.bars.setTitle(title)
  })
  useDidHide(() => {
    isShown.current = false
  })
}
