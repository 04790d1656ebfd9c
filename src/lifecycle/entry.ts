import { createStore } from 'zustand/vanilla'
import type { CityId } from '@/domain/ids'
import { openIntents } from '@/domain/journal'
import { go, shownPage, stackSize } from '@/lifecycle/go'
import { platform } from '@/platform'
import { type Entry, moneyPages, readEntry, routes, tabs } from '@/routes'
import { findCity, isOpen } from '@/services/cities'
import { stores } from '@/stores'

/**
 * Opened by a printed code, an ordinary link, a message or a share card (N19): what the host hands over is read once, by
 * `readEntry`, and opens the same page as a link inside. Money comes first: a page of paying is not left for it.
 */

/** Why an entry did not simply open; shown over the page. */
export type EntryProblem = { readonly kind: 'bad' | 'closed' | 'other-city'; readonly city?: CityId }

export const entryProblem = createStore<{ current: EntryProblem | null }>(() => ({ current: null }))

/** The host's options of a launch or a show. */
export interface EnterOptions {
  readonly query?: Readonly<Record<string, unknown>> | undefined
  readonly scene?: unknown
}

/** Scene numbers of both hosts for a code that was scanned: the same code again is meant again. */
const scanned = ['1011', '1012', '1013', '1047', '1048', '1049']
/** A host that opens a page of its own choice for an entry does so at once. */
const settleMs = 300

let last = ''
let pending: Entry | 'bad' | null = null
let wasPaying = false

/** The app calls it at launch and on every show. Hosts repeat their options when the app only comes back: that opens nothing. */
export function enter({ query, scene }: EnterOptions): void {
  const entry = readEntry(query)
  if (entry === null) return
  const opening = JSON.stringify([query?.scene, query?.q, query?.qrCode])
  if (opening === last && !scanned.includes(String(scene))) return
  last = opening
  pending = entry
  setTimeout(proceed, settleMs)
}

/** Payments that were open before this run; they wait on home by themselves. */
const fromBefore = new Set(openIntents(stores.journal.getState().intents).map(({ key }) => key))

/** Whether a payment of this run is not finished yet. */
export const isPaying = (): boolean => ofThisRun().length > 0

const ofThisRun = () => openIntents(stores.journal.getState().intents).filter(({ key }) => !fromBefore.has(key))

const pathOf = (page: unknown): string =>
  `/${String((page as { route?: string } | null)?.route ?? '').replace(/^\//, '')}`

/** A checkout, and a payment that is not finished, are not left for something that was scanned. */
function isMoneyShown(): boolean {
  const path = pathOf(shownPage())
  return path.startsWith(moneyPages.checkout) || (path.startsWith(moneyPages.payment) && isPaying())
}

/** The app calls it as it goes to the background: a host may open a page of its own choice over a payment meanwhile. */
export function appLeaves(): void {
  wasPaying = isPaying() && isMoneyShown()
}

/** Opens what is pending, once no money stands in its way. Called again by each page that is shown. */
export function proceed(): unknown {
  const isMoney = isMoneyShown()
  if (isMoney) wasPaying = false
  if (pending === null || isMoney) return
  if (wasPaying) {
    wasPaying = false
    const [unfinished] = ofThisRun()
    if (unfinished?.paymentId) return go(routes.payment({ city: unfinished.cityId, payment: unfinished.paymentId }))
  }
  const entry = pending
  pending = null
  if (entry === 'bad') return lead({ kind: 'bad' })
  const { city, url } = entry
  const chosen = stores.city.getState()
  if (!isOpen(city)) return lead({ kind: findCity(city) ? 'closed' : 'bad', city })
  if (chosen.city === null) chosen.choose(city)
  if (url !== null) return open(url)
  if (chosen.city !== null && chosen.city !== city) return lead({ kind: 'other-city', city })
  return go.tab(tabs.home)
}

/** A page that the host opened for the entry and that lacks its link gives way. */
function open(url: string): Promise<boolean> {
  const isTab = Object.values<string>(tabs).includes(pathOf(shownPage()))
  return !isTab && stackSize() === 1 ? go.replace(url) : go(url)
}

function lead(current: EntryProblem): unknown {
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
