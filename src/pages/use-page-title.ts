import { useDidShow } from '@tarojs/taro'
import { useEffect } from 'react'
import { platform } from '@/platform'

/** The title in the host's bar, in the citizen's language; the one in `index.config.ts` stands until the page runs. */
export function usePageTitle(title: string) {
  useEffect(() => platform.bars.setTitle(title), [title])
  useDidShow(() => platform.bars.setTitle(title))
}
