import '../../support/match-media'
import { screen, waitFor, within } from '@testing-library/react'
import { asId, type HoldId, type ItemId } from '@/domain/ids'
import { totalMinutes } from '@/domain/item'
import { addDays } from '@/domain/time'
import AppointmentsPage from '@/pages/appointments'
import ConfirmPage from '@/pages/booking/confirm'
import HallsPage from '@/pages/booking/halls'
import SlotsPage from '@/pages/booking/slots'
import { platform } from '@/platform'
import { services } from '@/services'
import { hallsOf } from '@/services/halls'
import { holdsOf } from '@/services/holds'
import { slotsOf } from '@/services/slots'
import { stores } from '@/stores'
import { appointments as visitWords } from '@/text/appointments'
import { attending } from '@/text/booking/appointment'
import { booking } from '@/text/booking/booking'
import { people } from '@/text/booking/people'
import type { TestSandbox } from '../../support/sandbox'
import { button, city, newCitizen, open, sees, stage, startCity, tap, type } from '../stage'
import { bookOne, freeSlots, hall, item } from './stage'

jest.setTimeout(60_000)

const words = { ...booking['zh-CN'], ...attending['zh-CN'] }
const persons = people['zh-CN']
const listWords = visitWords['zh-CN']
let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startCity()
  // The stores took the browser's language.
  services.setLanguage('zh-CN')
}, 90_000)
beforeEach(async () => {
  await sandbox.control('DELETE', '/faults')
  await sandbox.control('POST', '/clock', { set: '2026-11-23T10:05:00+08:00' })
  await newCitizen()
})
afterAll(() => sandbox?.close())

const openSlots = () => open(SlotsPage, { city, hall, item })
const radio = (name: string | RegExp) => screen.findByRole('radio', { name }, { timeout: 20_000 })
const check = (name: string | RegExp) => screen.findByRole('checkbox', { name }, { timeout: 20_000 })
/** Style sheets are not read here, so what a class hides is left out by its name. */
const timesShown = () =>
  [...document.querySelectorAll(':not(.times--away) > .section > .slot-grid > .slot')].map(
    (slot) => slot.children[0]?.textContent,
  )

test('halls are found by a part of their address', async () => {
  const { items } = await services.of(hallsOf).list(city)
  const [one, other] = items
  open(HallsPage, { city })
  await sees(one?.name ?? '')
  await type(words.hallsSearch, other?.address.slice(-6) ?? '')
  await waitFor(() => expect(screen.queryByText(one?.name ?? '')).toBeNull())
  await sees(other?.name ?? '')
})

test('a hall tells its hours of the next seven days, holidays with their reason', async () => {
  const { items } = await services.of(hallsOf).list(city)
  const place = items.find((other) => other.closedDays.length > 0)
  const closed = place?.closedDays[0]
  if (!place || !closed) throw new Error('no hall has a holiday')
  await sandbox.control('POST', '/clock', { set: `${closed.day}T08:00:00+08:00` })
  open(HallsPage, { city })
  await tap(button(words.hoursOf(place.name)))
  const sheet = within(await screen.findByRole('dialog', { name: words.hours }))
  expect(sheet.getAllByText(closed.reason).length).toBeGreaterThan(0)
  expect(sheet.getAllByText(/\d\d:\d\d–\d\d:\d\d/).length).toBeGreaterThan(3)
})

test('N7: nobody is located before they tap; then the nearest hall comes first; a refusal changes nothing', async () => {
  const { items } = await services.of(hallsOf).list(city)
  const far = items[items.length - 1]
  if (!far) throw new Error('no halls')
  const locate = jest.spyOn(platform, 'locate' as never) as jest.SpyInstance
  locate.mockResolvedValueOnce({ kind: 'unavailable' })
  open(HallsPage, { city })
  await sees(far.name)
  expect(locate).not.toHaveBeenCalled()
  await tap(button(words.byDistance))
  await sees(words.noDistance)
  const names = () => [...document.querySelectorAll('.hall__name')].map((name) => name.textContent)
  expect(names()).toEqual(items.map(({ name }) => name))
  locate.mockResolvedValueOnce({ kind: 'point', latitude: far.latitude, longitude: far.longitude })
  await tap(button('重试'))
  await waitFor(() => expect(names()[0]).toBe(far.name))
  expect(screen.getAllByText(/距您约 \d+ 公里/)).toHaveLength(items.length)
  locate.mockRestore()
})

