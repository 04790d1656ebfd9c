/** @jest-environment jsdom */
import { fakeClock, host, start } from './suite'

/** A host that says nothing, throws, lacks a call or answers strangely: each call ends, and says no more than is known. */

type Options = { success?(response: unknown): void; fail?(response: unknown): void; complete?(response: unknown): void }

/** The vendor's object, whose members a test replaces. */
const vendor = () => Reflect.get(globalThis, host === 'wechat' ? 'wx' : 'my') as Record<string, unknown>

const names =
  host === 'wechat'
    ? { locate: 'getFuzzyLocation', scan: 'scanCode', map: 'openLocation', text: 'result' }
    : { locate: 'getLocation', scan: 'scan', map: 'openLocation', text: 'code' }

const hall = { name: '市民中心', address: '解放东路18号', latitude: 30.24, longitude: 120.21 }
const entry = { title: '办事预约', startsAtSeconds: 1, endsAtSeconds: 2, location: '', notes: '' }

const agreed = () => {
  const bench = start()
  bench.platform.privacy.onNeeded(async () => 'agree')
  return bench
}

/** What each call gives when the host does not do its part. */
const calls = (platform: ReturnType<typeof start>['platform']) =>
  [
    [names.locate, () => platform.locate?.(), { kind: 'unavailable' }],
    [names.scan, () => platform.scan?.(), { kind: 'unavailable' }],
    [names.map, () => platform.openMap?.(hall), false],
    ['requestSubscribeMessage', () => platform.messages?.subscribe(['due']), { due: 'unavailable' }],
    ['openSetting', () => platform.openSettings?.location?.(), false],
    ...(platform.addToCalendar
      ? ([['addPhoneCalendar', () => platform.addToCalendar?.(entry), 'failed']] as const)
      : []),
  ] as const

test('N7: a host that never answers is not waited for', async () => {
  const { platform } = agreed()
  await platform.locate?.()
  for (const [name, ask, otherwise] of calls(platform)) {
    vendor()[name] = () => undefined
    fakeClock()
    const answer = ask()
    await jest.advanceTimersByTimeAsync(120_000)
    expect([name, await answer]).toEqual([name, otherwise])
    jest.useRealTimers()
  }
})

test('N7: a call that throws, or that an old host lacks, is a failed one', async () => {
  const { platform } = agreed()
  await platform.locate?.()
  for (const [name, ask, otherwise] of calls(platform)) {
    vendor()[name] = () => {
      throw new Error(`${name} is not there`)
    }
    expect([name, await ask()]).toEqual([name, otherwise])
  }
})

test('the time in which our own sheet is read does not count', async () => {
  const { platform } = start()
  let agree = () => {}
  platform.privacy.onNeeded(() => new Promise((resolve) => (agree = () => resolve('agree'))))
  fakeClock()
  const answer = platform.locate?.()
  await jest.advanceTimersByTimeAsync(90_000)
  agree()
  await jest.advanceTimersByTimeAsync(100)
  expect((await answer)?.kind).not.toBe('unavailable')
})

test.each([undefined, null, '', '   ', 42])('a scan that succeeds with %p has read nothing', async (text) => {
  const { platform } = start()
  vendor()[names.scan] = (options: Options) => options.success?.({ [names.text]: text })
  expect(await platform.scan?.()).toEqual({ kind: 'unreadable' })
})

test.each([
  [Number.NaN, 120.15],
  ['', '120.15'],
  ['abc', 'x'],
  [undefined, undefined],
  [null, null],
  [91, 120],
  [30.27, 999],
  [Number.POSITIVE_INFINITY, 1],
])('coordinates %p and %p are no place', async (latitude, longitude) => {
  const { platform } = agreed()
  vendor()[names.locate] = (options: Options) => options.success?.({ latitude, longitude })
  expect(await platform.locate?.()).toEqual({ kind: 'unavailable' })
})

test('coordinates may come as texts', async () => {
  const { platform } = agreed()
  vendor()[names.locate] = (options: Options) => options.success?.({ latitude: '30.27', longitude: '120.15' })
  expect(await platform.locate?.()).toEqual({ kind: 'point', latitude: 30.27, longitude: 120.15 })
})

test('settings say whether the permission is granted now', async () => {
  const { platform, circumstances } = start()
  expect(await platform.openSettings?.location?.()).toBe(true)
  circumstances.location = 'refused'
  circumstances.scan = 'refused'
  expect(await platform.openSettings?.location?.()).toBe(false)
  expect(await platform.openSettings?.camera?.()).toBe(false)
})

if (host === 'wechat') {
  test.each([
    ['accept', 'granted'],
    ['acceptWithAudio', 'granted'],
    ['acceptWithAlert', 'granted'],
    ['acceptWithForcePush', 'granted'],
    ['acceptAnythingNew', 'granted'],
    ['reject', 'refused'],
    ['ban', 'unavailable'],
    ['filter', 'unavailable'],
    ['somethingNew', 'unavailable'],
    [undefined, 'unavailable'],
  ])('the word %p for a message is %s', async (word, answer) => {
    const { platform } = start()
    vendor().requestSubscribeMessage = (options: Options) => options.success?.({ due: word })
    expect(await platform.messages?.subscribe(['due'])).toEqual({ due: answer })
  })
}

if (host === 'alipay') {
  test('an adcode that is none is no city', async () => {
    const { platform } = start()
    platform.privacy.onNeeded(async () => 'agree')
    vendor().getLocation = (options: Options) =>
      options.success?.({ latitude: '30.27', longitude: '120.15', cityAdcode: '杭州' })
    expect(await platform.locate?.()).toMatchObject({ kind: 'point' })
  })
}
