import type { AccountPage, BillPage, Finding, Payment } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { moneyMoves } from './cashier'
import { onlyPayment, paymentsOf } from './debts'
import { requestsOf } from './requests'
import { onBothBundles } from './stage'
import { doubleTap } from './taps'
import { hangzhou, type Walk } from './walk'

const { walk } = onBothBundles()
const { billing, paying, unbound } = wordsIn('zh-CN')
const { checkout } = paying

const fine = { due: '330106190012345', late: '330106190022351', reviewed: '3301061900223534', paid: '3301061900223526' }
const party = '李小明'
const friend = '3301002000023'

const formOf = (biller: string) => `/pages/billing/find/index?city=${hangzhou}&biller=${biller}`

async function look({ phone }: Walk, number: string, proof?: string): Promise<void> {
  await phone.type(/编号|户号/, number)
  if (proof) await phone.type(/当事人姓名/, proof)
  await phone.tap(unbound.find)
}

/** What the city keeps of it elsewhere than here, so that tests can play a stranger. */
const billOf = async (on: Walk, number: string, proof?: string) => {
  const finding = await on.send<Finding>('/findings', { billerId: proof ? 'hz-fine' : 'hz-electricity', number, proof })
  if (finding.outcome !== 'found') throw new Error(finding.outcome)
  return finding.bills[0]
}

walk('a fine is found by its decision and paid, in its own words, and nothing of it stays on the phone', async (on) => {
  const { phone } = on
  await phone.launch(`/pages/billing/find/index?city=${hangzhou}`)
  phone.sees(unbound.by.decision, unbound.by.voucher, unbound.by.account)
  await phone.tap('杭州市公安局交通警察局')
  await look(on, '3301 0619 0012 345', party)
  phone.sees('违反禁止标线指示', '杭州市公安局交通警察局西湖大队', fine.due, unbound.review, unbound.textNote)
  for (const word of ['户号', '户主', '联系地址', checkout.balance]) phone.seesNot(word)
  await phone.tap(unbound.pay('¥200.00'))
  for (const word of [checkout.firstTitle, '联系地址']) phone.seesNot(word)
  moneyMoves(on, 'accepted')
  await doubleTap(phone, checkout.pay('¥200.00'))
  phone.sees(paying.states.paid.title, '道路交通违法罚款：违反禁止标线指示')
  phone.seesNot(paying.payment.keep)
  expect(requestsOf(phone, /\/payments$/).filter(({ method }) => method === 'POST')).toHaveLength(1)
  await on.leap(60)
  expect((await on.get<Payment>(`/payments/${(await onlyPayment(on))?.id}`)).bills[0]).toMatchObject({ unbound: true })
  expect((await on.get<BillPage>('/bills')).items).toEqual([])
  const kept = [...phone.storage.values()].join('\n')
  expect(kept).not.toContain(fine.due)
  expect(kept).not.toContain('违反禁止标线指示，')
  expect(kept).not.toContain(party)
})

walk('a wrong name and an unknown number say the same, and what was typed stays', async (on) => {
  const { phone } = on
  await phone.launch(formOf('hz-fine'))
  await phone.tap(unbound.find)
  phone.sees(unbound.empty('当事人姓名'))
  await look(on, fine.due, '李大明')
  phone.sees(unbound.outcome['not-found'].title)
  await phone.tap(unbound.check)
  await phone.type(/编号/, '330106190099999')
  await phone.tap(unbound.find)
  phone.sees(unbound.outcome['not-found'].title)
  await phone.tap(unbound.check)
  await look(on, fine.due, party)
  phone.sees(unbound.pay('¥200.00'))
})

walk('N15: who guesses on is told when to try again, and loses nothing that was typed', async (on) => {
  const { phone } = on
  await phone.launch(formOf('hz-fine'))
  for (let at = 0; at < 5; at += 1) {
    await look(on, `33010619009999${at}`, party)
    await phone.tap(unbound.check)
  }
  await look(on, fine.due, party)
  phone.sees(/^查询太频繁，请 \d+ (秒|分钟)后再试。$/)
  await on.leap(3601)
  await phone.tap(unbound.find)
  phone.sees(unbound.pay('¥200.00'))
})

walk('what is paid, under review or silent is no button to pay', async (on) => {
  const { phone } = on
  await phone.launch(formOf('hz-fine'))
  await look(on, fine.paid, party)
  phone.sees(unbound.outcome.settled.text('杭州市公安局交通警察局'))
  await phone.tap(unbound.check)
  await look(on, fine.reviewed, party)
  phone.sees(billing.bill.notPayable, /行政复议，处罚暂停执行/)
  phone.seesNot(/^缴纳/)
  await phone.back()
  await on.fault('biller-not-answering')
  await look(on, fine.due, party)
  phone.sees(unbound.outcome['not-answering'].title)
  await on.noFaults()
  await phone.tap(unbound.again)
  phone.sees(unbound.pay('¥200.00'))
})

