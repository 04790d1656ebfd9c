import { createStore } from 'zustand/vanilla'
import type { CityId } from '@/domain/ids'
import { openIntents } from '@/domain/journal'
import { go, shownPage, stackSize } from '@/lifecycle/go'
import { platform } from '@/platform'
import { type Entry, moneyPages, readEntry, routes, tabs } from '@/routes'
import { findCity, isOpen } from '@/services/cities'
import { stores } from '@/stores'

/**
 * The app is opened by a printed code, an ordinary link, a message or a share card (N19): `readEntry` reads the host's
 * options once, and the same page opens as for a link inside. Money comes first: a page of paying is not left for it.
 */

/** Why an entry did not simply open; shown over the page. */
export type EntryProblem = { readonly kind: 'bad' | 'closed' | 'other-city'; readonly city?: CityId }

export const entryProblem = createStore<{ current: EntryProblem | null }>(() => ({ current: null }))

/** The host's options of a launch or a show. */
export interface EnterOptions {
  readonly query?: Readonly<Record<string, unknown>> | undefined
  readonly scene?: unknown
}

/** Both hosts' scene numbers of a scanned code: scanning the same code again opens its page again. */
const scanned = ['1011', '1012', '1013', '1047', '1048', '1049']
/** A host that opens a page by itself for an entry does so at once. */
const settleMs = 300

let last = ''
let pending: Entry | 'bad' | null = null
let wasPaying = false

/** The app calls it at launch and on every show. When the app only comes back, hosts repeat their options: that opens nothing. */
export function enter({ query, scene }: EnterOptions): void {
  const entry = readEntry(query)
  if (entry === null) return
  const opening = JSON.stringify([query?.scene, query?.q, query?.qrCode])
  if (opening === last && !scanned.includes(String(scene))) return
  last = opening
  pending = entry
  setTimeout(proceed, settleMs)
}

/** Payments that were open before this run; home shows them. */
const fromBefore = new Set(openIntents(stores.journal.getState().intents).map(({ key }) => key))

/** Whether a payment of this run is not finished yet. */
export const isPaying = (): boolean => intentsOfThisRun().length > 0

const intentsOfThisRun = () => openIntents(stores.journal.getState().intents).filter(({ key }) => !fromBefore.has(key))

const pathOf = (page: unknown): string =>
  `/${String((page as { route?: string } | null)?.route ?? '').replace(/^\//, '')}`

/** A checkout or an unfinished payment is not left for a scanned code. */
function isMoneyShown(): boolean {
  const path = pathOf(shownPage())
  return path.startsWith(moneyPages.checkout) || (path.startsWith(moneyPages.payment) && isPaying())
}

/** The app calls it as it goes to the background: a host may open a page by itself over a payment meanwhile. */
export function appLeaves(): void {
  wasPaying = isPaying() && isMoneyShown()
}

/** Opens what is pending, once no page of paying is visible. Every page calls it on show. */
export function proceed(): unknown {
  const isMoney = isMoneyShown()
  if (isMoney) wasPaying = false
  if (pending === null || isMoney) return
  if (wasPaying) {
    wasPaying = false
    const [unfinished] = intentsOfThisRun()
    if (unfinished?.paymentId) return go(routes.payment({ city: unfinished.cityId, payment: unfinished.paymentId }))
  }
  const entry = pending
  pending = null
  if (entry === 'bad') return showProblem({ kind: 'bad' })
  const { city, url } = entry
  const chosen = stores.city.getState()
  if (!isOpen(city)) return showProblem({ kind: findCity(city) ? 'closed' : 'bad', city })
  if (chosen.city === null) chosen.choose(city)
  if (url !== null) return openPage(url)
  if (chosen.city !== null && chosen.city !== city) return showProblem({ kind: 'other-city', city })
  return go.tab(tabs.home)
}

/** A page that the host opened for the entry, without its link, is replaced. */
function openPage(url: string): Promise<boolean> {
  const isTab = Object.values<string>(tabs).includes(pathOf(shownPage()))
  return !isTab && stackSize() === 1 ? go.replace(url) : go(url)
}

function showProblem(current: EntryProblem): unknown {
  entryProblem.setState({ current })
  return go.tab(tabs.home)
}

/** A newer version of the program (N18): offered on a tab, when no payment of this run is open; once. */
export const newVersion = createStore<{ isReady: boolean; isDeclined: boolean }>(() => ({
  isReady: false,
  isDeclined: false,
}))

export function listenForUpdate(): void {
  platform.update?.onReady(() => newVersion.setState({ isReady: true }))
}
