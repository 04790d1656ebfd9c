import '../../support/match-media'
import { screen, waitFor } from '@testing-library/react'
import { asId, type CityId } from '@/domain/ids'
import ReceiptPage from '@/pages/paying/receipt'
import VerifyPage from '@/pages/verify'
import type { ScanResult } from '@/platform/types'
import { services } from '@/services'
import { receiptsOf } from '@/services/receipts'
import { stores } from '@/stores'
import { receipt as receiptTexts } from '@/text/paying/receipt'
import { verify } from '@/text/verify'
import type { TestSandbox } from '../../support/sandbox'
import { billsDue, createPayment, newDay, settle } from '../paying/stage'
import {
  button,
  city,
  givePhone,
  hasButton,
  listening,
  open,
  sees,
  stage,
  startCity,
  takeFromPhone,
  tap,
  type,
} from '../stage'

const t = verify['zh-CN']
let sandbox: TestSandbox
let takeAway = () => {}

beforeAll(async () => {
  sandbox = await startCity()
}, 90_000)
beforeEach(() => newDay(sandbox), 30_000)
afterEach(() => takeAway())
afterAll(() => sandbox?.close())

async function paidReceipt() {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  await settle(sandbox, payment)
  const { receiptId } = await services.payments.get(city, payment.id)
  if (!receiptId) throw new Error('no receipt')
  return { payment, receipt: await services.of(receiptsOf).get(city, receiptId) }
}

/** Somebody else's phone, which has opened the city before. */
async function stranger() {
  await services.sessions.end(city).catch(() => {})
  window.localStorage.clear()
  await services.manifest.get(city)
}

async function scanned(result: ScanResult) {
  takeAway = givePhone({ scan: () => Promise.resolve(result) })
  const page = open(VerifyPage, {})
  await tap(button(t.scan))
  return page
}

test('a genuine receipt is verified without a session and without a request, and shows what its code says', async () => {
  const { receipt } = await paidReceipt()
  await stranger()
  const requests = listening()
  await scanned({ kind: 'code', text: receipt.verifyText })
  await sees(t.genuine.title)
  await sees(receipt.number)
  await sees('国网杭州供电公司')
  await sees(new RegExp(`3301\\*\\*\\*\\*4565.*${receipt.bills[0]?.account?.mark}.*2026年10月`, 's'))
  await sees(t.cannotKnow)
  expect(requests).toEqual([])
})

test('one that was refunded afterwards looks genuine, says that it cannot know, and the city tells', async () => {
  const { payment, receipt } = await paidReceipt()
  await stranger()
  open(VerifyPage, { code: receipt.verifyText })
  await sees(t.genuine.title)
  const requests = listening()
  await tap(button(t.ask))
  await sees(t.now.credited)
  for (let time = 0; time < 2; time += 1) await sandbox.control('POST', '/refund', { paymentId: payment.id })
  open(VerifyPage, { code: receipt.verifyText })
  const [ask] = await screen.findAllByRole('button', { name: t.ask }, { timeout: 20_000 })
  if (ask) await tap(ask)
  await sees(t.now.refunded)
  expect(requests.filter((url) => /sessions/.test(url))).toEqual([])
})

test('the city is asked once for a key that the phone has not; one that it does not list leaves it unproved', async () => {
  // What the phone has is of before the city changed its key.
  await services.manifest.get(city)
  await sandbox.control('POST', '/city-key', { cityId: city })
  const { receipt } = await paidReceipt()
  await services.sessions.end(city)
  const requests = listening()
  open(VerifyPage, { code: receipt.verifyText })
  await sees(t.genuine.title)
  expect(requests.filter((url) => /^\/330100/.test(url))).toHaveLength(1)
  const [, , , , keyId = ''] = receipt.verifyText.split(':')
  open(VerifyPage, { code: receipt.verifyText.replace(keyId, '00000000') })
  await sees(t['unknown-key'].title)
  expect(requests.filter((url) => /^\/330100/.test(url))).toHaveLength(2)
})

test('changed, cut off, of a city that is not served, or something else: each says so, and nothing is shown as fact', async () => {
  const { receipt } = await paidReceipt()
  const { verifyText: text, amountFen } = receipt
  const cases: [string, string][] = [
    [text.replace(`:${amountFen}:`, ':1:'), t.forged.title],
    [text.slice(0, -1), t.broken.title],
    [text.replace('330100', '110000'), t['no-city'].title],
    ['https://example.com/pay', t['not-receipt'].title],
  ]
  for (const [content, title] of cases) {
    const { unmount } = open(VerifyPage, {})
    await type(t.typed, content)
    await tap(button(t.check))
    await sees(title)
    expect(screen.queryByText(receipt.number)).toBeNull()
    unmount()
  }
})

test('a receipt of another city than the chosen one is verified with that city’s key, and says whose it is', async () => {
  const { receipt } = await paidReceipt()
  stores.city.setState({ city: asId<CityId>('510100') })
  open(VerifyPage, { code: receipt.verifyText })
  await sees(t.genuine.title)
  await sees(t.otherCity('杭州'))
})

test('without a network and without the key it is not proved; with it a tap goes on', async () => {
  const { receipt } = await paidReceipt()
  await services.sessions.end(city)
  window.localStorage.clear()
  await sandbox.control('PUT', '/faults', { name: 'dropped-connection' })
  open(VerifyPage, { code: receipt.verifyText })
  await sees(t.unasked.title)
  await sandbox.control('DELETE', '/faults')
  await tap(button(t.again))
  await sees(t.genuine.title)
})

test('a refused camera says what to do, and a host without one offers the keyboard at once', async () => {
  const page = await scanned({ kind: 'denied' })
  await sees(t.camera.denied)
  page.unmount()
  takeAway()
  takeAway = takeFromPhone('scan')
  open(VerifyPage, {})
  await sees(t.lead)
  expect(hasButton(t.scan)).toBe(false)
  await waitFor(() => expect(hasButton(t.check)).toBe(true))
})

test('a receipt names whose bill it is, and what is shared of it opens the page that verifies it', async () => {
  const { receipt } = await paidReceipt()
  const [bill] = receipt.bills
  open(ReceiptPage, { city, receipt: receipt.id })
  for (const text of ['国网杭州供电公司', '3301****4565', '王**', bill?.account?.mark ?? '', '2026年10月'])
    await sees(text)
  await sees(receiptTexts['zh-CN'].mark)
  const shared = stage.share?.()
  expect(shared?.path).toBe(`/pages/verify/index?code=${encodeURIComponent(receipt.verifyText)}`)
})
