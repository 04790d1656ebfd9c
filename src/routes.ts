import type { BillSelection } from '@/domain/checkout'
import { mostBills } from '@/domain/choice'
import type {
  AccountId,
  DataUseId,
  GrantId,
  HallId,
  HoldId,
  ItemId,
  PaymentId,
  ReceiptId,
  ReportId,
  TicketId,
  WaitlistId,
} from '@/domain/ids'
import { type AppointmentId, type BillerId, type BillId, type CityId, readCityId, readId } from '@/domain/ids'
import { readInvitationCode } from '@/domain/invitation-code'
import { type VerifiedLevel, verifiable } from '@/domain/level'
import { type LifeEvent, readLifeEvent } from '@/domain/life-event'
import { isFen } from '@/domain/money'
import { readReceiptText } from '@/domain/receipt'
import type { Listed } from '@/domain/unlisted'

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

const link = (page: string, params: Record<string, string | undefined> = {}): string =>
  `/pages/${page}/index${query(params)}`

export const tabs = {
  home: link('home'),
  bills: link('bills'),
  appointments: link('appointments'),
  me: link('me'),
} as const

/**
 * A line for each page that is no tab, with the folder it is in. `app.config.ts` makes the host's list of pages from these
 * lines, in this order: each first folder is a sub-package.
 */
export const routes = {
  problem: (requestId?: string) => link('problem', { requestId }),

  bind: (to: { city: CityId; biller?: BillerId | undefined }) => link('billing/bind', to),
  account: (to: { city: CityId; account: AccountId }) => link('billing/account', to),
  bill: (to: { city: CityId; bill: BillId }) => link('billing/bill', to),
  billList: (to: { city: CityId; account?: AccountId | undefined }) => link('billing/list', to),
  chooseBills: (to: { city: CityId }) => link('billing/choose', to),

  /** Pays what is found by a number, without binding. `bill` of it, and what of a payment may be kept. */
  findBill: (to: { city: CityId; biller?: BillerId | undefined }) => link('billing/find', to),
  foundBill: (to: { city: CityId; bill: BillId }) => link('billing/found', to),
  keepFound: (to: { city: CityId; payment: PaymentId }) => link('billing/keep', to),

  /** How the bills of an account are paid from now on. */
  mandate: (to: { city: CityId; account: AccountId }) => link('mandate', to),

  /** One bill, or several under one cashier: `bills=b1,b2:5000` is all of b1 and 50 yuan of b2. */
  checkout: (to: { city: CityId } & ({ bill: BillId } | { bills: readonly BillSelection[] })) =>
    link('paying/checkout', 'bills' in to ? { city: to.city, bills: writeSelection(to.bills) } : to),
  payment: (to: { city: CityId; payment: PaymentId }) => link('paying/payment', to),
  payments: (to: { city: CityId }) => link('paying/payments', to),
  /** What the law gives for a payment: invoices, fiscal receipts, tax certificates. */
  papers: (to: { city: CityId; payment: PaymentId }) => link('papers', to),
  receipt: (to: { city: CityId; receipt: ReceiptId }) => link('paying/receipt', to),
  /** `code`: the text of a receipt's QR code, which is public to whoever is shown it. */
  verify: (to: { code?: string | undefined } = {}) => link('verify', to),

  /** Services, items and halls, searched; with `event` the items that belong to it. */
  find: (to: { city: CityId; event?: Listed<LifeEvent> | undefined }) => link('finding/services', to),
  favourites: (to: { city: CityId }) => link('finding/favourites', to),
  items: (to: { city: CityId; hall?: HallId | undefined }) => link('booking/items', to),
  halls: (to: { city: CityId; item?: ItemId | undefined }) => link('booking/halls', to),
  slots: (to: { city: CityId; hall: HallId; item: ItemId; appointment?: AppointmentId | undefined }) =>
    link('booking/slots', to),
  /** `entry` of the waitlist: the place was found for somebody who waits, and stays theirs when they leave the page. */
  confirm: (to: { city: CityId; hold: HoldId; entry?: WaitlistId | undefined }) => link('booking/confirm', to),
  appointment: (to: { city: CityId; appointment: AppointmentId }) => link('booking/appointment', to),

  tickets: (to: { city: CityId }) => link('tickets/list', to),
  takeTicket: (to: { city: CityId; hall: HallId }) => link('tickets/take', to),
  ticket: (to: { city: CityId; ticket: TicketId }) => link('tickets/ticket', to),

  report: (to: { city: CityId } & ({ payment: PaymentId } | { appointment: AppointmentId } | { use: DataUseId })) =>
    link('report/form', to),
  reports: (to: { city: CityId }) => link('report/list', to),
  sentReport: (to: { city: CityId; report: ReportId }) => link('report/detail', to),

  messages: (to: { city: CityId }) => link('messages/list', to),
  /** What the host may show of them. */
  messageGrants: (to: { city: CityId }) => link('messages/grants', to),

  consents: (to: { city: CityId }) => link('data/consents', to),
  dataUses: (to: { city: CityId }) => link('data/uses', to),
  dataCopy: (to: { city: CityId }) => link('data/copy', to),
  erasure: (to: { city: CityId }) => link('data/erasure', to),
  phoneData: () => link('data/phone'),

  family: (to: { city: CityId }) => link('family/list', to),
  inviteFamily: (to: { city: CityId }) => link('family/invite', to),
  /** `invitation`: the code of one, which nothing is done with before who opens it is verified and says yes. */
  acceptFamily: (to: { city: CityId; invitation?: string | undefined }) => link('family/accept', to),
  grant: (to: { city: CityId; grant: GrantId }) => link('family/grant', to),
  /** Bills and visits of all for whom one may act. */
  familyThings: (to: { city: CityId }) => link('family/things', to),

  visitors: (to: { city: CityId }) => link('booking/visitors', to),
  /** Verifies who the citizen is, with the host; `hall` is where it can be done without. */
  identity: (to: { city: CityId; level: VerifiedLevel; hall?: HallId | undefined }) => link('identity', to),

  cities: () => link('cities'),

  display: () => link('settings/display'),
  about: () => link('settings/about'),
  privacy: () => link('settings/privacy'),
}