test('the checklist fits the answers, ticks outlive the page, and what happens without a thing is shown', async () => {
  const { materials } = await services.items.get(city, item)
  const forMinors = materials.find((material) => material.when?.some(({ questionId }) => questionId === 'age'))
  if (!forMinors) throw new Error('the city asks for no age')
  const page = openSlots()
  await tap(sees(words.materialsAtMost(materials.length)))
  await check(new RegExp(`^${forMinors.name}`))
  await tap(radio('已满 16 周岁'))
  await waitFor(() => expect(screen.queryByRole('checkbox', { name: new RegExp(`^${forMinors.name}`) })).toBeNull())
  const withConsequence = materials.filter(({ ifMissing, id }) => ifMissing && id !== forMinors.id)
  expect(withConsequence.length).toBeGreaterThan(0)
  for (const { ifMissing = '' } of withConsequence)
    expect(screen.getAllByText(new RegExp(ifMissing)).length).toBeGreaterThan(0)
  await tap(screen.getAllByRole('checkbox')[0] as HTMLElement)
  page.unmount()
  const kept = window.localStorage.getItem('city-services:ticks') ?? ''
  expect(JSON.parse(kept).value).toEqual([{ city, item, answers: { age: 'adult' }, things: [materials[0]?.id] }])
  openSlots()
  await sees(`1/${materials.length - 1}`)
})

test('ticks that somebody tampered with are dropped, not shown', async () => {
  window.localStorage.setItem('city-services:ticks', JSON.stringify({ version: 2, value: [{ city, item: 7 }] }))
  openSlots()
  await sees(words.wholeDay)
  expect(screen.queryByText(/^\d\/\d$/)).toBeNull()
})

test('several items make one appointment of the time they need, as far as the city allows', async () => {
  const { items } = await services.items.list(city, hall)
  const others = items.filter(({ id }) => id !== item)
  openSlots()
  await tap(sees(words.addItems))
  await check(new RegExp(`^${others[0]?.name}`))
  for (const other of others.slice(0, 2)) await tap(check(new RegExp(`^${other.name}`)))
  const most = (await services.manifest.get(city)).booking?.itemsPerVisit ?? 1
  expect(most).toBe(3)
  const left = await check(new RegExp(`^${others[2]?.name}`))
  expect(left.getAttribute('aria-disabled')).toBe('true')
  await tap(button('完成'))
  const chosen = items.filter(({ id }) => id === item || id === others[0]?.id || id === others[1]?.id)
  await sees(words.visitItems(3, totalMinutes(chosen)))
  await waitFor(() => expect(document.querySelector('.slot-grid > .slot:not(.slot--off)')).toBeTruthy(), {
    timeout: 20_000,
  })
  await tap(document.querySelector<HTMLElement>('.slot-grid > .slot:not(.slot--off)') as HTMLElement)
  await waitFor(() => expect(stage.opened('navigateTo')).toHaveLength(1), { timeout: 20_000 })
  const id = /hold=([^&]+)/.exec(String(stage.opened('navigateTo')[0]))?.[1] ?? ''
  const hold = await services.of(holdsOf).get(city, asId<HoldId>(id))
  expect([hold.itemId, ...(hold.moreItemIds ?? [])]).toEqual([item, others[0]?.id, others[1]?.id])
  expect(hold.endsAt).not.toBe(hold.slot.endsAt)
})

