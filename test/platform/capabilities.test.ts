/** @jest-environment jsdom */
import type { Platform, PrivacyResult } from '@/platform/types'
import { hostUnderTest } from '../support/hosts'
import { host, start } from './suite'

/** What a host may have and a citizen may refuse: consent, location, messages, camera, calendar. */

const has = (name: keyof Platform) => hostUnderTest.capabilities.includes(name)

/** A page's consent sheet, and how often it was shown. */
function openSheet(platform: Platform, answer: PrivacyResult) {
  const sheet = { shown: 0, leave: () => {} }
  sheet.leave = platform.privacy.onNeeded(async () => {
    sheet.shown += 1
    await new Promise((resolve) => setTimeout(resolve, 5))
    return answer
  })
  return sheet
}

test('the location is found once the citizen has agreed, who is asked once', async () => {
  const { platform } = start()
  const sheet = openSheet(platform, 'agree')
  expect(await platform.locate?.()).toEqual(hostUnderTest.foundPlace)
  expect(await platform.locate?.()).toEqual(hostUnderTest.foundPlace)
  expect(sheet.shown).toBe(1)
})

test('N7: without consent there is no location, and the sheet may be shown again', async () => {
  const { platform } = start()
  const sheet = openSheet(platform, 'disagree')
  expect(await platform.locate?.()).toEqual({ kind: 'no-consent' })
  expect(await platform.locate?.()).toEqual({ kind: 'no-consent' })
  expect(sheet.shown).toBe(2)
})

test('two needs at the same time show one sheet', async () => {
  const { platform } = start()
  const sheet = openSheet(platform, 'agree')
  const places = await Promise.all([platform.locate?.(), platform.locate?.()])
  expect(places).toEqual([hostUnderTest.foundPlace, hostUnderTest.foundPlace])
  expect(sheet.shown).toBe(1)
})

test('the newest sheet is shown, and the one below when it has gone', async () => {
  const { platform } = start()
  const below = openSheet(platform, 'disagree')
  const above = openSheet(platform, 'disagree')
  await platform.locate?.()
  expect([below.shown, above.shown]).toEqual([0, 1])
  above.leave()
  await platform.locate?.()
  expect([below.shown, above.shown]).toEqual([1, 1])
})

test('a sheet that breaks counts as refused', async () => {
  const { platform } = start()
  platform.privacy.onNeeded(() => Promise.reject(new Error('the page has gone')))
  expect(await platform.locate?.()).toEqual({ kind: 'no-consent' })
})

test('without a sheet on screen nothing is agreed to', async () => {
  const { platform } = start()
  openSheet(platform, 'agree').leave()
  expect(await platform.locate?.()).toEqual({ kind: 'no-consent' })
})

test.each([
  ['refused', 'denied'],
  ['broken', 'unavailable'],
] as const)('a location that is %s is %s', async (location, kind) => {
  const { platform, circumstances } = start()
  openSheet(platform, 'agree')
  circumstances.location = location
  expect(await platform.locate?.()).toEqual({ kind })
})

if (host === 'wechat') {
  test('one listener for the privacy policy serves all pages', () => {
    const { platform, calls } = start()
    openSheet(platform, 'agree')
    openSheet(platform, 'agree')
    expect(calls.map(({ name }) => name)).toEqual(['onNeedPrivacyAuthorization'])
  })

  test('the policy opens as WeChat keeps it', async () => {
    expect(await start().platform.privacy.openPolicy?.()).toBe(true)
  })
}

if (host === 'alipay') {
  test('coordinates are read from their texts where the host names no city', async () => {
    const { platform } = start()
    openSheet(platform, 'agree')
    const my = Reflect.get(globalThis, 'my') as Record<string, unknown>
    my.getLocation = (options: { success(response: unknown): void }) =>
      options.success({ latitude: '30.27', longitude: '120.15' })
    expect(await platform.locate?.()).toEqual({ kind: 'point', latitude: 30.27, longitude: 120.15 })
    my.getLocation = (options: { success(response: unknown): void }) =>
      options.success({ latitude: '', longitude: 'x' })
    expect(await platform.locate?.()).toEqual({ kind: 'unavailable' })
  })
}

