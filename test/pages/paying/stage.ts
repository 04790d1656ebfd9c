import { act, waitFor } from '@testing-library/react'
import type { Account, AccountRelation } from '@/domain/account'
import type { Bill } from '@/domain/bill'
import { asId, type BillerId } from '@/domain/ids'
import type { Payment, PaymentState } from '@/domain/payment'
import { services } from '@/services'
import { stores } from '@/stores'
import type { TestSandbox } from '../../support/sandbox'
import { city, newCitizen } from '../stage'

/** Money pages against a sandbox city, over HTTP, with the app's own services, stores and preview host. */

/** Accounts of Hangzhou's by what is due on them, from the sandbox's seed. */
export const numbers = {
  oneDue: ['hz-electricity', '3301001234565'],
  overdue: ['hz-electricity', '3301002000015'],
  severalDue: ['hz-electricity', '3301002000023'],
  nothingDue: ['hz-electricity', '3301002000031'],
  silent: ['hz-electricity', '3301002000056'],
  vanished: ['hz-electricity', '3301002000064'],
  water: ['hz-water', '86001234'],
  fineNotPayable: ['hz-fine', '330106190012346'],
} as const
export type Known = keyof typeof numbers

/** A city as on its first day, and somebody whom it has not seen, on a phone that keeps nothing. */
export async function newDay(sandbox: TestSandbox): Promise<void> {
  await sandbox.control('POST', '/reset', { set: '2026-11-23T10:05:00+08:00' })
  for (const frame of document.querySelectorAll('iframe')) frame.remove()
  stores.journal.setState({ intents: [] })
  await newCitizen()
  stores.city.setState({ city })
  // jsdom speaks English, and so would the city.
  stores.settings.getState().change({ language: 'zh-CN' })
}

export async function bindAccount(known: Known, relation: AccountRelation = 'mine'): Promise<Account> {
  const [biller, number] = numbers[known]
  const match = await services.accounts.match(city, asId<BillerId>(biller), number)
  if (match.outcome !== 'matched') throw new Error(`${known}: ${match.outcome}`)
  return services.accounts.bind(city, { matchId: match.matchId, relation }, services.newIdempotencyKey())
}

/** The bills that this citizen may pay on a newly bound account. */
export async function billsDue(known: Known, relation?: AccountRelation): Promise<[Bill, ...Bill[]]> {
  const account = await bindAccount(known, relation)
  const lookup = await services.bills.lookUp(city, account.id)
  const [first, ...others] = lookup.outcome === 'bill' ? lookup.bills : []
  if (!first) throw new Error(`${known}: ${lookup.outcome}`)
  return [first, ...others]
}

export async function createPayment(...bills: Bill[]): Promise<Payment> {
  const start = await services.payments.create(
    city,
    {
      bills: bills.map(({ id, version }) => ({ billId: id, version })),
      totalFen: bills.reduce((sum, bill) => sum + bill.amountFen, 0),
    },
    services.newIdempotencyKey(),
  )
  return start.payment
}

/** Waits until the city has a payment in this state. */
export async function becomes(payment: Payment, state: PaymentState): Promise<void> {
  const now = async () => (await services.payments.get(city, payment.id)).state
  await waitFor(async () => expect(await now()).toBe(state), { timeout: 20_000 })
}

/** Money leaves the wallet and reaches the biller. */
export async function settle(sandbox: TestSandbox, payment: Payment): Promise<void> {
  await sandbox.control('POST', '/pay', { paymentId: payment.id })
  // The vendor notifies the city in its own time.
  await waitFor(async () => expect((await services.payments.get(city, payment.id)).paidAt).toBeDefined(), {
    timeout: 20_000,
  })
  await sandbox.control('POST', '/credit', { paymentId: payment.id })
  await becomes(payment, 'credited')
}

export const payments = async () => (await services.payments.list(city)).items

/** What the phone has stored of its intents to pay: what would be left if the app were killed now. */
export function storedJournal(): { paymentId?: string; cashier?: string; key: string }[] {
  const text = window.localStorage.getItem('city-services:journal')
  return text === null ? [] : JSON.parse(text).value
}

const tillFrame = () => waitFor(() => found(document.querySelector('iframe')), { timeout: 20_000 })

function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('it is not there')
  return value
}

/** The cashier over the page. It moves money at the vendor and then reports a result to the phone, which may be untrue. */
export const till = {
  open: tillFrame,
  isOpen: () => document.querySelector('iframe') !== null,
  async act(sandbox: TestSandbox, act: string): Promise<void> {
    const frame = await tillFrame()
    const [, paymentId] = found(/\/till\/([^/?]+)/.exec(frame.src))
    const result = await sandbox.control('POST', '/pay', { paymentId, act })
    await act_(() => report(frame, result))
  },
}

const act_ = async (work: () => void) => {
  await act(async () => work())
}

function report(frame: HTMLIFrameElement, data: unknown) {
  const { origin } = new URL(frame.src)
  window.dispatchEvent(new MessageEvent('message', { source: found(frame.contentWindow), origin, data }))
}
