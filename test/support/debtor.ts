import type { Bill, Lookup, PaymentPage } from '../../sandbox/wire/types.gen'
import { electricity, signIn } from './citizen'
import type { Preview } from './preview-server'

const city = '330100'

/** Accounts of Hangzhou's with something due. A test takes one for itself, because a bill is settled once. */
export const owing = {
  electricity: ['hz-electricity', electricity.oneDue],
  lateElectricity: ['hz-electricity', electricity.overdue],
  manyElectricity: ['hz-electricity', electricity.severalDue],
  huge: ['hz-electricity', electricity.huge],
  water: ['hz-water', '86001234'],
  gas: ['hz-gas', '571188001'],
  lateGas: ['hz-gas', '571188002'],
  tax: ['hz-tax', '330100202600012345'],
  fine: ['hz-fine', '330106190012345'],
} as const
export type Owing = keyof typeof owing

export type Debtor = Awaited<ReturnType<typeof debtorOf>>

/** The number as printed on the bill, with its check digit. */
export async function numberOf({ sandbox }: Preview, name: Owing): Promise<string> {
  const [billerId, body] = owing[name]
  const { accounts } = (await sandbox.control('GET', '/accounts')) as {
    accounts: { billerId: string; number: string }[]
  }
  const found = accounts.find((account) => account.billerId === billerId && account.number.startsWith(body))
  if (!found) throw new Error(`the seed has no ${name}`)
  return found.number
}

/** The citizen on the phone of the same name, who bound an account at home and owes its bills. */
export async function debtorOf(preview: Preview, who: string, name: Owing) {
  const citizen = await signIn(preview.sandbox.city(city), who)
  const account = await citizen.bind(owing[name][0], await numberOf(preview, name))
  const { body } = await citizen.get<Lookup>(`/accounts/${account.id}/lookup`)
  const bill = body.outcome === 'bill' ? body.bills[0] : undefined
  if (!bill) throw new Error(`${name}: ${body.outcome}`)
  return {
    account,
    bill,
    billLink: `/pages/billing/bill/index?city=${city}&bill=${bill.id}`,
    accountLink: `/pages/billing/account/index?city=${city}&account=${account.id}`,
    billNow: async () => (await citizen.get<Bill>(`/bills/${bill.id}`)).body,
    /** All payments of this citizen that the city knows of. */
    async payments() {
      const { items } = (await citizen.get<PaymentPage>('/payments')).body
      return Promise.all(items.map(({ id }) => citizen.payment(id)))
    },
  }
}
