import type {
  Account,
  AccountMatch,
  AccountPage,
  AccountRemoval,
  Bill,
  BillPage,
  Lookup,
} from '../../contract/wire/types.gen'
import type { Exchange } from '../call'
import type { Check, Look } from '../check'
import { Skipped } from '../skipped'
import { type Citizen, newKey, type StageAccount } from '../target'

/** An account number of the test stage with such bills. */
export async function numberOf({ target }: Look, bills: string): Promise<StageAccount> {
  const { accounts } = await target.stage<{ accounts: StageAccount[] }>('accounts')
  const city = target.manifest.cityId
  const found = accounts.find(
    (one) => one.bills === bills && (one.cityId ?? city) === city && !('lookup' in one && one.lookup !== 'answers'),
  )
  if (!found) throw new Skipped(`the test stage has no account whose bills are ${bills}`)
  return found
}

const matchOf = (citizen: Citizen, { billerId, number }: StageAccount) =>
  citizen.send<AccountMatch>('/account-matches', { billerId, number })

/** Binds an account of the stage. */
export async function bind(citizen: Citizen, account: StageAccount, key = newKey()): Promise<Exchange<Account>> {
  const { body, status, text } = await matchOf(citizen, account)
  if (body?.outcome !== 'matched')
    throw new Skipped(`${account.billerId} does not know its number of the test stage: ${status} ${text}`)
  return citizen.send<Account>('/accounts', { matchId: body.matchId, relation: 'mine' }, key)
}

/** The bills of an account as the biller has them now. */
export async function billsDue(citizen: Citizen, account: Account): Promise<Bill[]> {
  const { body } = await citizen.get<Lookup>(`/accounts/${account.id}/lookup`)
  return body.outcome === 'bill' ? body.bills : []
}

export const billChecks: readonly Check[] = [
  {
    title: 'Looking for an account binds nothing; binding it at once and again is one account',
    profile: 'bills',
    musts: ['match-binds-nothing', 'binding-once', 'unbinding-undone', 'own-accounts'],
    async run(look) {
      const { see } = look
      const number = await numberOf(look, 'one-due')
      const [citizen, other] = [await look.stranger(), await look.stranger()]
      const match = await matchOf(citizen, number)
      see('match-binds-nothing', match.body.outcome === 'matched', 'the masked holder', match)
      const before = await citizen.get<AccountPage>('/accounts')
      see('match-binds-nothing', before.body.items?.length === 0, 'no account bound by looking', before)

      const bound = await Promise.all(Array.from({ length: 4 }, () => bind(citizen, number)))
      const ids = new Set(bound.map(({ body }) => body?.id))
      see(
        'binding-once',
        ids.size === 1,
        'one account, bound by four calls at once',
        bound[0] ?? null,
        [...ids].join(', '),
      )
      const account = bound[0]?.body
      if (account?.id === undefined) return
      const list = await citizen.get<AccountPage>('/accounts')
      see('binding-once', list.body.items?.length === 1, 'it stands in the list once', list)

      const theirs = await other.get(`/accounts/${account.id}`)
      see('own-accounts', theirs.status === 404, '404 for another citizen', theirs)
      const taken = await other.send(`/accounts/${account.id}`, undefined, newKey(), 'DELETE')
      see('own-accounts', taken.status === 404, '404 for another citizen who unbinds it', taken)

      const removed = await citizen.send<AccountRemoval>(`/accounts/${account.id}`, undefined, newKey(), 'DELETE')
      see('unbinding-undone', removed.status === 200, 'until when it can be undone', removed)
      const without = await citizen.get<AccountPage>('/accounts')
      see('unbinding-undone', without.body.items?.length === 0, 'it is gone from the list', without)
      const back = await citizen.send<Account>(`/accounts/${account.id}/restoration`)
      see('unbinding-undone', back.status === 200 && back.body.id === account.id, 'the same account again', back)
    },
  },
  {
    title: 'A list may be old and says so; one bill is as its biller has it',
    profile: 'bills',
    musts: ['eventual-lists', 'strong-bills', 'lookups'],
    async run(look) {
      const { see } = look
      const citizen = await look.citizen('reader')
      const due = await bind(citizen, await numberOf(look, 'one-due'))
      const bills = await billsDue(citizen, due.body)
      see('lookups', bills.length > 0, 'the bill that the test stage says is due', due, `${bills.length} bills`)
      const clear = await bind(citizen, await numberOf(look, 'nothing-due'))
      const looked = await citizen.get<Lookup>(`/accounts/${clear.body.id}/lookup`)
      see('lookups', looked.body.outcome === 'nothing-due', 'nothing-due, where nothing is due', looked)
      const list = await citizen.get<BillPage>('/bills')
      see('eventual-lists', list.body.consistency === 'eventual', 'consistency: eventual', list)
      const [first] = bills
      if (!first) return
      const one = await citizen.get<Bill>(`/bills/${first.id}`)
      see(
        'strong-bills',
        one.status === 200 && one.body.amountFen === first.amountFen,
        'the amount of the look-up',
        one,
      )
    },
  },
]
