import type { Language } from '@/domain/language'
import type { Bill, Lookup, PaymentPage } from '../../contract/wire/types.gen'
import { signIn } from './citizen'
import type { Preview } from './preview-server'

const city = '330100'

/** Accounts of Hangzhou's with something due: biller and what is due. A test takes one for itself: a bill is settled once. */
const owing = {
  electricity: ['hz-electricity', 'one-due'],
  lateElectricity: ['hz-electricity', 'overdue'],
  manyElectricity: ['hz-electricity', 'several-due'],
  huge: ['hz-electricity', 'huge'],
  water: ['hz-water', 'several-due'],
  gas: ['hz-gas', 'one-due'],
  lateGas: ['hz-gas', 'overdue'],
  tax: ['hz-tax', 'one-due'],
  fine: ['hz-fine', 'one-due'],
  refund: ['hz-tax', 'huge'],
} as const
export type Owing = keyof typeof owing

export type Debtor = Awaited<ReturnType<typeof debtorOf>>

interface Known {
  billerId: string
  number: string
  bills: string
  lookup: string
}

/** The number as printed on the bill, with its check digit. */
export async function numberOf({ sandbox }: Preview, name: Owing): Promise<string> {
  const [billerId, due] = owing[name]
  const { accounts } = (await sandbox.control('GET', '/accounts')) as { accounts: Known[] }
  const found = accounts.find(
    (known) => known.billerId === billerId && known.bills === due && known.lookup === 'answers',
  )
  if (!found) throw new Error(`the seed has no ${name}`)
  return found.number
}

/** The citizen on the phone of the same name, who bound an account at home and owes its bills. */
export async function debtorOf(preview: Preview, who: string, name: Owing, language?: Language) {
  const signedIn = () => signIn(preview.sandbox.city(city), who)
  const citizen = await signedIn()
  const account = await citizen.bind(owing[name][0], await numberOf(preview, name))
  const { body } = await citizen.get<Lookup>(`/accounts/${account.id}/lookup`, language)
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
      // The session of before may have ended: tests let hours pass.
      const { get, payment } = await signedIn()
      const { items } = (await get<PaymentPage>('/payments')).body
      return Promise.all(items.map(({ id }) => payment(id)))
    },
  }
}
