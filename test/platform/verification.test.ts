/** @jest-environment jsdom */
import type { VerificationInvocation } from '@/platform/types'
import { fakeClock, host, start } from './suite'

/** The host's own verification: the phone learns that it is closed, and no more. */

const invocations: Readonly<Record<typeof host, VerificationInvocation>> = {
  wechat: { kind: 'wechat', verifyId: 'v-1' },
  alipay: { kind: 'alipay', certifyId: 'c-1', url: 'https://openapi.alipay.com/gateway.do?x=1' },
  preview: { kind: 'page', url: 'http://127.0.0.1:4180/verify/n-1' },
}
const own = invocations[host]

test.each(Object.values(invocations).filter((other) => other !== own))(
  'a verification of another host ($kind) does not open',
  async (foreign) => {
    const { platform, calls } = start()
    expect(await platform.verify?.(foreign)).toBe('not-opened')
    expect(calls).toEqual([])
    expect(document.querySelector('iframe')).toBeNull()
  },
)

if (host !== 'preview') {
  const said: readonly object[] = {
    wechat: [{ errMsg: 'requestFacialVerify:ok' }, { errMsg: 'requestFacialVerify:fail cancel' }],
    alipay: [{ resultStatus: '9000' }, { resultStatus: '6001' }, { resultStatus: '4000' }],
  }[host]
  test.each(said)('whatever the host says (%j), it is closed: the city knows', async (answer) => {
    const { platform, circumstances, calls } = start()
    circumstances.verification = async () => answer
    expect(await platform.verify?.(own)).toBe('closed')
    const { kind, ...fields } = own
    expect(calls[0]?.options).toMatchObject(fields)
  })

  const vendor = () => Reflect.get(globalThis, host === 'wechat' ? 'wx' : 'my') as Record<string, unknown>
  const name = host === 'wechat' ? 'requestFacialVerify' : 'startAPVerify'

  test('N7: what this program may not open, or an old host lacks, is not opened', async () => {
    const { platform, circumstances } = start()
    circumstances.verification = async () =>
      host === 'wechat' ? { errMsg: 'requestFacialVerify:fail no permission', errno: 102 } : { error: 4 }
    expect(await platform.verify?.(own)).toBe('not-opened')
    vendor()[name] = undefined
    expect(await platform.verify?.(own)).toBe('not-opened')
  })

  test('N7: a host that never calls back, or throws, may have decided all the same', async () => {
    const { platform } = start()
    vendor()[name] = () => {
      throw new Error('busy')
    }
    expect(await platform.verify?.(own)).toBe('closed')
    vendor()[name] = () => undefined
    fakeClock()
    const waiting = platform.verify?.(own)
    await jest.advanceTimersByTimeAsync(600_000)
    expect(await waiting).toBe('closed')
  })
}
