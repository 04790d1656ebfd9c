import { createVerify } from 'node:crypto'
import { VendorUnavailable } from '../../../city/cashiers/errors'
import { createWechatPay } from '../../../city/cashiers/wechat-pay'
import type { Misbehaviour } from '../../../sandbox/vendor-servers/misbehaviours'
import { makeKeyPair } from '../../../sandbox/vendor-servers/signing'
import { createWechatPayServer } from '../../../sandbox/vendor-servers/wechat-pay'
import { anOrder, type Stage, startStage } from './stage'
import { promisesOfACashier } from './suite'

const ours = makeKeyPair()
const strangers = makeKeyPair()
const vendor = makeKeyPair()
const keyId = 'PUB_KEY_ID_0119000000012026112300000000000001'
const merchant = {
  appId: 'wx0sandbox0city000',
  merchantId: '1900000001',
  serial: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
  apiV3Key: '0123456789abcdef0123456789ABCDEF',
}

const start = () =>
  startStage({
    serve: (parts) =>
      createWechatPayServer({
        ...parts,
        merchant: { ...merchant, publicKey: ours.publicKey },
        keyId,
        privateKey: vendor.privateKey,
      }),
    connect: ({ vendor: baseUrl, notifyUrl, taken, now }, whose) =>
      createWechatPay({
        ...merchant,
        baseUrl,
        notifyUrl,
        taken,
        now,
        privateKey: whose === 'ours' ? ours.privateKey : strangers.privateKey,
        vendorKeys: { [keyId]: vendor.publicKey },
        timeoutMs: 400,
      }),
  })

promisesOfACashier(start, {
  undecided: 'USERPAYING',
  partlyRefunded: 'REFUND',
  stuckRefund: { state: 'processing', amountFen: 1234 },
})

let stage: Stage
beforeAll(async () => {
  stage = await start()
})
afterAll(() => stage.close())

test('the mini-program gets parameters that are signed by the merchant', async () => {
  const opened = await stage.cashier.open(anOrder(stage))
  if (opened.kind !== 'wechat') throw new Error('not WeChat’s')
  const { timeStamp, nonceStr, package: prepay, paySign } = opened
  expect(prepay).toMatch(/^prepay_id=wx/)
  const holds = (text: string) => createVerify('RSA-SHA256').update(text).verify(ours.publicKey, paySign, 'base64')
  expect(holds(`${merchant.appId}\n${timeStamp}\n${nonceStr}\n${prepay}\n`)).toBe(true)
  expect(holds(`${merchant.appId}\n${timeStamp}\n${nonceStr}\nprepay_id=other\n`)).toBe(false)
})

test('an order that is opened again has the same prepay id', async () => {
  const order = anOrder(stage)
  const first = await stage.cashier.open(order)
  const second = await stage.cashier.open(order)
  expect(second).toMatchObject({ package: 'package' in first ? first.package : '' })
})

test('an answer of more than five minutes ago is not believed', async () => {
  const order = anOrder(stage)
  await stage.cashier.open(order)
  stage.misbehave('old-answer')
  const error = await stage.cashier.query(order.reference).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'VendorUnavailable', because: 'unverified' })
})

test('who calls too often is told when to call again', async () => {
  stage.misbehave('busy')
  const error = await stage.cashier.query('33010020261123000000').catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(VendorUnavailable)
  expect(error).toMatchObject({ because: 'busy', retryAfterMs: 2000 })
})

test.each<Misbehaviour>(['other-app', 'other-merchant'])(
  'a genuine answer about an order of %s is not believed',
  async (what) => {
    const order = anOrder(stage)
    await stage.cashier.open(order)
    stage.misbehave(what)
    const error = await stage.cashier.query(order.reference).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'VendorUnavailable', because: 'unreadable' })
  },
)

test('a genuine answer about another order’s refund is not believed', async () => {
  const order = anOrder(stage)
  await stage.cashier.open(order)
  await stage.ledger.pay(order.reference)
  stage.misbehave('other-order')
  const request = { ...order, refundReference: `rf-${order.reference}`, totalFen: 1234, reason: '更正' }
  const error = await stage.cashier.refund(request).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'VendorUnavailable', because: 'unreadable' })
})

test('a bill that still adds up but is not the signed one is not believed', async () => {
  const order = anOrder(stage)
  await stage.cashier.open(order)
  await stage.ledger.pay(order.reference)
  const day = new Date(stage.now().getTime() + 8 * 3600_000).toISOString().slice(0, 10)
  stage.advance(24 * 3600)
  expect(await stage.cashier.statement(day)).not.toHaveLength(0)
  stage.misbehave('file-changed')
  const error = await stage.cashier.statement(day).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'VendorUnavailable', because: 'unverified' })
})