test('people are counted where the hall takes several at once, and nobody else is asked', async () => {
  const alone = openSlots()
  await sees(words.wholeDay)
  expect(screen.queryByText(persons.howMany)).toBeNull()
  alone.unmount()
  const passport = asId<ItemId>('passport')
  const { days } = await services.of(slotsOf).days(city, hall, [passport])
  const day = days.find(({ status, free }) => status === 'free' && free > 10)?.day ?? ''
  const { slots } = await services.of(slotsOf).list(city, hall, [passport], day)
  for (const [index, { id }] of slots.entries())
    await sandbox.control('POST', '/fill-slot', { slotId: id, free: index === 1 ? 2 : index === 2 ? 4 : 0 })
  open(SlotsPage, { city, hall, item: passport })
  await sees(words.wholeDay)
  await tap(sees(persons.howMany))
  await tap(radio(persons.count(4)))
  const asked = await services.of(slotsOf).days(city, hall, [passport], 4)
  expect(asked.personsPerVisit).toBe(4)
  const strip = () => [...document.querySelectorAll<HTMLElement>('.slot-strip .slot')]
  await waitFor(() => expect(strip()).toHaveLength(asked.days.length), { timeout: 20_000 })
  await tap(strip()[asked.days.findIndex((one) => one.day === day)] as HTMLElement)
  await sees(persons.onlyLeft(2))
  const free = () => [...document.querySelectorAll<HTMLElement>('.slot-grid > .slot:not(.slot--off)')]
  await waitFor(() => expect(free()).toHaveLength(1))
  await tap(free()[0] as HTMLElement)
  await waitFor(() => expect(stage.opened('navigateTo')).toHaveLength(1), { timeout: 20_000 })
  const id = /hold=([^&]+)/.exec(String(stage.opened('navigateTo')[0]))?.[1] ?? ''
  expect(await services.of(holdsOf).get(city, asId<HoldId>(id))).toMatchObject({ persons: 4, slot: { free: 0 } })
})

test('days can be seen as a month; a day chosen there is the day of the times', async () => {
  openSlots()
  await sees(words.wholeDay)
  await tap(radio(words.asMonth))
  const month = within(screen.getByRole('radiogroup', { name: '2026年11月' }))
  const days = (await services.of(slotsOf).days(city, hall, [item])).days.filter(({ day }) => day < '2026-12-01')
  expect(month.getAllByRole('radio')).toHaveLength(days.length)
  const wednesday = await radio(/^11月25日 周三，余 \d+$/)
  await tap(wednesday)
  expect(wednesday.getAttribute('aria-checked')).toBe('true')
  await sees(`${words.slots} · 11月25日 周三`)
})

test('S5: a day without places can be tapped, and says why it has none', async () => {
  openSlots()
  await sees(words.wholeDay)
  const off = document.querySelector('.slot-strip .slot--off')
  expect(off?.getAttribute('aria-disabled')).toBeNull()
})

test('the afternoon can be shown alone; a day with places offers no other one', async () => {
  openSlots()
  await sees(words.wholeDay)
  await tap(radio(/^周五，11月27日/))
  await sees(/11月27日 周五$/)
  await sees(words.wholeDay)
  await tap(radio(words.afternoon))
  await waitFor(() => expect(timesShown().length).toBeGreaterThan(0))
  expect(timesShown().every((time) => String(time) >= '12:00')).toBe(true)
  expect(screen.queryByText(new RegExp(`^${words.nextFree('')}`))).toBeNull()
})

test('waiting: for a full day, by part of day, its rules shown first; then the day shows that the citizen waits', async () => {
  const { days } = await services.of(slotsOf).days(city, hall, [item])
  const full = days.find((day) => day.status === 'full')
  if (!full) throw new Error('the city has no full day')
  openSlots()
  await sees(words.wholeDay)
  await tap(document.querySelectorAll<HTMLElement>('.slot-strip .slot')[days.indexOf(full)] as HTMLElement)
  await tap(button(words.wait))
  await sees(words.waitText(30))
  expect(await services.waitlist.list(city)).toEqual([])
  await tap(radio(words.morning))
  await tap(button(words.waitDo))
  await sees(words.waitsAlready)
  expect((await services.waitlist.list(city)).map(({ day, part, state }) => [day, part, state])).toEqual([
    [full.day, 'morning', 'waiting'],
  ])
})

test('waiting: the list shows what one waits for, and one may stop; only the second tap does it', async () => {
  const { days } = await services.of(slotsOf).days(city, hall, [item])
  const full = days.find((day) => day.status === 'full')?.day ?? ''
  const request = { hallId: hall, itemId: item, day: full, part: 'any' as const }
  await services.waitlist.join(city, request, services.newIdempotencyKey())
  stores.city.setState({ city })
  await services.manifest.get(city)
  open(AppointmentsPage, {})
  await tap(sees('居民身份证换领'))
  expect((await services.waitlist.list(city))[0]?.state).toBe('waiting')
  await tap(button(listWords.leave))
  await waitFor(async () =>
    expect((await services.waitlist.list(city)).filter(({ state }) => state === 'waiting')).toEqual([]),
  )
  await sees(listWords.none)
})

