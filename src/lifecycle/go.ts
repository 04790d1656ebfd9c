import Taro from '@tarojs/taro'
import { createStore } from 'zustand/vanilla'
import { rendered } from '@/lifecycle/rendered'
import { platform } from '@/platform'
import type { Navigation } from '@/platform/types'

/**
 * The one way from a page to another (S13): `go(routes.bill({ city, bill }))`, `go.replace`, `go.back`, `go.tab`. A step waits
 * until the page is rendered, is dropped when another page is shown by then, and asks over its page when the host could not
 * take it: a sub-package did not arrive, or there was no response. Each resolves to true once taken, false when dropped or
 * given up.
 */

/** A step that the host could not take, over the page it began on. */
export interface Unopened {
  readonly from: unknown
  readonly end: (isRetry: boolean) => void
}

export const unopened = createStore<{ step: Unopened | null }>(() => ({ step: null }))

/** A host that downloads a sub-package shows that by itself; after so long the page is given up. */
const limitMs = 15_000

/** The page that is shown. In a browser Taro copies its pages at each call; there a page's path is unique. */
export const shownPage = (): unknown => {
  const pages = Taro.getCurrentPages()
  const page = pages[pages.length - 1]
  return page?.path ?? page
}

/** How many pages lie above each other. */
export const stackSize = (): number => Taro.getCurrentPages().length

/** Steps that wait until the app is back from the background; null while it is shown. */
let waiting: (() => void)[] | null = null

/** The app calls it. A step in the background would render a hidden page. */
export function appIsShown(isShown: boolean): void {
  const ready = waiting
  waiting = isShown ? null : (waiting ?? [])
  if (isShown) for (const resolve of ready ?? []) resolve()
}

/** The page whose step is under way: a second one from the same page is a double tap. */
let running: unknown = null

async function step(from: unknown, open: () => Promise<boolean>): Promise<boolean> {
  await rendered()
  if (waiting) await new Promise<void>((resolve) => waiting?.push(resolve))
  if (from !== shownPage() || running === from) return false
  running = from
  const opening = open()
  const isTaken = await withinLimit(opening)
  if (running === from) running = null
  if (isTaken || from !== shownPage()) return isTaken
  return new Promise((resolve) => {
    const end = (isRetry: boolean, isOpen = false) => {
      if (unopened.getState().step === unopenedStep) unopened.setState({ step: null })
      resolve(isRetry ? step(from, open) : isOpen)
    }
    const unopenedStep: Unopened = { from, end }
    unopened.getState().step?.end(false)
    unopened.setState({ step: unopenedStep })
    void opening.then((isOpen) => isOpen && end(false, true))
  })
}

const withinLimit = (opening: Promise<boolean>): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), limitMs)
    void opening.then((isTaken) => {
      clearTimeout(timer)
      resolve(isTaken)
    })
  })

/** Opens a page above this one; the other steps are as in `platform.navigation`. */
export type Go = Navigation['to'] & Omit<Navigation, 'to'>

function goFrom(page: () => unknown): Go {
  const by = (name: keyof Navigation) => (url: string) => step(page(), () => platform.navigation[name](url))
  return Object.assign(by('to'), { replace: by('replace'), back: by('back'), tab: by('tab'), restart: by('restart') })
}

/** Steps that begin with the tap. */
export const go: Go = goFrom(shownPage)

/**
 * Steps of the page that is shown now, for after a response: when the citizen has left it meanwhile, nothing is opened over
 * where they are. An effect takes its step in `useEffectWhileVisible`.
 *
 *     const here = fromHere()
 *     const account = await services.accounts.bind(…)
 *     await here.replace(routes.account(…))
 */
export function fromHere(): Go {
  const page = shownPage()
  return goFrom(() => page)
}
