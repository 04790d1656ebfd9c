import { useDidShow, useRouter } from '@tarojs/taro'
import { useEffect } from 'react'
import { platform } from '@/platform'
import { useLanguage } from '@/text'
import { home } from '@/text/home'
import { barColours } from '@/theme/bars'
import { useTheme } from '@/theme/theme'
import { ConsentSheet } from './consent-sheet'
import { tabs } from './routes'

const tabPages: readonly string[] = Object.values(tabs)

/**
 * Gives the host's bars the citizen's colours and language. Hosts colour the title bar of the page shown only, and refuse
 * to change tabs while a page without them is shown: so each page does it, and on every show.
 */
function useBars() {
  const language = useLanguage()
  const theme = useTheme()
  const path = useRouter().path.split('?')[0] ?? ''
  const dress = () => {
    platform.bars.setColours(barColours(theme))
    if (!tabPages.includes(path)) return
    const words = home[language].tabs
    platform.bars.setTabTexts([words.home, words.bills, words.appointments, words.me])
  }
  useDidShow(dress)
  useEffect(dress, [language, theme, path])
}

/** What belongs to every page: `Screen` draws it over each. */
export function PageOverlay() {
  useBars()
  return <ConsentSheet />
}
