import { createVerify } from 'node:crypto'
import type { Payment, PaymentStart } from '../../contract/wire/types.gen'
import { electricity, signIn } from '../support/citizen'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

let sandbox: TestSandbox
let base: string

beforeAll(async () => {
  sandbox = await startTestSandbox()
  base = sandbox.city('330100')
}, 100_000)
beforeEach(() => sandbox.control('POST', '/reset', { set: '2026-11-23T10:00:00+08:00' }))
afterAll(() => sandbox.close())

const control = (path: string, body: object) => sandbox.control('POST', path, body)
const fault = (name: string, more: object = {}) => sandbox.control('PUT', '/faults', { name, ...more })
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

type State = {
  payments: { id: string; state: string; version: number }[]
  wechat: { appId: string; merchantPublicKey: string }
}
const stateOf = async () => (await sandbox.control('GET', '/state')) as State

async function begin(who: string, cashier: 'wechat' | 'alipay' | 'till'): Promise<PaymentStart> {
  const citizen = await signIn(base, who)
  return (await citizen.pay(await citizen.billsOf('hz-electricity', electricity.oneDue), { cashier })).body
}

/** What the city knows by itself, without anybody asking it. */
async function untilState(id: string, state: string): Promise<void> {
  const until = Date.now() + 8000
  for (;;) {
    const found = (await stateOf()).payments.find((payment) => payment.id === id)
    if (found?.state === state) return
    if (Date.now() > until) throw new Error(`${id} is ${found?.state}, not ${state}`)
    await pause(60)
  }
}

test('WeChat’s parameters are signed by the merchant’s key over app, time, nonce and package', async () => {
  const { cashier } = await begin('wechat', 'wechat')
  if (cashier?.kind !== 'wechat') throw new Error('no WeChat cashier')
  const { appId, merchantPublicKey } = (await stateOf()).wechat
  const holds = (text: string) =>
    createVerify('RSA-SHA256').update(text).verify(merchantPublicKey, cashier.paySign, 'base64')
  expect(holds(`${appId}\n${cashier.timeStamp}\n${cashier.nonceStr}\n${cashier.package}\n`)).toBe(true)
  expect(holds(`${appId}\n${cashier.timeStamp}\n${cashier.nonceStr}\nprepay_id=other\n`)).toBe(false)
  expect(cashier.package).toMatch(/^prepay_id=wx/)
})

test('Alipay gets a trade number, and the same one again', async () => {
  const citizen = await signIn(base, 'alipay')
  const { cashier, payment } = await begin('alipay', 'alipay')
  expect(cashier).toEqual({ kind: 'alipay', tradeNO: expect.stringMatching(/^20261123\d{20}$/) })
  const again = (await citizen.send<PaymentStart>(`/payments/${payment.id}/cashier`)).body
  expect(again.cashier).toEqual(cashier)
})

test('the vendor’s notification is enough: nobody asks, and the payment is paid, then credited', async () => {
  const { payment } = await begin('notified', 'wechat')
  await control('/pay', { paymentId: payment.id })
  await untilState(payment.id, 'paid')
  await control('/clock', { advanceSeconds: 5 })
  await untilState(payment.id, 'credited')
})

test('a notification that is not signed by the vendor changes nothing', async () => {
  const { payment } = await begin('forged', 'wechat')
  const body = { id: 'n-1', reference: payment.reference, state: 'SUCCESS', paidAt: '2026-11-23T10:00:01+08:00' }
  const answer = await fetch(`${base}/notifications/wechat`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Wechatpay-Timestamp': '1795399200',
      'Wechatpay-Nonce': 'abc',
      'Wechatpay-Signature': Buffer.from('forged').toString('base64'),
    },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(400)
  expect((await stateOf()).payments[0]?.state).toBe('created')
})

test('notifications that repeat are one payment of money', async () => {
  const { payment } = await begin('repeated', 'till')
  await fault('notification-repeated')
  await control('/pay', { paymentId: payment.id })
  await untilState(payment.id, 'paid')
  await pause(300)
  expect((await stateOf()).payments[0]).toMatchObject({ state: 'paid', version: 2 })
  const { entries } = (await sandbox.control('GET', '/ledger')) as { entries: object[] }
  expect(entries).toHaveLength(1)
})

test('old news that comes late never moves a payment back', async () => {
  const citizen = await signIn(base, 'out-of-order')
  const { payment } = await begin('out-of-order', 'till')
  await fault('notification-late', { times: 1 })
  await control('/pay', { paymentId: payment.id })
  const versions: number[] = []
  const seen: string[] = []
  for (const seconds of [0, 5, 20, 5]) {
    await control('/clock', { advanceSeconds: seconds })
    const { state, version }: Payment = await citizen.payment(payment.id)
    seen.push(state)
    versions.push(version)
  }
  expect(['paid', 'credited']).toContain(seen[0])
  expect(seen.slice(1)).toEqual(['credited', 'credited', 'credited'])
  expect(versions).toEqual([...versions].sort((a, b) => a - b))
})

test('with every notification lost, asking finds the truth', async () => {
  const citizen = await signIn(base, 'silent-vendor')
  const { payment } = await begin('silent-vendor', 'till')
  await fault('notification-lost')
  await control('/pay', { paymentId: payment.id })
  await pause(300)
  expect((await stateOf()).payments[0]?.state).toBe('created')
  expect((await citizen.payment(payment.id)).state).toBe('paid')
})

test('while the cashier does not know, the payment is unknown; later it knows all', async () => {
  const citizen = await signIn(base, 'undecided')
  const { payment } = await begin('undecided', 'till')
  await fault('unknown-result')
  const response = await control('/pay', { paymentId: payment.id })
  expect(response).toMatchObject({ outcome: 'unknown', detail: '8000', vendorState: 'USERPAYING' })
  const hint = await citizen.send<Payment>(`/payments/${payment.id}/cashier-answers`, {
    outcome: 'unknown',
    detail: '8000',
  })
  expect(hint.body.state).toBe('unknown')
  await control('/clock', { advanceSeconds: 300 })
  expect((await citizen.payment(payment.id)).state).toBe('unknown')
  expect((await citizen.send<Payment>(`/payments/${payment.id}/closing`)).body.state).toBe('closing')
  await fault('unknown-result', { on: false })
  expect(['paid', 'credited']).toContain((await citizen.payment(payment.id)).state)
})

test('the till plays each answer and shows the amount; a paid order shows no way to pay', async () => {
  const { payment, cashier } = await begin('till', 'till')
  if (cashier?.kind !== 'till') throw new Error('no till')
  const page = await (await fetch(cashier.url)).text()
  expect(page).toContain(payment.reference)
  expect(page).toContain('data-act="pay"')
  expect(page).not.toMatch(/(src|href)="http/)
  const act = async (name: string) =>
    (
      await fetch(`${cashier.url}/acts`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ act: name }),
      })
    ).json()
  expect(await act('cancel')).toEqual({ outcome: 'cancelled', detail: '6001' })
  expect(await act('vanish')).toEqual({ outcome: 'killed', detail: '' })
  expect((await act('dance')).code).toBe('bad-request')
  expect((await stateOf()).payments[0]?.state).toBe('cashier-open')
  await fault('cancelled-but-paid', { times: 1 })
  expect(await act('cancel')).toMatchObject({ outcome: 'cancelled' })
  await untilState(payment.id, 'paid')
  expect(await (await fetch(cashier.url)).text()).not.toContain('data-act="pay"')
})
