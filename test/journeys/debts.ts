import type { Account, AccountMatch, Bill, Lookup, PaymentPage } from '../../sandbox/wire/types.gen'
import { hangzhou, type Walk } from './walk'

interface Known {
  cityId: string
  billerId: string
  number: string
  bills: string
  lookup: string
}

/** The number of an account in the seed, as printed on its paper bill. */
export async function numberOf({ sandbox }: Walk, billerId: string, plan: string, city = hangzhou): Promise<string> {
  const { accounts } = (await sandbox.control('GET', '/accounts')) as { accounts: Known[] }
  const found = accounts.find(
    (each) => each.cityId === city && each.billerId === billerId && each.bills === plan && each.lookup === 'answers',
  )
  if (!found) throw new Error(`the seed has no ${plan} of ${billerId}`)
  return found.number
}

/** The citizen has bound an account at home and owes this. */
export async function owed(
  on: Walk,
  billerId = 'hz-gas',
  plan = 'one-due',
  city = hangzhou,
): Promise<{ account: Account; bill: Bill; link: string }> {
  const number = await numberOf(on, billerId, plan, city)
  const match = await on.send<AccountMatch>('/account-matches', { billerId, number }, city)
  if (match.outcome !== 'matched') throw new Error(match.outcome)
  const account = await on.send<Account>('/accounts', { matchId: match.matchId, relation: 'mine' }, city)
  const lookup = await on.get<Lookup>(`/accounts/${account.id}/lookup`, city)
  const bill = lookup.outcome === 'bill' ? lookup.bills[0] : undefined
  if (!bill) throw new Error(`${plan}: ${lookup.outcome}`)
  return { account, bill, link: `/pages/billing/bill/index?city=${city}&bill=${bill.id}` }
}

/** The one payment that the city knows of this citizen. */
export async function onlyPayment(on: Walk) {
  const { items } = await on.get<PaymentPage>('/payments')
  expect(items).toHaveLength(1)
  return items[0]
}
