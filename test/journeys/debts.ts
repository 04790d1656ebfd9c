import { formatFen } from '@/domain/money'
import type { Account, AccountMatch, Bill, Lookup, PaymentPage } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { hangzhou, type Walk } from './walk'

const { billing, paying } = wordsIn('zh-CN')
const { checkout } = paying

interface Known {
  cityId: string
  billerId: string
  number: string
  bills: string
  lookup: string
}

/** An account of the seed; a biller serves one city. */
async function accountOf({ sandbox }: Walk, billerId: string, plan: string): Promise<Known> {
  const { accounts } = (await sandbox.control('GET', '/accounts')) as { accounts: Known[] }
  const found = accounts.find((each) => each.billerId === billerId && each.bills === plan && each.lookup === 'answers')
  if (!found) throw new Error(`the seed has no ${plan} of ${billerId}`)
  return found
}

/** The number of an account in the seed, as printed on its paper bill. */
export const numberOf = async (on: Walk, billerId: string, plan: string): Promise<string> =>
  (await accountOf(on, billerId, plan)).number

/** The citizen has bound an account at home and owes this. */
export async function owed(
  on: Walk,
  billerId = 'hz-gas',
  plan = 'one-due',
): Promise<{ bill: Bill; amount: string; link: string; accountLink: string }> {
  const { cityId: city, number } = await accountOf(on, billerId, plan)
  const match = await on.send<AccountMatch>('/account-matches', { billerId, number }, city)
  if (match.outcome !== 'matched') throw new Error(match.outcome)
  const account = await on.send<Account>('/accounts', { matchId: match.matchId, relation: 'mine' }, city)
  const lookup = await on.get<Lookup>(`/accounts/${account.id}/lookup`, city)
  const bill = lookup.outcome === 'bill' ? lookup.bills[0] : undefined
  if (!bill) throw new Error(`${plan}: ${lookup.outcome}`)
  return {
    bill,
    amount: formatFen(bill.amountFen, { symbol: true }),
    link: `/pages/billing/bill/index?city=${city}&bill=${bill.id}`,
    accountLink: `/pages/billing/account/index?city=${city}&account=${account.id}`,
  }
}

/** From the bill to the button that pays it; its words are given. */
export async function toCheckout({ phone }: Walk, { link, amount }: { link: string; amount: string }): Promise<string> {
  await phone.launch(link)
  await phone.tap(billing.bill.pay(amount))
  await phone.tap(checkout.checked, 'checkbox')
  return checkout.pay(amount)
}

/** All payments that the city knows of this citizen. */
export const paymentsOf = async (on: Walk, city = hangzhou) => (await on.get<PaymentPage>('/payments', city)).items

/** The one payment that the city knows of this citizen. */
export async function onlyPayment(on: Walk) {
  const payments = await paymentsOf(on)
  expect(payments).toHaveLength(1)
  return payments[0]
}
