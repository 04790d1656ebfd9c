import { createSign } from 'node:crypto'
import { createAlipay } from '../../../city/cashiers/alipay'
import { createAlipayServer } from '../../../sandbox/vendor-servers/alipay'
import { makeKeyPair } from '../../../sandbox/vendor-servers/signing'
import { anOrder, type Stage, startStage } from './stage'
import { promisesOfACashier } from './suite'

const ours = makeKeyPair()
const strangers = makeKeyPair()
const vendor = makeKeyPair()
const app = { appId: '2021002100000001', merchantId: '2088101000000001' }

const start = () =>
  startStage({
    serve: (parts) =>
      createAlipayServer({ ...parts, app: { ...app, publicKey: ours.publicKey }, privateKey: vendor.privateKey }),
    connect: ({ vendor: origin, notifyUrl, taken, now }, whose) =>
      createAlipay({
        ...app,
        gateway: `${origin}/gateway.do`,
        notifyUrl,
        taken,
        now,
        privateKey: whose === 'ours' ? ours.privateKey : strangers.privateKey,
        vendorPublicKey: vendor.publicKey,
        timeoutMs: 400,
      }),
  })

promisesOfACashier(start, { undecided: 'NOTPAY', partlyRefunded: 'SUCCESS', stuckRefund: 'refused: no-such-refund' })

let stage: Stage
beforeAll(async () => {
  stage = await start()
})
afterAll(() => stage.close())

test('the mini-program gets a trade number, and the same one again', async () => {
  const order = anOrder(stage)
  const first = await stage.cashier.open(order)
  expect(first).toEqual({ kind: 'alipay', tradeNO: expect.stringMatching(/^20261123\d{20}$/) })
  expect(await stage.cashier.open(order)).toEqual(first)
})

test('an order past its time is closed by Alipay itself', async () => {
  const order = anOrder(stage)
  await stage.cashier.open(order)
  stage.advance(3601)
  expect(await stage.cashier.query(order.reference)).toMatchObject({ state: 'CLOSED', paidAt: null })
})

test('after a part went back an order is still paid', async () => {
  const order = anOrder(stage)
  await stage.cashier.open(order)
  await stage.ledger.pay(order.reference)
  const { reference } = order
  await stage.cashier.refund({ reference, refundReference: 'rf-part', amountFen: 1, totalFen: 1234, reason: '更正' })
  expect(await stage.cashier.query(reference)).toMatchObject({ state: 'SUCCESS', amountFen: 1234 })
})

test('subjects with what Alipay forbids are opened all the same', async () => {
  const order = anOrder(stage, { subject: '水费/电费, a=b&c "11月"' })
  expect(await stage.cashier.open(order)).toMatchObject({ kind: 'alipay' })
})

test('a notification signed with SHA-1 is malformed, whoever signed it, and so is one with a field twice', async () => {
  const text = 'app_id=2021002100000001&charset=utf-8'
  const sign = createSign('RSA-SHA1').update(text).sign(vendor.privateKey, 'base64')
  const refusal = (body: string) =>
    stage.cashier.notification({ body: Buffer.from(body), headers: {} }).catch((error) => error.reason)
  expect(await refusal(`${text}&sign_type=RSA&sign=${encodeURIComponent(sign)}`)).toBe('malformed')
  const rsa2 = createSign('RSA-SHA256').update(text).sign(vendor.privateKey, 'base64')
  const signed = `${text}&sign_type=RSA2&sign=${encodeURIComponent(rsa2)}`
  // Signed, but without a word of what it is about.
  expect(await refusal(signed)).toBe('malformed')
  expect(await refusal(`${signed}&app_id=2`)).toBe('malformed')
  expect(await refusal(`${signed}&seller_id=2`)).toBe('signature')
})
