import { useDidHide, useDidShow } from '@tarojs/taro'
import { useRef, useState } from 'react'

/** Whether this page is the one shown. Clocks and polls rest while it is not. */
export function useVisible(): boolean {
  const [visible, setVisible] = useState(true)
  useDidShow(() => setVisible(true))
  useDidHide(() => setVisible(false))
  return visible
}

/** What outlives pages, as it was when this page was last shown: nothing is drawn on a hidden page, not even on hiding. */
export function useWhileVisible<T>(value: T): T {
  const isHidden = useRef(false)
  const last = useRef(value)
  const newest = useRef(value)
  const [, redraw] = useState(0)
  newest.current = value
  if (!isHidden.current) last.current = value
  useDidHide(() => {
    isHidden.current = true
  })
  useDidShow(() => {
    isHidden.current = false
    if (last.current !== newest.current) redraw((times) => times + 1)
  })
  return last.current
}
