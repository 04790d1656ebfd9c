import {
  alipayCashierResult,
  alipayVerdicts,
  cashierResult,
  openCashier,
  wechatCashierResult,
  wechatVerdicts,
  wrongCashier,
} from '@/platform/cashier-results'

test('WeChat says that money moved by one word, and that the citizen left by another', () => {
  expect(wechatVerdicts).toEqual({ 'requestPayment:ok': 'accepted', 'requestPayment:fail cancel': 'cancelled' })
  expect(wechatCashierResult({ errMsg: 'requestPayment:ok' })).toEqual({
    outcome: 'accepted',
    detail: 'requestPayment:ok',
  })
})

test('each number of Alipay has its meaning', () => {
  expect(alipayVerdicts).toEqual({
    '9000': 'accepted',
    '8000': 'unknown',
    '6004': 'unknown',
    '6002': 'unknown',
    '6001': 'cancelled',
    '4000': 'declined',
    '99': 'unknown',
    '4': 'configuration',
  })
})

test('whatever is in no table is unknown: money may have moved', () => {
  for (const errMsg of [undefined, '', 'toString', 'requestPayment:fail', 'requestPayment:fail cancel '])
    expect(wechatCashierResult({ ...(errMsg !== undefined && { errMsg }) }).outcome).toBe('unknown')
  for (const code of [undefined, null, '', 'constructor', 9001, '09000'])
    expect(alipayCashierResult(code).outcome).toBe('unknown')
})

test('the word of the host is kept, with its number', () => {
  expect(wechatCashierResult({ errMsg: 'requestPayment:fail', errno: 7 }).detail).toBe('requestPayment:fail (errno 7)')
  expect(wechatCashierResult({}).detail).toBe('')
  expect(alipayCashierResult(8000).detail).toBe('8000')
  expect(alipayCashierResult(undefined).detail).toBe('')
})

test('a program that may not take payments has opened no cashier', () => {
  const failed = { outcome: 'failed', reason: 'configuration' }
  expect(wechatCashierResult({ errMsg: 'requestPayment:ok', errno: 102 })).toMatchObject(failed)
  expect(alipayCashierResult(4)).toMatchObject(failed)
  expect(cashierResult('declined', 'x')).toEqual({ outcome: 'failed', reason: 'declined', detail: 'x' })
})

test('a cashier of another host is named, and opens nothing', async () => {
  expect(await wrongCashier('alipay', 'wechat')).toEqual({
    outcome: 'failed',
    reason: 'configuration',
    detail: 'a wechat cashier cannot open in alipay',
  })
})

test('a host that throws leaves it unknown what has happened', async () => {
  const broken = openCashier(() => {
    throw new Error('not available')
  })
  expect(await broken).toEqual({ outcome: 'unknown', detail: 'Error: not available' })
  expect(await openCashier((resolve) => resolve(cashierResult('accepted', 'ok')))).toEqual({
    outcome: 'accepted',
    detail: 'ok',
  })
})
