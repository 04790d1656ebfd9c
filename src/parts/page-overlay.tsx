import { useDidShow, useRouter, useShareAppMessage } from '@tarojs/taro'
import { useEffect } from 'react'
import { Dialog } from '@/components/dialog'
import type { PageTab } from '@/components/tab-bar'
import type { CityId } from '@/domain/ids'
import { type EntryProblem, entryProblem, isPaying, newVersion, proceed } from '@/lifecycle/entry'
import { go, shownPage, type Unopened, unopened } from '@/lifecycle/go'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { platform } from '@/platform'
import { shareLink, tabs } from '@/routes'
import { findCity } from '@/services/cities'
import { stores } from '@/stores'
import { useLanguage, useText } from '@/text'
import { home } from '@/text/home'
import { failures } from '@/text/parts/failures'
import { terms } from '@/text/terms'
import { barColours } from '@/theme/bars'
import { useTheme } from '@/theme/theme'
import { ConsentSheet } from './consent-sheet'
import { useCityName } from './use-city-name'

const tabPages: readonly string[] = Object.values(tabs)

/**
 * Gives the host's bars the citizen's colours and language. Hosts colour the bar of the visible page only, and refuse to
 * change tabs while a page without them is visible: so each page does it, on every show.
 */
function useBars() {
  const language = useLanguage()
  const theme = useTheme()
  const path = useRouter().path.split('?')[0] ?? ''
  const dress = () => {
    platform.bars.setColours(barColours(theme))
    platform.bars.setLanguage?.(language)
    if (!tabPages.includes(path)) return
    const t = home[language].tabs
    platform.bars.showTabs(!theme.elder)
    platform.bars.setTabTexts([t.home, t.bills, t.appointments, t.me])
  }
  useDidShow(dress)
  useEffect(dress, [language, theme, path])
}

const icons = { home: 'home', bills: 'receipt', appointments: 'calendar-check', me: 'user' } as const
const tabNames = ['home', 'bills', 'appointments', 'me'] as const

/** The tabs that a page of elder mode shows itself, in a readable size; null elsewhere. */
export function useElderTabs(): readonly PageTab[] | null {
  const t = useText(home)
  const { elder } = useTheme()
  const path = useRouter().path.split('?')[0] ?? ''
  if (!elder || !tabPages.includes(path)) return null
  return tabNames.map((name) => ({
    icon: icons[name],
    label: t.tabs[name],
    isShown: tabs[name] === path,
    open: () => go.tab(tabs[name]),
  }))
}

/** What belongs to every page: `Screen` renders it over each. */
export function PageOverlay() {
  useBars()
  useShare()
  useDidShow(() => void proceed())
  const step = useWhileVisible(unopened, (state) => state.step)
  const problem = useWhileVisible(entryProblem, (state) => state.current)
  return (
    <>
      <ConsentSheet />
      {step?.from === shownPage() && step ? (
        <NotOpened step={step} />
      ) : problem ? (
        <NotEntered problem={problem} />
      ) : (
        <NewVersion />
      )}
    </>
  )
}

/** What a share card of this page carries; the same on every page, and never anything personal. */
function useShare() {
  const t = useText(home)
  const { path, params } = useRouter()
  useShareAppMessage(() => ({
    title: t.shared,
    path: shareLink(path.split('?')[0] ?? '', params, stores.city.getState().city),
  }))
}

/** Why what was scanned or tapped elsewhere does not simply open. */
function NotEntered({ problem }: { problem: EntryProblem }) {
  const { badLink } = useText(failures)
  const { close } = useText(terms)
  const t = useText(home)
  const cityName = useCityName()
  const nameOf = (id: CityId | null | undefined) => {
    const city = id ? findCity(id) : null
    return city ? cityName(city) : ''
  }
  const name = nameOf(problem.city)
  const end = () => entryProblem.setState({ current: null })
  const change = () => {
    end()
    if (problem.city) stores.city.getState().choose(problem.city)
  }
  const isOther = problem.kind === 'other-city'
  const now = nameOf(stores.city.getState().city)
  return (
    <Dialog
      open
      title={isOther ? t.otherCity(name) : badLink.title}
      actions={
        isOther
          ? [
              { label: t.otherCityYes(name), onTap: change },
              { label: t.otherCityNo(now), onTap: end },
            ]
          : [{ label: close, onTap: end }]
      }
    >
      {isOther ? t.otherCityText(now) : problem.kind === 'closed' ? t.cityNotOpen(name) : badLink.text}
    </Dialog>
  )
}

/** Offered on a tab only, where no form is under way, and never while a payment of this run is open (N18). */
function NewVersion() {
  const t = useText(home)
  const isTab = tabPages.includes(useRouter().path.split('?')[0] ?? '')
  const isOffered = useWhileVisible(newVersion, (state) => state.isReady && !state.isDeclined)
  const isBusy = useWhileVisible(stores.journal, isPaying)
  if (!isTab || !isOffered || isBusy) return null
  return (
    <Dialog
      open
      title={t.newVersion}
      actions={[
        { label: t.newVersionYes, onTap: () => platform.update?.apply() },
        { label: t.newVersionNo, onTap: () => newVersion.setState({ isDeclined: true }) },
      ]}
    >
      {t.newVersionText}
    </Dialog>
  )
}

/** A page did not arrive. Going elsewhere gives it up. */
function NotOpened({ step }: { step: Unopened }) {
  const { title, text } = useText(failures).unopened
  const { retry, close } = useText(terms)
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
