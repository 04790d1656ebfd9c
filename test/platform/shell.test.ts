/** @jest-environment jsdom */
import type { Platform } from '@/platform/types'
import { hostUnderTest } from '../support/hosts'
import { host, start } from './suite'

test('each step of the navigation opens its page', async () => {
  const { platform, calls } = start()
  const { to, replace, tab, restart } = hostUnderTest.names
  const { navigation } = platform
  const url = '/pages/bills/detail/index?id=9007199254740993'
  expect(await navigation.to(url)).toBe(true)
  expect(await navigation.replace(url)).toBe(true)
  expect(await navigation.tab('/pages/home/index')).toBe(true)
  expect(await navigation.restart('/pages/home/index')).toBe(true)
  expect(calls.map(({ name }) => name)).toEqual([to, replace, tab, restart])
  expect(String(calls[0]?.options.url)).toContain(url)
})

test('on a full stack a page opens in place of the last one', async () => {
  const { platform, circumstances, calls } = start()
  circumstances.stack = 10
  await platform.navigation.to('/pages/halls/index')
  expect(calls.map(({ name }) => name)).toEqual([hostUnderTest.names.replace])
})

test('back goes back, and from the first page to a tab', async () => {
  const { platform, circumstances, calls } = start()
  circumstances.stack = 2
  await platform.navigation.back('/pages/home/index')
  circumstances.stack = 1
  await platform.navigation.back('/pages/home/index')
  expect(calls.map(({ name }) => name)).toEqual([hostUnderTest.names.back, hostUnderTest.names.tab])
})

test('what the host refuses is false, never an uncaught error', async () => {
  const { platform, circumstances } = start()
  circumstances.isObedient = false
  const { navigation, bars } = platform
  const answers = [navigation.to('/a'), navigation.back('/a'), platform.copy('1'), platform.call('12345')]
  expect(await Promise.all(answers)).toEqual([false, false, false, false])
  bars.setTitle('账单')
  platform.toast('已复制')
  await new Promise((resolve) => setTimeout(resolve, 20))
})

test('toast, copy and call carry their text', async () => {
  const { platform, calls } = start()
  platform.toast('已复制')
  expect(await platform.copy('取号码 A017')).toBe(true)
  expect(await platform.call('0571-12345')).toBe(true)
  const recorded = calls.map(({ name, options }) => [name, options])
  const { toast, copy, call } = hostUnderTest.names
  const words =
    host === 'alipay'
      ? [{ content: '已复制' }, { text: '取号码 A017' }, { number: '0571-12345' }]
      : [{ title: '已复制' }, { data: '取号码 A017' }, { phoneNumber: '0571-12345' }]
  expect(recorded).toMatchObject([
    [toast, words[0]],
    [copy, words[1]],
    [call, words[2]],
  ])
})

test('the bars take title, tab texts and colours', () => {
  const { platform, calls } = start()
  platform.bars.setTitle('账单')
  platform.bars.setTabTexts(['Home', 'Bills'])
  platform.bars.setColours({
    title: 'white',
    background: '#111111',
    tabBackground: '#222222',
    tabText: '#999999',
    tabSelected: '#ffffff',
    tabBorder: 'black',
  })
  expect(calls.map(({ options }) => options)).toMatchObject([
    { title: '账单' },
    { index: 0, text: 'Home' },
    { index: 1, text: 'Bills' },
    { frontColor: '#ffffff', backgroundColor: '#111111' },
    { color: '#999999', selectedColor: '#ffffff', backgroundColor: '#222222', borderStyle: 'black' },
  ])
})

test("the host's tabs are hidden on each show, and shown again only where they were hidden", () => {
  const { platform, calls } = start()
  platform.bars.showTabs(true)
  platform.bars.showTabs(false)
  platform.bars.showTabs(false)
  platform.bars.showTabs(true)
  platform.bars.showTabs(true)
  expect(calls.map(({ name }) => name)).toEqual(['hideTabBar', 'hideTabBar', 'showTabBar'])
})

test('the facts of the phone are read from the host', () => {
  expect(start().platform.system()).toMatchObject(hostUnderTest.facts)
})

test('listeners hear of the network going and coming until they unsubscribe', () => {
  const { platform, setOnline } = start()
  const changes: boolean[] = []
  const stop = platform.onNetworkChange((isOnline) => changes.push(isOnline))
  setOnline(false)
  setOnline(true)
  stop()
  setOnline(false)
  expect(changes).toEqual([false, true])
})

test('a capability that the host lacks is absent', () => {
  const { platform } = start()
  const optional: (keyof Platform)[] = [
    'messages',
    'locate',
    'openMap',
    'scan',
    'addToCalendar',
    'brighten',
    'onThemeChange',
    'openSettings',
    'update',
  ]
  const { capabilities, played = [] } = hostUnderTest
  expect(optional.filter((name) => platform[name] !== undefined).sort()).toEqual([...capabilities, ...played].sort())
})
