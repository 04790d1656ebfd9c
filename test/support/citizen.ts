import type {
  Account,
  AccountMatch,
  Bill,
  Lookup,
  Payment,
  PaymentRequest,
  PaymentStart,
  Session,
  SessionRequest,
} from '../../contract/wire/types.gen'
import { ask, newKey, type Reply } from './booking'

export type TestCitizen = Awaited<ReturnType<typeof signIn>>

/** A citizen with a session in one city, over real HTTP. `who` is the same citizen each time; a host's code is that of its sign-in. */
export async function signIn(base: string, who: string, host: SessionRequest['host'] = 'preview') {
  const session = await ask<Session>(base, {
    method: 'POST',
    path: '/sessions',
    body: { host, code: host === 'preview' ? `preview-${who}` : who },
  })
  const { token } = session.body
  const get = <Body>(path: string, language?: string): Promise<Reply<Body>> =>
    ask<Body>(base, { path, token, ...(language === undefined ? {} : { language }) })
  const send = <Body>(path: string, body?: unknown, key = newKey(), method = 'POST'): Promise<Reply<Body>> =>
    ask<Body>(base, { method, path, token, key, ...(body === undefined ? {} : { body }) })

  return { ...session.body, base, ...citizenOver(get, send) }
}

/** What a citizen does, over whatever carries the calls. */
export function citizenOver(
  get: <Body>(path: string, language?: string) => Promise<Reply<Body>>,
  send: <Body>(path: string, body?: unknown, key?: string, method?: string) => Promise<Reply<Body>>,
) {
  const match = (billerId: string, number: string) => send<AccountMatch>('/account-matches', { billerId, number })

  async function bind(billerId: string, number: string): Promise<Account> {
    const matched = await match(billerId, number)
    if (matched.body.outcome !== 'matched') throw new Error(`${number}: ${JSON.stringify(matched.body)}`)
    return (await send<Account>('/accounts', { matchId: matched.body.matchId, relation: 'mine' })).body
  }

  /** Binds an account and gives the bills that can be settled. */
  async function billsOf(billerId: string, number: string): Promise<Bill[]> {
    const account = await bind(billerId, number)
    const { body } = await get<Lookup>(`/accounts/${account.id}/lookup`)
    return body.outcome === 'bill' ? body.bills : []
  }

  const pay = (bills: Bill[], more: Partial<PaymentRequest> = {}, key = newKey()) =>
    send<PaymentStart>('/payments', paymentOf(bills, more), key)

  const payment = async (id: string): Promise<Payment> => (await get<Payment>(`/payments/${id}`)).body

  return { get, send, match, bind, billsOf, pay, payment }
}

const paymentOf = (bills: Bill[], more: Partial<PaymentRequest> = {}): PaymentRequest => ({
  cityId: bills[0]?.cityId ?? '330100',
  bills: bills.map(({ id, version }) => ({ billId: id, version })),
  totalFen: bills.reduce((sum, bill) => sum + bill.amountFen, 0),
  cashier: 'till',
  ...more,
})

/** Numbers of the seed: Hangzhou's electricity, by what their bills are like. */
export const electricity = {
  oneDue: '3301001234565',
  overdue: '3301002000015',
  severalDue: '3301002000023',
  nothingDue: '3301002000031',
  huge: '3301002000049',
  silent: '3301002000056',
  vanished: '3301002000064',
  paidElsewhere: '3301002000072',
  fresh: '3301002000080',
}