walk(
  'M7: the surcharge grows while the page lies there: the new amount is asked for before anything is paid',
  async (on) => {
    const { phone } = on
    await phone.launch(formOf('hz-fine'))
    await look(on, fine.late, '古丽努尔·买买提')
    phone.sees(unbound.growing(7, '¥6.00', '¥200.00'), '¥42.00')
    await phone.tap(unbound.pay('¥242.00'))
    await on.fault('bill-changed', { times: 1 })
    const till = moneyMoves(on, 'accepted')
    await phone.tap(checkout.pay('¥242.00'))
    phone.sees(checkout.changedTitle)
    expect(till.opened).toBe(0)
    expect(await paymentsOf(on)).toEqual([])
  },
)

walk('interrupted: it is settled elsewhere, or half an hour passes, and nothing is charged', async (on) => {
  const { phone, sandbox } = on
  await phone.launch(formOf('hz-fine'))
  await look(on, fine.due, party)
  await phone.tap(unbound.pay('¥200.00'))
  const bill = await billOf(on, fine.due, party)
  await sandbox.control('POST', '/settle', { billId: bill?.id })
  const till = moneyMoves(on, 'accepted')
  await phone.tap(checkout.pay('¥200.00'))
  phone.sees(checkout.settledTitle)
  expect(till.opened).toBe(0)
  await phone.launch(formOf('hz-fine'))
  await look(on, fine.late, '古丽努尔·买买提')
  await on.leap(1900)
  await phone.background()
  await phone.foreground()
  phone.sees(unbound.gone, unbound.goneText)
  await phone.tap(unbound.findAgain)
  phone.sees(unbound.by.decision)
  expect(await paymentsOf(on)).toEqual([])
})

walk('a friend’s bills are paid, and their home is kept only by who says so', async (on) => {
  const { phone } = on
  await phone.launch(formOf('hz-electricity'))
  await look(on, friend)
  phone.sees(unbound.foundTitle, '张**', /\*\*\*$/)
  await phone.tap(/^2026年7月电费/)
  const bill = await billOf(on, friend)
  const amount = `¥${((bill?.amountFen ?? 0) / 100).toFixed(2)}`
  await phone.tap(unbound.pay(amount))
  phone.sees(checkout.firstTitle)
  await phone.tap(checkout.checked, 'checkbox')
  moneyMoves(on, 'accepted')
  await phone.tap(checkout.pay(amount))
  phone.sees(paying.states.paid.title)
  expect((await on.get<AccountPage>('/accounts')).items).toEqual([])
  await phone.tap(paying.payment.keep)
  phone.sees(unbound.keepText)
  await doubleTap(phone, unbound.keepYes)
  phone.sees(paying.states.paid.title)
  phone.seesNot(paying.payment.keep)
  expect((await on.get<AccountPage>('/accounts')).items).toHaveLength(1)
})

walk('who does not keep it is not asked again', async (on) => {
  const { phone } = on
  await phone.launch(formOf('hz-electricity'))
  await look(on, '3301001234565')
  const bill = await billOf(on, '3301001234565')
  const amount = `¥${((bill?.amountFen ?? 0) / 100).toFixed(2)}`
  await phone.tap(unbound.pay(amount))
  await phone.tap(checkout.checked, 'checkbox')
  moneyMoves(on, 'accepted')
  await phone.tap(checkout.pay(amount))
  await phone.tap(paying.payment.keep)
  await phone.tap(unbound.keepNo)
  phone.seesNot(paying.payment.keep)
  expect((await on.get<AccountPage>('/accounts')).items).toEqual([])
  await on.leap(60)
  await phone.background()
  await phone.foreground()
  phone.sees(paying.states.credited.title)
  phone.seesNot(paying.payment.keep)
})

walk('N8: a code on a notice fills in the number and does nothing else', async (on) => {
  const { phone } = on
  await phone.launch(formOf('hz-fine'))
  for (const [code, sentence] of [
    ['javascript:alert(1)', unbound.scanned.none],
    [`https://pay.example/?no=${fine.due}&city=510100`, unbound.scanned.number],
  ] as const) {
    phone.circumstances.scan = { reads: code }
    await phone.tap(unbound.scan)
    phone.sees(sentence)
  }
  expect(requestsOf(phone, /findings/)).toEqual([])
  await phone.type(/当事人姓名/, party)
  await phone.tap(unbound.find)
  phone.sees(unbound.pay('¥200.00'))
})

walk('a city that finds nothing has no entry, and a link to it says so', async (on) => {
  const { phone } = on
  await phone.launch('/pages/bills/index?city=230100')
  await phone.launch('/pages/billing/find/index?city=230100')
  phone.sees(unbound.none)
})
