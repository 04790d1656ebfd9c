import type { Payment, Receipt } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { moneyMoves } from './cashier'
import { onlyPayment, owed, toCheckout } from './debts'
import { requestsOf, signIns } from './requests'
import { onBothBundles } from './stage'
import { hangzhou, type Walk } from './walk'

const { walk } = onBothBundles()
const { home, me, paying, receipt: receiptText, verify } = wordsIn('zh-CN')

/** A bill is paid and credited; the citizen has the receipt open. */
async function withReceipt(on: Walk): Promise<{ payment: Payment; receipt: Receipt }> {
  const pay = await toCheckout(on, await owed(on))
  moneyMoves(on, 'accepted')
  await on.phone.tap(pay)
  await on.leap(60)
  const known = await onlyPayment(on)
  const payment = await on.get<Payment>(`/payments/${known?.id}`)
  await on.phone.tap(paying.payment.action.receipt)
  on.phone.sees(receiptText.verifyText)
  return { payment, receipt: await on.get<Receipt>(`/receipts/${payment.receiptId}`) }
}

/** The same phone in somebody else's hands, who has opened the city once. */
async function counter({ phone }: Walk) {
  phone.kill()
  phone.storage.clear()
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  await phone.tapTab(3)
  await phone.tap(me.verify)
  phone.sees(verify.lead)
}

walk('a receipt is scanned by somebody else, without a network and without a session, and is genuine', async (on) => {
  const { phone } = on
  const { receipt } = await withReceipt(on)
  phone.sees(receipt.bills[0]?.account?.billerName ?? '', receipt.bills[0]?.account?.mark ?? '')
  await counter(on)
  const before = signIns(phone)
  const from = phone.trace.length
  await phone.setOnline(false)
  phone.circumstances.scan = { reads: receipt.verifyText }
  await phone.tap(verify.scan)
  phone.sees(verify.genuine.title, receipt.number, verify.cannotKnow)
  expect(phone.trace.slice(from).flatMap(({ requests }) => requests)).toEqual([])
  expect(signIns(phone)).toBe(before)
})

walk('of a payment that was refunded afterwards the code cannot know, and the city says it', async (on) => {
  const { phone } = on
  const { payment, receipt } = await withReceipt(on)
  for (let time = 0; time < 2; time += 1) await on.sandbox.control('POST', '/refund', { paymentId: payment.id })
  await counter(on)
  phone.circumstances.scan = { reads: receipt.verifyText }
  await phone.tap(verify.scan)
  phone.sees(verify.genuine.title, verify.cannotKnow)
  await phone.tap(verify.ask)
  phone.sees(verify.now.refunded)
})

walk('a forged, a cut-off and another code say so; what is scanned next is judged anew', async (on) => {
  const { phone } = on
  const { receipt } = await withReceipt(on)
  await counter(on)
  const { verifyText: text, amountFen } = receipt
  let scan = verify.scan
  for (const [reads, title] of [
    [text.replace(`:${amountFen}:`, ':99999999:'), verify.forged.title],
    [text.slice(0, 60), verify.broken.title],
    ['6901234567893', verify['not-receipt'].title],
    [text.replace(hangzhou, '110000'), verify['no-city'].title],
    [text, verify.genuine.title],
  ] as const) {
    phone.circumstances.scan = { reads }
    await phone.tap(scan)
    phone.sees(title)
    if (title !== verify.genuine.title) phone.seesNot(receipt.number)
    scan = verify.scanAnother
  }
})

walk(
  'the city is asked once for a key that it changed; while it does not answer nothing is called genuine',
  async (on) => {
    const { phone } = on
    await on.sandbox.control('POST', '/city-key', { cityId: hangzhou })
    const { receipt } = await withReceipt(on)
    phone.kill()
    phone.storage.clear()
    await on.fault('dropped-connection')
    await phone.launch(`/pages/verify/index?code=${encodeURIComponent(receipt.verifyText)}`)
    await on.pass(40)
    phone.sees(verify.unasked.title)
    phone.seesNot(verify.genuine.title)
    await on.noFaults()
    const before = requestsOf(phone, /manifest/).length
    await phone.tap(verify.again)
    phone.sees(verify.genuine.title)
    expect(requestsOf(phone, /manifest/).length).toBe(before + 1)
  },
)
