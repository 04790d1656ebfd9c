import { useDidHide, useDidShow, useError, useUnhandledRejection } from '@tarojs/taro'
import { type PropsWithChildren, useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { type Actions, ActionsProvider } from '@/components/actions'
import { appLeaves, enter, listenForUpdate } from '@/lifecycle/entry'
import { appIsShown, go } from '@/lifecycle/go'
import { useVisibility } from '@/lifecycle/use-visible'
import { listenForConsent } from '@/parts/consent-sheet'
import { PageOverlay, useElderTabs } from '@/parts/page-overlay'
import { Reading } from '@/parts/reading'
import { platform } from '@/platform'
import { PageReads } from '@/queries/page-reads'
import { useHotline } from '@/queries/use-hotline'
import { routes, tabs } from '@/routes'
import { isServiceError } from '@/services/errors'
import { stores } from '@/stores'
import { TextProvider } from '@/text'
import { terms } from '@/text/terms'
import { ThemeProvider } from '@/theme/theme'
import './app.scss'

platform.onPageNotFound(tabs.home)

/** An error that no page caught: the problem page with its request id, and a way home. */
function showProblem(error: unknown) {
  void go(routes.problem(isServiceError(error) ? error.requestId : undefined))
}

/** The citizen's settings and the host's, together. */
function useLook() {
  const language = useStore(stores.settings, (settings) => settings.language)
  const textSize = useStore(stores.settings, (settings) => settings.textSize)
  const chosen = useStore(stores.settings, (settings) => settings.theme)
  const contrast = useStore(stores.settings, (settings) => settings.contrast)
  const [host, setHost] = useState(() => platform.system())
  useEffect(() => platform.onThemeChange?.(() => setHost(platform.system())), [])

  const dark = chosen === 'system' ? host.theme === 'dark' : chosen === 'dark'
  const theme = useMemo(
    () => ({ dark, elder: textSize === 'elder', contrast, fontScale: host.fontScale }),
    [dark, textSize, contrast, host.fontScale],
  )
  return { language, theme }
}

export default function App({ children }: PropsWithChildren) {
  const { language, theme } = useLook()

  useEffect(listenForConsent, [])
  useEffect(listenForUpdate, [])
  useDidShow((options) => {
    appIsShown(true)
    if (options) enter(options)
    void stores.reconciler.reconcile()
  })
  useDidHide(() => {
    appLeaves()
    appIsShown(false)
  })
  useError(showProblem)
  useUnhandledRejection((event) => showProblem(event.reason))

  const actions = useMemo<Actions>(
    () => ({
      home: () => go.tab(tabs.home),
      copy: async (text) => {
        if (await platform.copy(text)) platform.toast(terms[language].copied)
      },
      call: (number) => platform.call(number),
      report: showProblem,
      useVisibility,
      Overlay: PageOverlay,
      useTabs: useElderTabs,
      useHotline,
      Around: PageReads,
      Reading,
    }),
    [language],
  )

  return (
    <TextProvider language={language}>
      <ThemeProvider theme={theme}>
        <ActionsProvider actions={actions}>{children}</ActionsProvider>
      </ThemeProvider>
    </TextProvider>
  )
}
