import { withCheckDigit } from '../../city/billing/check-digit'
import { lookAtMandates } from '../../city/mandates/due'
import { sendMessages } from '../../city/messages/send'
import { sweepPayments } from '../../city/payments/due'
import type { Service } from '../../city/service'
import type { Account, Mandate, MandateList, MandateStart } from '../../contract/wire/types.gen'
import { cities } from '../../sandbox/seed/cities'
import { own } from '../../sandbox/tables'
import type { World } from '../../sandbox/world'
import { citizenOver, signIn } from './citizen'
import { directCalls } from './direct-calls'

export const cityId = '330100'
const billerId = 'hz-electricity'
let homes = 0

export type BookedBill = { id: string; amountFen: number; dueOn?: string | null }

/** Writes an account into the biller's books, with bills that are due in four weeks unless they say otherwise. */
export async function newHome({ database }: World, bills: readonly Omit<BookedBill, 'id'>[]) {
  homes += 1
  const home = homes
  const rule = cities.find(({ id }) => id === cityId)?.billers.find(({ id }) => id === billerId)?.account
  if (rule === undefined) throw new Error(billerId)
  const length = rule.maxLength - (rule.checkDigit === 'none' ? 0 : 1)
  const number = withCheckDigit(rule, `8${String(home).padStart(length - 1, '0')}`)
  const address = JSON.stringify({ zh: '西湖区文三路20号', en: '20 Wensan Road, Xihu' })
  const account = { city_id: cityId, biller_id: billerId, number }
  await own(database.db)
    .insertInto('book_accounts')
    .values({ ...account, holder: '王建国', address })
    .execute()
  const booked = bills.map((bill, at) => ({ ...bill, id: `b-home-${home}-${at}` }))
  for (const bill of booked) await bookBill(database, number, bill)
  return { billerId, number, bills: booked }
}

/** The biller writes a bill. */
export const bookBill = (
  { db }: World['database'],
  number: string,
  { id, amountFen, dueOn = '2026-12-20' }: BookedBill,
): Promise<unknown> =>
  own(db)
    .insertInto('book_bills')
    .values({
      id,
      city_id: cityId,
      biller_id: billerId,
      number,
      kind: 'electricity',
      title: JSON.stringify({ zh: '电费', en: 'Electricity' }),
      lines: JSON.stringify([]),
      amount_fen: amountFen,
      issued_on: '2026-11-01',
      due_on: dueOn,
    })
    .execute()

/** A citizen with an account in a city that is inside the test; `direct`: whose calls take no network. */
export async function payerAt(
  world: World,
  who: string,
  home: { billerId: string; number: string },
  { direct = false } = {},
) {
  const base = `${world.address}/${cityId}`
  let citizen = await signIn(base, who)
  const { citizenId } = citizen
  const { get: getAtOnce, send: sendAtOnce } = directCalls(world, cityId, citizenId)
  const atOnce = citizenOver(getAtOnce, sendAtOnce)
  // Days go by, and sessions end.
  const now = async () => {
    if (direct) return atOnce
    if (Date.parse(citizen.expiresAt) <= world.clock.now().getTime()) citizen = await signIn(base, who)
    return citizen
  }
  const account: Account = await (await now()).bind(home.billerId, home.number)
  const get: typeof citizen.get = async (...call) => (await now()).get(...call)
  const send: typeof citizen.send = async (...call) => (await now()).send(...call)
  const pay: typeof citizen.pay = async (...call) => (await now()).pay(...call)
  const list = async () => (await get<MandateList>(`/accounts/${account.id}/mandates`)).body
  const begin = (body: object) => send<MandateStart>(`/accounts/${account.id}/mandates`, body)
  return {
    citizenId,
    get,
    send,
    pay,
    account,
    list,
    begin,
    /** Begun in the app, signed at the host, in force. */
    async autoPay(ceilingFen = 30_000, endsOn = '2027-11-30'): Promise<Mandate> {
      const { mandate } = (await begin({ kind: 'auto-pay', cashier: 'till', ceilingFen, endsOn })).body
      await signAtHost(world, mandate.id, 'active')
      const found = (await list()).items.find(({ id }) => id === mandate.id)
      if (found?.state !== 'active') throw new Error(`not in force: ${JSON.stringify(found)}`)
      return found
    },
    change: (id: string, body: object) => send<Mandate>(`/mandates/${id}`, body, undefined, 'PUT'),
    end: (id: string) => send<Mandate>(`/mandates/${id}`, undefined, undefined, 'DELETE'),
    billOf: async (mandateId: string, billId: string) =>
      (await list()).items.find(({ id }) => id === mandateId)?.bills.find((bill) => bill.billId === billId),
  }
}

/** What the citizen does at the host, in the sandbox's books. */
export async function signAtHost({ database, vendors }: World, mandateId: string, state: 'active' | 'ended') {
  const { reference, cashier } = await database.db
    .selectFrom('mandates')
    .select(['reference', 'cashier'])
    .where('id', '=', mandateId)
    .executeTakeFirstOrThrow()
  if (reference === null || cashier === null) throw new Error('nothing to sign')
  await vendors.settleAgreement(cashier, reference, state)
}

/** What is due of permissions, in one instance. */
export async function lookOnce(service: Service): Promise<void> {
  await sweepPayments(service)
  await lookAtMandates(service)
  await sendMessages(service)
}

/** Days go by, by hours, and what is due happens. */
export async function daysPass(world: World, days: number, service: Service = world): Promise<void> {
  for (let hours = 0; hours < days * 24; hours += 6) {
    world.clock.advance(6 * 3600)
    await lookOnce(service)
  }
}
