import Taro from '@tarojs/taro'
import { createStore } from 'zustand/vanilla'
import { rendered } from '@/lifecycle/rendered'
import { platform } from '@/platform'
import type { Navigation } from '@/platform/types'

/**
 * The one way from a page to another (S13). A step waits until the page is rendered, is dropped when another page is shown
 * by then, and asks over its page when the host could not take it: a sub-package did not arrive, or there was no answer.
 * Each gives true once it is taken, false when it was dropped or given up.
 */

/** A step that the host could not take, over the page it began on. */
export interface Unopened {
  readonly from: unknown
  readonly end: (isRetry: boolean) => void
}

export const unopened = createStore<{ step: Unopened | null }>(() => ({ step: null }))

/** A host that downloads a sub-package shows that by itself; after so long nobody believes it any more. */
const limitMs = 15_000

/** The page that is shown. In a browser Taro copies its pages at each call; a page's path holds a stamp of its own there. */
export const shownPage = (): unknown => {
  const pages = Taro.getCurrentPages()
  const page = pages[pages.length - 1]
  return page?.path ?? page
}

/** How many pages lie above each other. */
export const stackSize = (): number => Taro.getCurrentPages().length

/** Who waits until the app is back from the background; null while it is shown. */
let waiting: (() => void)[] | null = null

/** Told by the app. A step taken in the background would render a page that nobody sees. */
export function appIsShown(isShown: boolean): void {
  const ready = waiting
  waiting = isShown ? null : (waiting ?? [])
  if (isShown) for (const goOn of ready ?? []) goOn()
}

/** The page whose step is under way: a second one from the same page is a double tap. */
let running: unknown = null

async function step(from: unknown, go: () => Promise<boolean>): Promise<boolean> {
  await rendered()
  if (waiting) await new Promise<void>((resolve) => waiting?.push(resolve))
  if (from !== shownPage() || running === from) return false
  running = from
  const going = go()
  const isTaken = await within(going)
  if (running === from) running = null
  if (isTaken || from !== shownPage()) return isTaken
  return new Promise((resolve) => {
    const end = (isRetry: boolean, isOpen = false) => {
      if (unopened.getState().step === asked) unopened.setState({ step: null })
      resolve(isRetry ? step(from, go) : isOpen)
    }
    const asked: Unopened = { from, end }
    unopened.getState().step?.end(false)
    unopened.setState({ step: asked })
    void going.then((isOpen) => isOpen && end(false, true))
  })
}

const within = (going: Promise<boolean>): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), limitMs)
    void going.then((isTaken) => {
      clearTimeout(timer)
      resolve(isTaken)
    })
  })

function stepsFrom(page: () => unknown): Navigation {
  const by = (name: keyof Navigation) => (url: string) => step(page(), () => platform.navigation[name](url))
  return { to: by('to'), replace: by('replace'), back: by('back'), tab: by('tab'), restart: by('restart') }
}

/** Steps that begin with the tap. */
export const leave: Navigation = stepsFrom(shownPage)

/**
 * Steps of the page that is shown now, to be taken after an answer has come: when the citizen has left it meanwhile, nothing
 * is opened over where they are.
 *
 * An effect takes its step in `useEffectWhileVisible`.
 *
 *     const here = fromHere()
 *     const account = await services.accounts.bind(…)
 *     await here.replace(routes.account(…))
 */
export function fromHere(): Navigation {
  const page = shownPage()
  return stepsFrom(() => page)
}
