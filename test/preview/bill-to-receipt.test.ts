import type { Language } from '@/domain/language'
import { formatFen } from '@/domain/money'
import { debtorOf, numberOf, type Owing } from '../support/debtor'
import { walks } from '../support/walks'
import { wordsIn } from '../support/words'

const { preview, phone } = walks()

const walksIn: [Language, Owing, string, string][] = [
  ['zh-CN', 'gas', '杭州', '燃气户号'],
  ['en', 'tax', 'Hangzhou', 'Assessment number'],
]

test.each(walksIn)(
  'in %s, a citizen finds a bill, pays it and holds the receipt',
  async (language, name, city, label) => {
    const { home, billing, bills, paying, receipt } = wordsIn(language)
    const kind = name === 'gas' ? 'gas' : 'tax'
    const citizen = await phone({ language, citizen: `payer-${language}` })

    await citizen.open()
    await citizen.tap(home.chooseCity)
    await citizen.find(city).first().click()
    await citizen.sees(home.services)
    await citizen.sees(home.todoNone)

    await citizen.tap(home.kinds[kind])
    await citizen.type(label, await numberOf(preview(), name))
    await citizen.tap(billing.bind.lookUp)
    await citizen.sees(language === 'en' ? /^Is this the/ : /^这是您要缴/)
    await citizen.sees(/\*/)
    await citizen.tap(billing.bind.mine, 'radio')
    await citizen.tap(billing.bind.bind)

    // SentRequest directly, the city says what the phone must show.
    const { bill, payments } = await debtorOf(preview(), `payer-${language}`, name, language)
    const amount = formatFen(bill.amountFen, { symbol: true })
    await citizen.tap(bill.title)
    await citizen.tap(billing.bill.pay(amount))
    await citizen.sees(paying.checkout.firstTitle)
    await citizen.tap(paying.checkout.checked, 'checkbox')
    await citizen.tap(paying.checkout.pay(amount))

    await citizen.till.getByText(amount.slice(1)).waitFor()
    await citizen.till.getByRole('button', { name: '确认付款' }).click()
    await citizen.sees(paying.states.paid.title)
    await citizen.sees(paying.payment.paidStep)
    await citizen.sees(paying.payment.creditingStep)

    await preview().pass(60)
    await citizen.tap(paying.payment.action.check)
    await citizen.sees(paying.states.credited.title)
    await citizen.tap(paying.payment.action.receipt)
    await citizen.sees(receipt.verifyText)
    const [payment, ...others] = await payments()
    expect(others).toEqual([])
    expect(payment).toMatchObject({ state: 'credited', amountFen: bill.amountFen })
    await citizen.sees(payment?.reference ?? '')

    await citizen.open()
    await citizen.sees(home.todoNone)
    await citizen.tapTab(home.tabs.bills)
    await citizen.sees(bills.nothingKnown)
  },
)
