import type { PaperList } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { moneyMoves } from './cashier'
import { onlyPayment, owed, toCheckout } from './debts'
import { requestsOf } from './requests'
import { onBothBundles } from './stage'
import { doubleTap } from './taps'
import type { Walk } from './walk'

const { walk } = onBothBundles()
const { kinds, papers, paying } = wordsIn('zh-CN')
const invoice = kinds.electricity.paper
const ask = papers.acts.ask(invoice)
const code = '91330106MA27XQ8K3R'

/** An electricity bill is paid and credited; the page of its papers is open. */
async function credited(on: Walk): Promise<void> {
  await on.phone.launch()
  const pay = await toCheckout(on, await owed(on, 'hz-electricity'))
  moneyMoves(on, 'accepted')
  await on.phone.tap(pay)
  await on.leap(60)
  on.phone.sees(paying.states.credited.title)
  await on.phone.tap(invoice)
  on.phone.sees(papers.states.available)
}

const paperOf = async (on: Walk) => {
  const { items } = await on.get<PaperList>(`/payments/${(await onlyPayment(on))?.id}/papers`)
  return items[0]
}

/** The city's files are at a host that its manifest lists. */
function filesAt(on: Walk, host: string): void {
  on.phone.circumstances.onTheWay = ({ path }, answer) =>
    /papers$/.test(path)
      ? { ...answer, text: answer.text.replace(/http:\/\/[^"/]+(?=\/papers\/file)/g, `https://${host}`) }
      : answer
}

walk('an invoice is asked for with a company’s code, once, and its file opens in the host', async (on) => {
  const { phone } = on
  filesAt(on, 'inv.hangzhou.example')
  await credited(on)
  await phone.tap(ask)
  await phone.tap(papers.company, 'radio')
  await phone.type(new RegExp(`^${papers.name.company}`), '杭州西溪文化有限公司')
  await phone.type(new RegExp(`^${papers.taxNumber}`), code.replace('R', 'X'))
  await phone.tap(papers.submit)
  phone.sees(papers.badTaxNumber)
  expect(requestsOf(phone, /POST .*papers$/)).toHaveLength(0)
  await phone.type(new RegExp(`^${papers.taxNumber}`), code)
  await doubleTap(phone, papers.submit)
  phone.sees(papers.states.issuing)
  await on.leap(15)
  await on.leap(15)
  phone.sees(papers.states.issued)
  expect(await paperOf(on)).toMatchObject({ state: 'issued', title: { taxNumber: code } })
  await phone.tap(papers.acts.open)
  phone.seesNot(papers.openFailed)
  phone.circumstances.file = 'not permitted'
  await phone.tap(papers.acts.open)
  phone.sees(papers.openFailed, papers.copyLink)
})

walk(
  'a refused title and a lost answer: the words of the issuer stand there, and another try is one paper',
  async (on) => {
    const { phone } = on
    await credited(on)
    await on.fault('ebill-title-refused', { times: 1 })
    await phone.tap(ask)
    await phone.type(new RegExp(`^${papers.name.personal}`), '李小朋')
    await phone.tap(papers.submit)
    await on.leap(5)
    phone.sees(papers.states['title-refused'], papers.next['title-refused'])
    await on.fault('ebill-slow')
    await on.fault('lost-answer', { operationId: 'requestPaper', times: 3 })
    await phone.tap(ask)
    await phone.type(new RegExp(`^${papers.name.personal}`), '李小明')
    await phone.tap(papers.submit)
    // The list says that it arrived.
    phone.sees(papers.states.issuing)
    phone.seesNot(papers.askFailed)
    expect(await paperOf(on)).toMatchObject({ state: 'issuing', title: { name: '李小明' } })
  },
)

walk('a file at another address is never opened, and money that goes back makes the paper void', async (on) => {
  const { phone } = on
  filesAt(on, 'evil.example')
  await credited(on)
  await phone.tap(ask)
  await phone.type(new RegExp(`^${papers.name.personal}`), '李小明')
  await phone.tap(papers.submit)
  await on.leap(15)
  await on.leap(15)
  phone.sees(papers.noFile)
  phone.seesNot(papers.acts.open)
  await on.sandbox.control('POST', '/refund', { paymentId: (await onlyPayment(on))?.id })
  await phone.background()
  await phone.foreground()
  phone.sees(papers.states.withdrawn, papers.next.withdrawn)
  phone.seesNot(ask)
})

walk('left while it is being issued, the page says how it ended when the citizen is back', async (on) => {
  const { phone } = on
  await credited(on)
  await on.fault('ebill-slow')
  await phone.tap(ask)
  await phone.type(new RegExp(`^${papers.name.personal}`), '李小明')
  await phone.tap(papers.submit)
  phone.sees(papers.states.issuing, papers.next.issuing)
  await phone.background()
  await on.leap(300)
  await phone.foreground()
  phone.sees(papers.states.late)
  await on.noFaults()
  await on.leap(600)
  await phone.background()
  await phone.foreground()
  phone.sees(papers.states.issued)
})
