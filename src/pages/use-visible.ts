import { useDidHide, useDidShow } from '@tarojs/taro'
import { useRef, useState } from 'react'

/** Whether this page is the one shown. Clocks and polls rest while it is not. */
export function useVisible(): boolean {
  const [visible, setVisible] = useState(true)
  useDidShow(() => setVisible(true))
  useDidHide(() => setVisible(false))
  return visible
}

/** What outlives pages, as it was when this page was last shown: nothing is drawn on a hidden page. */
export function useWhileVisible<T>(value: T): T {
  const visible = useVisible()
  const last = useRef(value)
  if (visible) last.current = value
  return last.current
}