if (has('messages')) {
  test('each message is granted or refused by itself, and a fourth is not requested', async () => {
    const { platform, circumstances } = start()
    circumstances.messages = { due: 'granted', paid: 'refused', visit: 'granted', fourth: 'granted' }
    expect(await platform.messages?.subscribe(['due', 'paid', 'visit', 'fourth'])).toEqual({
      due: 'granted',
      paid: 'refused',
      visit: 'granted',
      fourth: 'unavailable',
    })
  })

  test('messages that cannot be requested are unavailable', async () => {
    const { platform, circumstances } = start()
    circumstances.messages = 'broken'
    expect(await platform.messages?.subscribe(['due'])).toEqual({ due: 'unavailable' })
  })
}

if (has('onThemeChange')) {
  test('listeners hear of a change of theme until they unsubscribe', () => {
    const { platform, setTheme } = start()
    const themes: string[] = []
    const stop = platform.onThemeChange?.((theme) => themes.push(theme))
    setTheme('light')
    setTheme('dark')
    stop?.()
    setTheme('light')
    expect(themes).toEqual(['light', 'dark'])
  })
}

if (has('openMap')) {
  test('a hall is shown in the host map', async () => {
    const { platform, circumstances } = start()
    const hall = { name: '市民中心', address: '解放东路18号', latitude: 30.24, longitude: 120.21 }
    expect(await platform.openMap?.(hall)).toBe(true)
    circumstances.isObedient = false
    expect(await platform.openMap?.(hall)).toBe(false)
  })
}

if (has('scan')) {
  test.each([
    [{ reads: '6901234567892' }, { kind: 'code', text: '6901234567892' }],
    ['cancelled', { kind: 'cancelled' }],
    ['broken', { kind: 'unavailable' }],
  ] as const)('the scan %p gives %p', async (scan, answer) => {
    const { platform, circumstances } = start()
    circumstances.scan = scan
    expect(await platform.scan?.()).toEqual(answer)
  })
}

if (has('scan') && host === 'wechat') {
  test('a camera that is not allowed is denied, not broken', async () => {
    const { platform, circumstances } = start()
    circumstances.scan = 'refused'
    expect(await platform.scan?.()).toEqual({ kind: 'denied' })
  })
}

if (has('messages')) {
  test('the request is made within the tap itself, before anything is awaited', () => {
    const { platform, calls } = start()
    void platform.messages?.subscribe(['due'])
    expect(calls.map(({ name }) => name)).toEqual(['requestSubscribeMessage'])
  })
}

if (has('addToCalendar')) {
  const entry = { title: '办事预约', startsAtSeconds: 1735689600, endsAtSeconds: 1735691400, location: '', notes: '' }

  test('a visit goes into the calendar, its end as text', async () => {
    const { platform, calls } = start()
    openSheet(platform, 'agree')
    expect(await platform.addToCalendar?.(entry)).toBe('added')
    expect(calls.at(-1)?.options).toMatchObject({ startTime: 1735689600, endTime: '1735691400' })
  })

  test('a calendar without its permission is denied', async () => {
    const { platform, circumstances } = start()
    circumstances.calendar = 'refused'
    expect(await platform.addToCalendar?.(entry)).toBe('denied')
  })
}

if (has('brighten')) {
  test('the screen shines for a code and is as before afterwards', async () => {
    const { platform, calls } = start()
    const restore = await platform.brighten?.()
    restore?.()
    const level = host === 'wechat' ? 'value' : 'brightness'
    const set = calls.filter(({ name }) => name === 'setScreenBrightness').map(({ options }) => options[level])
    const awake = calls.filter(({ name }) => name === 'setKeepScreenOn').map(({ options }) => options.keepScreenOn)
    expect(set).toEqual([1, 0.4])
    expect(awake).toEqual([true, false])
  })
}
