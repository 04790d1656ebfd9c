/** @jest-environment jsdom */
import { hostUnderTest } from '../support/hosts'
import { host, start } from './suite'

/** A cashier that is not there throws. */
const cashierThat = (says: unknown) => () => {
  if (says === 'throws') throw new Error('not available')
  return Promise.resolve(says)
}

if (host === 'preview') {
  test('the till is taken away when it has answered', async () => {
    const { platform, circumstances } = start()
    circumstances.cashier = async () => ({ outcome: 'accepted' })
    const paid = platform.pay(hostUnderTest.ownInvocation)
    expect(document.querySelectorAll('iframe')).toHaveLength(1)
    await paid
    expect(document.querySelectorAll('iframe')).toHaveLength(0)
  })
}

test.each(hostUnderTest.cashierRows)('the cashier that says $says means $means', async ({ says, means }) => {
  const { platform, circumstances } = start()
  circumstances.cashier = cashierThat(says)
  const answer = await platform.pay(hostUnderTest.ownInvocation)
  expect(answer).toEqual({ ...means, detail: expect.any(String) })
})

test('the raw word of the cashier is kept for a report', async () => {
  const { platform, circumstances } = start()
  const raw = { wechat: { errMsg: 'requestPayment:fail (busy)', errno: 7 }, alipay: { resultCode: '8000' } }
  circumstances.cashier = async () => (host === 'preview' ? { outcome: 'unknown', detail: '8000' } : raw[host])
  const answer = await platform.pay(hostUnderTest.ownInvocation)
  expect(answer.detail).toBe(host === 'wechat' ? 'requestPayment:fail (busy) (errno 7)' : '8000')
})

test('an app killed in the cashier gets no answer', async () => {
  const { platform, circumstances } = start()
  circumstances.cashier = async () => null
  const answered = jest.fn()
  void platform.pay(hostUnderTest.ownInvocation).then(answered, answered)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(answered).not.toHaveBeenCalled()
})

test.each(hostUnderTest.foreignInvocations)(
  'a $kind cashier is our mistake here and opens nothing',
  async (foreign) => {
    const { platform, calls } = start()
    const answer = await platform.pay(foreign)
    expect(answer).toMatchObject({ outcome: 'failed', reason: 'configuration' })
    expect(calls).toEqual([])
    expect(document.querySelector('iframe')).toBeNull()
  },
)

test('the signed fields reach the cashier unchanged', async () => {
  const { platform, circumstances, calls } = start()
  circumstances.cashier = cashierThat(hostUnderTest.cashierRows[0]?.says)
  const { kind, ...fields } = hostUnderTest.ownInvocation
  const paid = platform.pay(hostUnderTest.ownInvocation)
  if (kind === 'till') expect(document.querySelector('iframe')?.src).toBe('http://127.0.0.1:9/330100/till/p-1')
  else expect(calls[0]?.options).toMatchObject(fields)
  await paid
})
