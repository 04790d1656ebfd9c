import { act, fireEvent, render, screen } from '@testing-library/react'
import type { ComponentType } from 'react'
import { ActionsProvider } from '@/components/actions'
import type { Appointment } from '@/domain/appointment'
import type { Hold } from '@/domain/hold'
import { asId, type CityId, type HallId, type ItemId } from '@/domain/ids'
import type { Language } from '@/domain/language'
import { isBookable, type Slot } from '@/domain/slot'
import { Reading } from '@/parts/reading'
import { PageReads } from '@/queries/page-reads'
import { services } from '@/services'
import { TextProvider } from '@/text'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'
import { stage } from '../support/taro'

/** Pages of booking against a sandbox city, over HTTP, with the app's own services on a browser's storage. */

declare const CITY_ADDRESSES: Record<string, string>

export const city = asId<CityId>('330100')
export const hall = asId<HallId>('9007199254740995')
export const item = asId<ItemId>('id-card-renewal')

/** A Monday morning in Hangzhou; the phone's clock shows something else. With `demo` citizens have a past there. */
export async function startCity(options: { demo?: boolean } = {}): Promise<TestSandbox> {
  const sandbox = await startTestSandbox({ startAt: '2026-11-23T10:05:00+08:00', ...options })
  for (const adcode of ['330100', '510100', '460200']) CITY_ADDRESSES[adcode] = sandbox.city(adcode)
  quiet()
  return sandbox
}

/**
 * What the console is told without anything being wrong: jsdom tells of every connection that a fault drops, React of answers
 * that come while a test waits for the city itself, Taro's input of a value set before jsdom has drawn its inside.
 */
function quiet() {
  const print = console.error
  jest.spyOn(console, 'error').mockImplementation((...said: unknown[]) => {
    const [first] = said
    const isNetwork = typeof first === 'object' && first !== null && 'type' in first && first.type === 'XMLHttpRequest'
    const isAct = typeof first === 'string' && first.includes('not wrapped in act')
    const isInput = first instanceof Error && String(first.stack).includes('taro-input-core')
    if (!isNetwork && !isAct && !isInput) print(...said)
  })
}

/** The names of what was brought into view, in order; jsdom draws nothing and so has no such thing. */
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

/** As in the app: each page says what it waits for and how old it is. */
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

/** Times that can be booked, soonest first; with `day`, on that day. */
export async function freeSlots(day?: string): Promise<Slot[]> {
  const { days } = await services.slots.days(city, hall, [item])
  const free = days.filter((other) => other.status === 'free' && (day === undefined || other.day === day))
  const lists = await Promise.all(free.map((other) => services.slots.list(city, hall, [item], other.day)))
  return lists.flatMap((list) => list.slots.filter((slot) => isBookable(slot, services.serverNow(city))))
}

export async function holdOne(slot?: Slot): Promise<Hold> {
  const wanted = slot ?? (await freeSlots()).slice(-1)[0]
  if (!wanted) throw new Error('no free place')
  return services.holds.create(city, { slotId: wanted.id, itemId: item }, services.newIdempotencyKey())
}

export async function bookOne(slot?: Slot): Promise<Appointment> {
  const hold = await holdOne(slot)
  const visitor = { name: '李小明', phone: '13800000001' }
  return services.appointments.confirm(city, hold.id, visitor, services.newIdempotencyKey())
}

export const visits = async () => (await services.appointments.list(city)).items
export { stage }
