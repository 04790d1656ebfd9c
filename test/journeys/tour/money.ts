import { formatFen } from '@/domain/money'
import type { Payment, Receipt, ReportPage } from '../../../contract/wire/types.gen'
import { type EndingName, moneyMoves } from '../cashier'
import { owed, paymentsOf } from '../debts'
import { hangzhou } from '../walk'
import type { Guide } from './tour'

/** From the checkout to the receipt, and what goes another way. */
export async function money(guide: Guide): Promise<void> {
  const { phone, words, see } = guide
  const { paying, report, reports } = words
  await phone.launch((await owed(guide, 'hz-electricity', 'huge')).link)
  await pay(guide, 'not known yet', 'checkout')
  await see('payment, not known')
  await guide.pass(90)
  await see('payment, credited')
  await phone.tap(paying.payment.action.receipt)
  await see('receipt')
  const { papers } = words
  const invoice = words.kinds.electricity.paper
  await phone.tap(invoice)
  await see('papers, available')
  await phone.tap(papers.acts.ask(invoice))
  await phone.tap(papers.company, 'radio')
  await see('papers, title')
  await phone.type(new RegExp(`^${papers.name.company}`), '杭州西溪文化公司')
  await phone.type(new RegExp(`^${papers.taxNumber}`), '91330106MA27XQ8K3X')
  await phone.tap(papers.submit)
  await see('papers, wrong code')
  await phone.type(new RegExp(`^${papers.taxNumber}`), '91330106MA27XQ8K3R')
  await phone.tap(new RegExp(`^${papers.keep}`), 'switch')
  await phone.tap(papers.submit)
  await see('papers, issuing')
  await guide.pass(30)
  await see('papers, issued')
  const { receiptId } = await guide.get<Payment>(`/payments/${(await paymentsOf(guide))[0]?.id}`)
  const { verifyText } = await guide.get<Receipt>(`/receipts/${receiptId}`)
  await phone.launch(`/pages/verify/index?code=${encodeURIComponent(verifyText)}`)
  await see('verify, genuine')
  await phone.tap(words.verify.ask)
  await see('verify, asked')
  await phone.launch(`/pages/verify/index?code=${encodeURIComponent(verifyText.replace(',c:', ',o:'))}`)
  await see('verify, forged')
  await phone.launch('/pages/verify/index')
  await see('verify')

  await phone.launch((await owed(guide, 'hz-gas', 'overdue')).link)
  await guide.fault('paid-not-credited')
  await pay(guide, 'accepted')
  await see('payment, paid')
  await guide.sandbox.control('POST', '/clock', { advanceSeconds: 3700 })
  await phone.tap(words.recall.offer)
  await see('payment, recall it?')
  await phone.tap(words.recall.notNow)
  await phone.tap(paying.payment.action.check)
  await see('payment, late')
  await phone.tap(paying.payment.action.report)
  await see('report')
  await phone.tap(report.submit)
  await see('report, done')
  await phone.tap(reports.see)
  await see('my report, waiting')
  await answered(guide, 'very-long')
  await see('my report, a long answer')
  await phone.tap(reports.reply)
  await phone.type(new RegExp(reports.replyText), '仍然显示欠费')
  await see('my report, replying')
  await phone.tap(reports.send)
  await see('my report, replied')
  await answered(guide, 'usual')
  await phone.tap(reports.solve)
  await see('my report, solved?')
  await phone.tap(reports.solveYes)
  await see('my report, solved')
  await phone.back()
  await guide.noFaults()

  await guide.fault('recall-undecided')
  await phone.tap(words.recall.offer)
  await phone.tap(words.recall.doIt)
  await see('payment, recalled')
  await guide.noFaults()

  await phone.launch((await owed(guide, 'hz-tax', 'huge')).link)
  await guide.fault('credit-refused')
  await guide.fault('refund-pending')
  await pay(guide, 'accepted')
  await guide.pass(75)
  await see('payment, refunding')
  await guide.noFaults()
  await phone.launch((await owed(guide, 'hz-gas', 'one-due')).link)
  await guide.fault('bill-changed', { times: 1 })
  await pay(guide, 'cancelled')
  await see('checkout, the amount changed')
  await phone.tap(/[\d.]+/, 'button')
  await see('payment, not finished')
  await phone.tap(paying.payment.action.cancel)
  await see('payment, give it up?')

  const meter = await owed(guide, 'cd-gas', 'prepaid')
  await phone.launch(meter.link)
  await see('prepaid meter')
  await phone.tap(words.billing.bill.topUp)
  await see('prepaid meter, how much')
  await phone.launch(`/pages/paying/payments/index?city=${hangzhou}`)
  await see('payments')
}

/** An office answers the citizen's report, and the page is shown again. */
async function answered({ phone, ...guide }: Guide, kind: string) {
  const [report] = (await guide.get<ReportPage>('/reports')).items
  await guide.sandbox.control('POST', '/answer-report', { reportId: report?.id, kind })
  await phone.background()
  await phone.foreground()
}

/** From a bill on the screen through the cashier, which ends as given. */
async function pay(guide: Guide, ending: EndingName, name?: string) {
  const { phone, words, see } = guide
  const { billing, paying } = words
  await phone.tap(beginning(billing.bill.pay))
  await phone.tap(paying.checkout.checked, 'checkbox')
  if (name) await see(name)
  moneyMoves(guide, ending)
  await phone.tap(beginning(paying.checkout.pay))
}

/** A button whose name goes on with an amount. */
const beginning = (sentence: (amount: string) => string) => new RegExp(`^${sentence(formatFen(0)).split('0')[0]}`)