/** Pages of paying, which nothing that was scanned may replace. */
export const moneyPages = { checkout: link('paying/checkout'), payment: link('paying/payment') } as const

/** Neither sign can be in an id. */
const writeSelection = (bills: readonly BillSelection[]): string =>
  bills.map(({ bill, amountFen }) => (amountFen === undefined ? bill : `${bill}:${amountFen}`)).join(',')

/** One to twenty bills, none twice, amounts in whole fen above nought; null for anything else. */
const readSelection = (text: string): readonly BillSelection[] | null => {
  const selection: BillSelection[] = []
  for (const part of text.split(',')) {
    const [id, amount, ...rest] = part.split(':')
    const bill = readId<BillId>(id)
    const amountFen = amount === undefined ? undefined : Number(/^[1-9]\d*$/.test(amount) ? amount : Number.NaN)
    const isAmount = amountFen === undefined || isFen(amountFen)
    if (!bill || !isAmount || rest.length > 0 || selection.some((other) => other.bill === bill)) return null
    selection.push(amountFen === undefined ? { bill } : { bill, amountFen })
  }
  return selection.length <= mostBills ? selection : null
}

/** How each parameter of a link is read; null means: not a value that this app ever wrote. */
const readers = {
  city: readCityId,
  biller: (text: unknown) => readId<BillerId>(text),
  account: (text: unknown) => readId<AccountId>(text),
  bill: (text: unknown) => readId<BillId>(text),
  bills: readSelection,
  payment: (text: unknown) => readId<PaymentId>(text),
  receipt: (text: unknown) => readId<ReceiptId>(text),
  code: readReceiptText,
  hall: (text: unknown) => readId<HallId>(text),
  item: (text: unknown) => readId<ItemId>(text),
  hold: (text: unknown) => readId<HoldId>(text),
  appointment: (text: unknown) => readId<AppointmentId>(text),
  report: (text: unknown) => readId<ReportId>(text),
  ticket: (text: unknown) => readId<TicketId>(text),
  entry: (text: unknown) => readId<WaitlistId>(text),
  level: (text: unknown) => verifiable(text),
  use: (text: unknown) => readId<DataUseId>(text),
  event: readLifeEvent,
  grant: (text: unknown) => readId<GrantId>(text),
  invitation: readInvitationCode,
}
type Readers = typeof readers
type Name = keyof Readers
type Value<N extends Name> = NonNullable<ReturnType<Readers[N]>>

/**
 * Reads what a page needs out of its link. An id goes from here through `page()` (parts/page.tsx) to the page's `use-<page>.ts`.
 * A bill's goes on: bill/use-bill.ts, `routes.checkout`, `readCheckout`, checkout/checkout-store.ts,
 * parts/create-paying.ts with `requestOf` (domain/checkout.ts), services/payments.ts.
 *
 * Null when a required id is missing or any id is malformed: the page then shows
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
): { city: CityId; bills: readonly BillSelection[] } | null {
  const link = readLink(params, ['city'], ['bill', 'bills'])
  if (!link || (link.bill === undefined) === (link.bills === undefined)) return null
  return { city: link.city, bills: link.bills ?? (link.bill ? [{ bill: link.bill }] : []) }
}

/** A payment, an appointment or a use of data that something is to be reported of. */
export type ReportLink = {
  readonly city: CityId
  readonly about:
    | { readonly kind: 'payment'; readonly id: PaymentId }
    | { readonly kind: 'appointment'; readonly id: AppointmentId }
    | { readonly kind: 'data-use'; readonly id: DataUseId }
}

