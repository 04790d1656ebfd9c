import { useDidShow, useRouter } from '@tarojs/taro'
import { useEffect } from 'react'
import { Dialog } from '@/components/dialog'
import type { PageTab } from '@/components/tab-bar'
import { platform } from '@/platform'
import { useLanguage, useText } from '@/text'
import { common } from '@/text/common'
import { failures } from '@/text/failures'
import { home } from '@/text/home'
import { barColours } from '@/theme/bars'
import { useTheme } from '@/theme/theme'
import { ConsentSheet } from './consent-sheet'
import { leave, shownPage, type Unopened, unopened } from './leave'
import { tabs } from './routes'
import { useWhileVisible } from './use-visible'

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
    platform.bars.setLanguage?.(language)
    if (!tabPages.includes(path)) return
    const words = home[language].tabs
    platform.bars.showTabs(!theme.elder)
    platform.bars.setTabTexts([words.home, words.bills, words.appointments, words.me])
  }
  useDidShow(dress)
  useEffect(dress, [language, theme, path])
}

const icons = { home: 'home', bills: 'receipt', appointments: 'calendar-check', me: 'user' } as const
const tabNames = ['home', 'bills', 'appointments', 'me'] as const

/** The tabs that a page of elder mode shows itself, in words that can be read; null elsewhere. */
export function useElderTabs(): readonly PageTab[] | null {
  const words = useText(home)
  const { elder } = useTheme()
  const path = useRouter().path.split('?')[0] ?? ''
  if (!elder || !tabPages.includes(path)) return null
  return tabNames.map((name) => ({
    icon: icons[name],
    label: words.tabs[name],
    isShown: tabs[name] === path,
    open: () => leave.tab(tabs[name]),
  }))
}

/** What belongs to every page: `Screen` draws it over each. */
export function PageOverlay() {
  useBars()
  const step = useWhileVisible(unopened, (state) => state.step)
  return (
    <>
      <ConsentSheet />
      {step?.from === shownPage() && step && <NotOpened step={step} />}
    </>
  )
}

/** A page did not arrive. Whoever goes elsewhere has given it up. */
function NotOpened({ step }: { step: Unopened }) {
  const { title, text } = useText(failures).unopened
  const { retry, close } = useText(common)
  useEffect(() => () => step.end(false), [step])
  return (
    <Dialog
      open
      title={title}
      actions={[
        { label: retry, onTap: () => step.end(true) },
        { label: close, onTap: () => step.end(false) },
      ]}
    >
      {text}
    </Dialog>
  )
}
