import type { AccountId, HallId, HoldId, ItemId, PaymentId, ReceiptId, WaitlistId } from '@/domain/ids'
import { type AppointmentId, type BillerId, type BillId, type CityId, readCityId, readId } from '@/domain/ids'
import { type Fen, isFen } from '@/domain/money'

/**
 * Every address in the app, made and read in one place: journeys meet here and nowhere else.
 * Links carry ids only, each with its city. Whatever comes in through one is unchecked until a `read…` below has read it.
 */

const query = (params: Record<string, string | undefined>): string => {
  const parts = Object.keys(params).flatMap((key) => {
    const value = params[key]
    return value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`]
  })
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}

/** A bill to pay and, for a part or a top-up, how much of it. Without an amount: all that is left. */
export type Wanted = { readonly bill: BillId; readonly amountFen?: Fen | undefined }

/** As many bills as one payment may hold. */
export const mostBills = 20

export const tabs = {
  home: '/pages/home/index',
  bills: '/pages/bills/index',
  appointments: '/pages/appointments/index',
  me: '/pages/me/index',
} as const

export const routes = {
  cities: () => '/pages/cities/index',
  problem: (requestId?: string) => `/pages/problem/index${query({ requestId })}`,

  bind: (to: { city: CityId; biller?: BillerId | undefined }) => `/pages/billing/bind/index${query(to)}`,
  account: (to: { city: CityId; account: AccountId }) => `/pages/billing/account/index${query(to)}`,
  bill: (to: { city: CityId; bill: BillId }) => `/pages/billing/bill/index${query(to)}`,

  billList: (to: { city: CityId; account?: AccountId | undefined }) => `/pages/billing/list/index${query(to)}`,
  chooseBills: (to: { city: CityId }) => `/pages/billing/choose/index${query(to)}`,

  /** One bill, or several under one cashier: `bills=b1,b2:5000` is all of b1 and 50 yuan of b2. */
  checkout: (to: { city: CityId } & ({ bill: BillId } | { bills: readonly Wanted[] })) =>
    `/pages/paying/checkout/index${query('bills' in to ? { city: to.city, bills: writeWanted(to.bills) } : to)}`,
  payment: (to: { city: CityId; payment: PaymentId }) => `/pages/paying/payment/index${query(to)}`,
  payments: (to: { city: CityId }) => `/pages/paying/payments/index${query(to)}`,
  receipt: (to: { city: CityId; receipt: ReceiptId }) => `/pages/paying/receipt/index${query(to)}`,
  report: (to: { city: CityId; payment: PaymentId }) => `/pages/paying/report/index${query(to)}`,

  items: (to: { city: CityId; hall?: HallId | undefined }) => `/pages/booking/items/index${query(to)}`,
  halls: (to: { city: CityId; item?: ItemId | undefined }) => `/pages/booking/halls/index${query(to)}`,
  slots: (to: { city: CityId; hall: HallId; item: ItemId; appointment?: AppointmentId | undefined }) =>
    `/pages/booking/slots/index${query(to)}`,
  /** `entry` of the waitlist: the place was found for somebody who waits, and stays theirs when they leave the page. */
  confirm: (to: { city: CityId; hold: HoldId; entry?: WaitlistId | undefined }) =>
    `/pages/booking/confirm/index${query(to)}`,
  appointment: (to: { city: CityId; appointment: AppointmentId }) => `/pages/booking/appointment/index${query(to)}`,
  complaint: (to: { city: CityId; appointment: AppointmentId }) => `/pages/booking/complaint/index${query(to)}`,

  settings: () => '/pages/settings/display/index',
  about: () => '/pages/settings/about/index',
  privacy: () => '/pages/settings/privacy/index',
}

/** Neither sign can be in an id. */
const writeWanted = (bills: readonly Wanted[]): string =>
  bills.map(({ bill, amountFen }) => (amountFen === undefined ? bill : `${bill}:${amountFen}`)).join(',')

/** One to twenty bills, none twice, amounts in whole fen above nought; null for anything else. */
const readWanted = (text: string): readonly Wanted[] | null => {
  const wanted: Wanted[] = []
  for (const part of text.split(',')) {
    const [id, amount, ...rest] = part.split(':')
    const bill = readId<BillId>(id)
    const amountFen = amount === undefined ? undefined : Number(/^[1-9]\d*$/.test(amount) ? amount : Number.NaN)
    const isAmount = amountFen === undefined || isFen(amountFen)
    if (!bill || !isAmount || rest.length > 0 || wanted.some((other) => other.bill === bill)) return null
    wanted.push(amountFen === undefined ? { bill } : { bill, amountFen })
  }
  return wanted.length <= mostBills ? wanted : null
}

/** How each parameter of a link is read; null means: not a value that this app ever wrote. */
const readers = {
  city: readCityId,
  biller: (text: unknown) => readId<BillerId>(text),
  account: (text: unknown) => readId<AccountId>(text),
  bill: (text: unknown) => readId<BillId>(text),
  bills: readWanted,
  payment: (text: unknown) => readId<PaymentId>(text),
  receipt: (text: unknown) => readId<ReceiptId>(text),
  hall: (text: unknown) => readId<HallId>(text),
  item: (text: unknown) => readId<ItemId>(text),
  hold: (text: unknown) => readId<HoldId>(text),
  appointment: (text: unknown) => readId<AppointmentId>(text),
  entry: (text: unknown) => readId<WaitlistId>(text),
}
type Readers = typeof readers
type Name = keyof Readers
type Value<N extends Name> = NonNullable<ReturnType<Readers[N]>>

/**
 * Reads what a page needs out of its link. Null when a required id is missing or any id is malformed: the page then shows
 * the bad-link screen with a way home.
 *
 *     const link = readLink(useRouter().params, ['city', 'bill'])
 */
export function readLink<Required extends Name, Optional extends Name = never>(
  params: Readonly<Record<string, unknown>> | undefined,
  required: readonly Required[],
  optional: readonly Optional[] = [],
): ({ [N in Required]: Value<N> } & { [N in Optional]?: Value<N> }) | null {
  const link: Record<string, Value<Name>> = {}
  for (const name of [...required, ...optional]) {
    const text = decode(params?.[name])
    if (text === undefined) {
      if ((required as readonly Name[]).includes(name)) return null
      continue
    }
    const value = readers[name](text)
    if (value === null) return null
    link[name] = value
  }
  return link as { [N in Required]: Value<N> } & { [N in Optional]?: Value<N> }
}

/** What the checkout is to be for: `bill` or `bills`, exactly one of them. */
export function readCheckout(
  params: Readonly<Record<string, unknown>> | undefined,
): { city: CityId; bills: readonly Wanted[] } | null {
  const link = readLink(params, ['city'], ['bill', 'bills'])
  if (!link || (link.bill === undefined) === (link.bills === undefined)) return null
  return { city: link.city, bills: link.bills ?? (link.bill ? [{ bill: link.bill }] : []) }
}

/** Some hosts hand parameters over still encoded, and printed links encode them twice. No id has a % of its own. */
function decode(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  let text = value
  try {
    for (let time = 0; time < 3 && text.indexOf('%') >= 0; time += 1) text = decodeURIComponent(text)
  } catch {
    // Left as it is: the reader refuses it.
  }
  return text
}