/** What a report is to be about: `payment`, `appointment` or `use`, exactly one of them. */
export function readReport(params: Readonly<Record<string, unknown>> | undefined): ReportLink | null {
  const { city, payment, appointment, use } = readLink(params, ['city'], ['payment', 'appointment', 'use']) ?? {}
  if (!city || [payment, appointment, use].filter(Boolean).length !== 1) return null
  if (payment) return { city, about: { kind: 'payment', id: payment } }
  if (appointment) return { city, about: { kind: 'appointment', id: appointment } }
  return use ? { city, about: { kind: 'data-use', id: use } } : null
}

/** What the host was opened with, read: the page to open (null: home of the city). */
export interface Entry {
  readonly city: CityId
  readonly url: string | null
}

/** Ids that a code may carry. */
type EntryName = 'city' | 'hall' | 'item' | 'biller' | 'bill' | 'payment' | 'appointment'

/**
 * The pages that a printed code, an ordinary link or a share card may name: by the letter in a code, and what their links
 * must and may hold. Whose bill or appointment it is, the city decides.
 */
const entries: readonly (readonly [
  letter: string,
  page: string,
  needs: readonly EntryName[],
  may?: readonly EntryName[],
])[] = [
  ['h', 'booking/items', ['city'], ['hall']],
  ['i', 'booking/halls', ['city'], ['item']],
  ['', 'booking/slots', ['city', 'hall', 'item']],
  ['a', 'billing/bind', ['city'], ['biller']],
  ['b', 'billing/bill', ['city', 'bill']],
  ['p', 'paying/payment', ['city', 'payment']],
  ['v', 'booking/appointment', ['city', 'appointment']],
]

/** As WeChat prints it at most. */
const longestScene = 32
const longestText = 2_000

/**
 * Reads how the app was opened, on every host and in every wrapping, encoded once or twice:
 * - `scene` of a printed program code: `330100`, or `330100.h.<hall>` with the letter of a page above and its id
 * - `q` (WeChat) and `qrCode` (Alipay), an ordinary link: one that carries `scene`, ends with such a code, or is the link of a
 *   page: `https://…/pages/booking/items/index?city=330100&hall=…`
 *
 * Null when there is nothing of the kind; `bad` for anything that this app does not know. Nothing of the text itself is used:
 * the link is written again from ids that were read.
 */
export function readEntry(query: Readonly<Record<string, unknown>> | undefined): Entry | 'bad' | null {
  const [scene, link] = [query?.scene, query?.q || query?.qrCode].map(textOf)
  if (scene) return readScene(scene) ?? 'bad'
  if (link) return (link.length <= longestText && readOrdinaryLink(link)) || 'bad'
  return scene === null || link === null ? 'bad' : null
}

function readScene(text: string): Entry | null {
  const [, city, letter, id] = /^(\d{6})(?:\.([a-z])\.([\w.-]+))?$/.exec(text) ?? []
  if (!city || text.length > longestScene) return null
  if (!letter || !id) return { city: city as CityId, url: null }
  const entry = entries.find(([other]) => other === letter)
  const name = entry && (entry[3] ?? entry[2].slice(1))[0]
  return entry && name ? readPage(entry[1], { city, [name]: id }) : null
}

function readOrdinaryLink(text: string): Entry | null {
  const [, path = '', search = ''] = /^https?:\/\/[\w.:-]+(\/[^?#]*)?(?:\?([^#]*))?(?:#.*)?$/.exec(text) ?? []
  const params: Record<string, unknown> = {}
  for (const pair of search.split('&')) params[pair.split('=')[0] ?? ''] = pair.slice(pair.indexOf('=') + 1)
  const scene = textOf(params.scene)
  if (scene) return readScene(scene)
  const page = /\/pages\/([a-z]+\/[a-z]+)\/index$/.exec(path)?.[1]
  return page ? readPage(page, params) : readScene(path.slice(path.lastIndexOf('/') + 1))
}

function readPage(page: string, params: Readonly<Record<string, unknown>>): Entry | null {
  const entry = entries.find(([, other]) => other === page)
  const read = entry && readLink(params, entry[2], entry[3])
  return read ? { city: read.city, url: link(page, read) } : null
}

/** A parameter without its wrapping, which may be double; undefined when there is none, null when it is no text. */
function textOf(value: unknown): string | undefined | null {
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string') return null
  return decode(value)
}

/** Pages that are the same for everybody. A share of any other page, and of a link that holds more, leads home. */
const shared = ['booking/items', 'booking/halls', 'booking/slots', 'billing/bind']

/** The link that a share card carries: of the city only, never of a person. `city` is the chosen one. */
export function shareLink(path: string, params: Readonly<Record<string, unknown>>, city: CityId | null): string {
  const page = shared.find((page) => path === link(page))
  const url = page && !params.appointment && readPage(page, params)?.url
  return url || `${tabs.home}${query({ scene: city ?? undefined })}`
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