test('waiting: a place that was found stands there with its time left, is one tap from confirming, and stays when left', async () => {
  const day = '2026-11-26'
  const slots = await freeSlots(day)
  const mine = slots[0]
  if (!mine) throw new Error('no free time')
  const appointment = await bookOne(mine)
  for (const slot of slots) await sandbox.control('POST', '/fill-slot', { slotId: slot.id })
  await newCitizen()
  const request = { hallId: hall, itemId: item, day, part: 'any' as const }
  await services.waitlist.join(city, request, services.newIdempotencyKey())
  await sandbox.control('POST', '/visit', { appointmentId: appointment.id, state: 'cancelled-by-hall' })
  stores.city.setState({ city })
  await services.manifest.get(city)
  const list = open(AppointmentsPage, {})
  await sees(listWords.offered)
  await sees(/^(29|30):\d\d$/)
  await tap(button(listWords.take))
  const link = String(stage.opened('navigateTo')[0])
  const found = /^\/pages\/booking\/confirm\/index\?city=330100&hold=([^&]+)&entry=([^&]+)$/.exec(link)
  const [hold = '', entry = ''] = (found ?? []).slice(1)
  list.unmount()
  const page = open(ConfirmPage, { city, hold, entry })
  await sees(words.held)
  stage.emit('unload')
  page.unmount()
  expect((await services.of(holdsOf).get(city, asId<HoldId>(hold))).state).toBe('held')
  open(ConfirmPage, { city, hold, entry })
  await tap(button(words.giveUp))
  await waitFor(async () => expect((await services.of(holdsOf).get(city, asId<HoldId>(hold))).state).toBe('released'))
})

test('waiting: an offer that nobody answered says so and waits on, and one that has ended can be taken off', async () => {
  const day = (await freeSlots()).at(-1)?.day ?? ''
  const slots = await freeSlots(day)
  const mine = slots[0]
  if (!mine) throw new Error('no free time')
  for (const slot of slots) await sandbox.control('POST', '/fill-slot', { slotId: slot.id })
  const request = { hallId: hall, itemId: item, day, part: 'any' as const }
  const entry = await services.waitlist.join(city, request, services.newIdempotencyKey())
  stores.city.setState({ city })
  await services.manifest.get(city)
  await sandbox.control('POST', '/fill-slot', { slotId: mine.id, free: 1 })
  const offered = (await services.waitlist.list(city))[0]
  expect(offered?.state).toBe('offered')
  await sandbox.control('POST', '/clock', { advanceSeconds: 1801 })
  await sandbox.control('POST', '/fill-slot', { slotId: mine.id })
  const list = open(AppointmentsPage, {})
  await sees(new RegExp(`${listWords.waitsOn(2)}$`))
  await sees(/未确认，已让给下一位/)
  list.unmount()
  const page = open(ConfirmPage, { city, hold: offered?.holdId ?? '', entry: entry.id })
  await sees(new RegExp(listWords.waitsOn(2)))
  page.unmount()
  await sandbox.control('POST', '/clock', { set: `${addDays(day, 1)}T09:00:00+08:00` })
  await services.manifest.get(city)
  open(AppointmentsPage, {})
  await tap(sees(/当天已过，候补结束/))
  await tap(button(listWords.forget))
  await sees(listWords.none)
  expect(await services.waitlist.list(city)).toEqual([])
})

test('S6: right above the button stands what cancelling this very appointment would cost, and the own count', async () => {
  const slot = (await freeSlots('2026-11-27')).find(({ startsAt }) => startsAt.includes('T14:00'))
  if (!slot) throw new Error('no time at two')
  const hold = await services.of(holdsOf).create(city, { slotId: slot.id, itemId: item }, services.newIdempotencyKey())
  open(ConfirmPage, { city, hold: hold.id })
  await sees(/您本月爽约 0\/2 次/)
  const cost = document.querySelector('.confirm__cost')
  expect(cost?.textContent).toContain(words.ruleThis('11月27日 周五 12:00'))
  const { rules = '' } = await services.items.get(city, item)
  expect(rules).not.toBe('')
  await sees(rules)
  expect(cost?.compareDocumentPosition(await button(words.doConfirm))).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
})
