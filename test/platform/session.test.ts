/** @jest-environment jsdom */
import { hostUnderTest } from '../support/hosts'
import { fakeClock, faultOf, host, start } from './suite'

test('the platform says which cashier it can open', () => {
  expect(start().platform.cashierKind).toBe(hostUnderTest.ownInvocation.kind)
})

test('login gives a code and says whose it is', async () => {
  const answer = await start().platform.login()
  expect(answer.host).toBe(host)
  const codes = { wechat: /^wx-code$/, alipay: /^my-code$/, preview: /^preview-[a-z0-9]+$/ }
  expect(answer.code).toMatch(codes[host])
})

if (host !== 'preview') {
  test('a refused login rejects', async () => {
    const { platform, circumstances } = start()
    circumstances.login = 'fails'
    expect(await faultOf(platform.login())).toBe('failed')
  })

  test('a login that never answers is given up after ten seconds', async () => {
    const { platform, circumstances } = start()
    circumstances.login = 'silent'
    fakeClock()
    const fault = faultOf(platform.login())
    await jest.advanceTimersByTimeAsync(10_000)
    expect(await fault).toBe('timeout')
  })
}

if (host === 'preview') {
  test('a browser stays the same citizen after a reload', async () => {
    const { platform } = start()
    const { code } = await platform.login()
    const text = window.localStorage.getItem('city-services:citizen')
    const reloaded = start()
    expect((await reloaded.platform.login()).code).not.toBe(code)
    reloaded.plant('citizen', String(text))
    expect((await reloaded.platform.login()).code).toBe(code)
  })
}
