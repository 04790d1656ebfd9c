/** @jest-environment jsdom */
import { start } from './suite'

/** The preview's simulated host: as chosen in the panel, or in a sheet on the phone. */

const choose = (choices: Record<string, string>) => window.localStorage.setItem('preview:host', JSON.stringify(choices))
const sheet = () => document.querySelector('[role=dialog]')
const press = (text: RegExp) => {
  const found = Array.from(sheet()?.querySelectorAll('button') ?? []).find(({ textContent }) =>
    text.test(textContent ?? ''),
  )
  if (!found) throw new Error(`no ${text} in: ${sheet()?.textContent}`)
  found.click()
}
const visit = {
  title: '预约',
  startsAtSeconds: 1_780_000_000,
  endsAtSeconds: 1_780_001_800,
  location: '大厅',
  notes: '',
}
const hall = { name: '大厅', address: '解放东路18号', latitude: 30.2, longitude: 120.2 }

test('what is chosen in the panel is answered at once, without a sheet', async () => {
  const { platform } = start()
  choose({ scan: 'read', scanText: '５７１', messages: 'granted', calendar: 'refused', map: 'failed', call: 'called' })
  expect(await platform.scan?.()).toEqual({ kind: 'code', text: '５７１' })
  expect(await platform.messages?.subscribe(['a', 'b', 'c', 'd'])).toEqual({
    a: 'granted',
    b: 'granted',
    c: 'granted',
    d: 'unavailable',
  })
  expect(await platform.addToCalendar?.(visit)).toBe('refused')
  expect(await platform.openMap?.(hall)).toBe(false)
  expect(await platform.call('12345')).toBe(true)
  choose({ scan: 'cancelled', messages: 'refused', calendar: 'added', call: 'refused' })
  expect(await platform.scan?.()).toEqual({ kind: 'cancelled' })
  expect(await platform.messages?.subscribe(['a'])).toEqual({ a: 'refused' })
  expect(await platform.addToCalendar?.(visit)).toBe('added')
  expect(await platform.call('12345')).toBe(false)
  choose({ scan: 'denied', messages: 'unavailable' })
  expect(await platform.scan?.()).toEqual({ kind: 'denied' })
  expect(await platform.messages?.subscribe(['a'])).toEqual({ a: 'unavailable' })
  expect(sheet()).toBeNull()
})

test('without a choice in the panel, a sheet on the phone asks', async () => {
  const { platform } = start()
  const scanned = platform.scan?.()
  const field = sheet()?.querySelector('input')
  if (field) field.value = '86001234'
  press(/^Read this/)
  expect(await scanned).toEqual({ kind: 'code', text: '86001234' })
  const shown = platform.openMap?.(hall)
  expect(sheet()?.textContent).toContain('解放东路18号')
  press(/^Seen/)
  expect(await shown).toBe(true)
  expect(sheet()).toBeNull()
})

test('the panel puts the phone somewhere, refuses, or never answers', async () => {
  const { platform } = start()
  platform.privacy.onNeeded(() => Promise.resolve('agree'))
  choose({ location: 'at:45.8,126.5' })
  expect(await platform.locate?.()).toEqual({ kind: 'point', latitude: 45.8, longitude: 126.5 })
  choose({ location: 'denied' })
  expect(await platform.locate?.()).toEqual({ kind: 'denied' })
  choose({ location: 'never' })
  const silent = new Promise((resolve) => setTimeout(() => resolve('nothing'), 50))
  expect(await Promise.race([platform.locate?.(), silent])).toBe('nothing')
})

test('the network goes and comes back as chosen, and listeners hear of it', async () => {
  const { platform } = start()
  const changes: boolean[] = []
  const stop = platform.onNetworkChange((isOnline) => changes.push(isOnline))
  const changed = (choices: Record<string, string>) => {
    choose(choices)
    window.dispatchEvent(new StorageEvent('storage', { key: 'preview:host' }))
  }
  changed({ network: 'off' })
  await expect(platform.request({ method: 'GET', url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({
    reason: 'offline',
  })
  changed({ network: 'off', theme: 'dark' })
  expect(platform.system().theme).toBe('dark')
  changed({})
  stop()
  changed({ network: 'off' })
  expect(changes).toEqual([false, true])
})

test('what was refused is allowed again in the settings of the host', async () => {
  const { platform } = start()
  choose({ scan: 'empty', calendar: 'denied', theme: 'dark' })
  expect(await platform.scan?.()).toEqual({ kind: 'unreadable' })
  expect(await platform.addToCalendar?.(visit)).toBe('denied')
  const left = platform.openSettings?.calendar?.()
  press(/^Leave/)
  expect(await left).toBe(false)
  const allowed = platform.openSettings?.calendar?.()
  press(/^Allow/)
  expect(await allowed).toBe(true)
  expect(JSON.parse(window.localStorage.getItem('preview:host') ?? '')).toEqual({ scan: 'empty', theme: 'dark' })
})

test('nonsense in what the panel keeps is nothing chosen', async () => {
  const { platform } = start()
  for (const text of ['{', 'null', '7', '{"scan":5}', '{"scan":"what"}', '{"location":"at:x,y"}']) {
    window.localStorage.setItem('preview:host', text)
    const scanned = platform.scan?.()
    press(/^Cancel$/)
    expect(await scanned).toEqual({ kind: 'cancelled' })
  }
})
