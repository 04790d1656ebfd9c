import { draftOf } from '@/domain/checkout'
import type { BillId, PaymentId } from '@/domain/ids'
import type { FaultName } from '../../sandbox/faults'
import { type Host, rowsOf } from '../model/payments/cashier'
import { type ModelCity, openCity } from '../model/payments/city'
import type { Attempt, Phone } from '../model/payments/phone'
import { begin, heal } from '../model/payments/sequence'
import { readTruth } from '../model/payments/truth'

/** A city and its households for the rows of "what may go wrong" about money. */

jest.setTimeout(60_000)

let opened: ModelCity | null = null
beforeAll(async () => {
  opened = await openCity(0)
}, 100_000)
afterAll(() => opened?.close())

export const city = (): ModelCity => {
  if (!opened) throw new Error('the city is not open')
  return opened
}

export const hosts = ['wechat', 'alipay'] as const
export const fault = (name: FaultName, more: { operationId?: string; times?: number } = {}, on = true) =>
  city().sandbox.world.faults.set({ name, ...more }, on)

const rowOf = (host: Host, name: string): number => {
  const at = rowsOf[host].findIndex((row) => row.name === name)
  if (at < 0) throw new Error(`${host} never says ${name}`)
  return at
}
export const done = { wechat: 'requestPayment:ok', alipay: '9000' } as const
export const left = { wechat: 'requestPayment:fail cancel', alipay: '6001' } as const
export const notClear = {
  wechat: ['a detail', 'new', 'nothing'],
  alipay: ['8000', '6002', '6004', '99', '6005'],
} as const

export const attempt = (
  host: Host,
  name: string,
  moves: Attempt['moves'] = 'nothing',
  more: Partial<Attempt> = {},
): Attempt => ({
  moves,
  row: rowOf(host, name),
  isDoubleTap: false,
  agrees: true,
  ...more,
})

/** A household that owes two bills, one more and a meter; `ends` lets every story end and holds all promises against it. */
export async function home(host: Host = 'wechat') {
  const real = await begin(city(), host, new Map())
  const [first, second, spouse] = real.phones
  const [bill, parts, other, meter] = real.household.billIds
  if (!first || !second || !spouse || !bill || !parts || !other || !meter) throw new Error('nobody is at home')
  for (const phone of [first, second, spouse]) await phone.bind()
  const payments = async () => [...(await readTruth(city(), real.household.billIds)).payments.values()]
  /** The vendor takes money for a payment that it has closed. */
  const payAgainstTheRules = (reference = '') => {
    real.forced.add(reference)
    return city().pay(reference, { force: true })
  }
  const ends = () => heal(real)
  const { household } = real
  return { first, second, spouse, bill, parts, other, meter, payments, payAgainstTheRules, ends, household }
}

export const only = (phone: Phone): PaymentId => {
  const [id, ...more] = phone.known
  if (id === undefined || more.length > 0) throw new Error(`${phone.known.size} payments`)
  return id
}

/** What this phone's checkout of these bills would ask the citizen to agree to. */
export async function draftFor(phone: Phone, ...bills: BillId[]) {
  const selection = bills.map((bill) => ({ bill }))
  return draftOf(city().id, await phone.app.paying.readBills(city().id, selection))
}
