import '../support/match-media'
import { act, fireEvent, render, screen } from '@testing-library/react'
import type { ComponentType } from 'react'
import { ActionsProvider } from '@/components/actions'
import { asId, type CityId } from '@/domain/ids'
import type { Language } from '@/domain/language'
import { Reading } from '@/parts/reading'
import { platform } from '@/platform'
import type { Messages, Platform, SubscribeResult } from '@/platform/types'
import { PageReads } from '@/queries/page-reads'
import { services } from '@/services'
import { TextProvider } from '@/text'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'
import { stage } from '../support/taro'

/** Pages against a sandbox city, over HTTP, with the app's own services and stores on a browser's storage. */

declare const CITY_ADDRESSES: Record<string, string>

export const city = asId<CityId>('330100')

/** A Monday morning in Hangzhou; the phone's clock shows something else. With `demo` citizens have a past there. */
export async function startCity(options: { demo?: boolean; strangers?: boolean } = {}): Promise<TestSandbox> {
  const sandbox = await startTestSandbox({ startAt: '2026-11-23T10:05:00+08:00', ...options })
  for (const adcode of ['330100', '510100', '460200']) CITY_ADDRESSES[adcode] = sandbox.city(adcode)
  quiet()
  return sandbox
}

/**
 * Drops what the console prints although nothing is wrong: jsdom prints every connection that a fault drops, React responses
 * that come while a test waits for the city itself, Taro's input a value set before jsdom has rendered its inside.
 */
function quiet() {
  const print = console.error
  jest.spyOn(console, 'error').mockImplementation((...args: unknown[]) => {
    const [first] = args
    const isNetwork = typeof first === 'object' && first !== null && 'type' in first && first.type === 'XMLHttpRequest'
    const isAct = typeof first === 'string' && first.includes('not wrapped in act')
    const isInput = first instanceof Error && String(first.stack).includes('taro-input-core')
    if (!isNetwork && !isAct && !isInput) print(...args)
  })
}

/** The ids of what was scrolled into view, in order; jsdom has no layout and so no such method. */
export const scrolledTo: string[] = []
Element.prototype.scrollIntoView = function scrollIntoView() {
  scrolledTo.push(this.id)
}

let citizens = 0

/** Somebody whom the city has not seen before, on a phone that keeps nothing yet. */
export async function newCitizen(): Promise<void> {
  await services.sessions.end(city).catch(() => {})
  window.localStorage.clear()
  // The played host asks nobody in a test: what the panel beside the phone would choose.
  window.localStorage.setItem('preview:host', JSON.stringify({ messages: 'granted' }))
  citizens += 1
  window.localStorage.setItem('city-services:citizen', JSON.stringify(`preview-page-${process.pid}-${citizens}`))
  await services.sessions.begin(city)
}

/** Opens a page as a host does. */
export function open(Page: ComponentType, params: Record<string, string>, language: Language = 'zh-CN') {
  stage.reset()
  scrolledTo.length = 0
  stage.params = params
  return render(
    <ActionsProvider actions={pageActions}>
      <TextProvider language={language}>
        <Page />
      </TextProvider>
    </ActionsProvider>,
  )
}

/** As in the app: each page shows what it waits for and how old it is. */
const pageActions = { Around: PageReads, Reading }

/** The page goes into the background and comes back. */
export async function comeBack() {
  act(() => stage.emit('hide'))
  await act(async () => stage.emit('show'))
}

const patience = { timeout: 20_000 }
export const sees = (text: string | RegExp) => screen.findByText(text, undefined, patience)
export const button = (name: string) => screen.findByRole('button', { name }, patience)

export async function tap(target: HTMLElement | Promise<HTMLElement>) {
  const element = await target
  await act(async () => {
    fireEvent.click(element)
    // A step to another page waits until this one is rendered.
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0))
  })
}

export const field = (label: string) => screen.findByLabelText<HTMLInputElement>(new RegExp(`^${label}`), {}, patience)

export async function type(label: string, text: string) {
  fireEvent(await field(label), new CustomEvent('input', { detail: { value: text } }))
}

export const hasButton = (name: string | RegExp) => screen.queryAllByRole('button', { name }).length > 0

/** The preview, on a phone that answers so. Gives back what makes it as before. */
export function givePhone(can: Partial<Pick<Platform, 'scan' | 'messages'>>): () => void {
  const before = { scan: platform.scan, messages: platform.messages }
  Object.assign(platform, can)
  return () => {
    Object.assign(platform, before)
  }
}

/** The preview, on a host that lacks these. Gives back what makes it as before. */
export function takeFromPhone(...names: ('scan' | 'messages' | 'addToCalendar')[]): () => void {
  const before = { ...platform }
  for (const name of names) Reflect.deleteProperty(platform, name)
  return () => void Object.assign(platform, before)
}

/** A host that resolves every message request so, with the requested templates. */
export function messagesAnswering(answer: SubscribeResult): Messages & { requested: string[][] } {
  const requested: string[][] = []
  return {
    requested,
    templatesOf: 'wechat',
    subscribe: (ids) => {
      requested.push([...ids])
      return Promise.resolve(Object.fromEntries(ids.map((id) => [id, answer])))
    },
  }
}

let listens: jest.SpyInstance | undefined
afterEach(() => listens?.mockRestore())

/** What the phone asks of the cities from now on, in order, and when each is answered. */
export function listening(): string[] {
  const requests: string[] = []
  const { open } = XMLHttpRequest.prototype
  listens = jest.spyOn(XMLHttpRequest.prototype, 'open').mockImplementation(function (
    this: XMLHttpRequest,
    method: string,
    url: string | URL,
  ) {
    const path = String(url).replace(/^https?:\/\/[^/]+/, '')
    requests.push(path)
    this.addEventListener('load', () => requests.push(`answered ${path}`))
    open.call(this, method, url, true)
  })
  return requests
}

export { stage }
