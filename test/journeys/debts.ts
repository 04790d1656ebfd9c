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
export async function numberOf({ sandbox }: Walk, billerId: string, plan: string): Promise<string> {
  const { accounts } = (await sandbox.control('GET', '/accounts')) as { accounts: Known[] }
  const found = accounts.find(
    (each) =>
      each.cityId === hangzhou && each.billerId === billerId && each.bills === plan && each.lookup === 'answers',
  )
  if (!found) throw new Error(`the seed has no ${plan} of ${billerId}`)
  return found.number
}

/** The citizen has bound an account at home and owes this. */
export async function owed(on: Walk, billerId = 'hz-gas', plan = 'one-due'): Promise<{ bill: Bill; link: string }> {
  const match = await on.send<AccountMatch>('/account-matches', {
    billerId,
    number: await numberOf(on, billerId, plan),
  })
  if (match.outcome !== 'matched') throw new Error(match.outcome)
  const account = await on.send<Account>('/accounts', { matchId: match.matchId, relation: 'mine' })
  const lookup = await on.get<Lookup>(`/accounts/${account.id}/lookup`)
  const bill = lookup.outcome === 'bill' ? lookup.bills[0] : undefined
  if (!bill) throw new Error(`${plan}: ${lookup.outcome}`)
  return { bill, link: `/pages/billing/bill/index?city=${hangzhou}&bill=${bill.id}` }
}

/** The one payment that the city knows of this citizen. */
export async function onlyPayment(on: Walk) {
  const { items } = await on.get<PaymentPage>('/payments')
  expect(items).toHaveLength(1)
  return items[0]
}
