import type { AccountRule } from './account'
import type { BillKind } from './bill-kind'
import type { DocumentKind } from './document'
import { minutesOf } from './hall'
import type { BillerId, CityId, NoticeId } from './ids'
import type { Level } from './level'
import type { Fen } from './money'
import { type Instant, isPast, shanghaiMinutes } from './time'
import type { Unlisted } from './unlisted'

/** What a city offers beyond the minimum. Pages test for the feature, never for the city. */
export type Feature =
  | 'accounts'
  | 'payments'
  | 'refunds'
  | 'receipts'
  | 'receipt-checks'
  | 'recalls'
  | 'papers'
  | 'appointments'
  | 'waitlist'
  | 'queue'
  | 'ratings'
  | 'reports'
  | 'verification'
  | 'mandates'
  | 'visitors'
  | 'consents'
  | 'data-uses'
  | 'favourites'
  | 'tickets'
  | 'messages'
  | 'findings'
  | 'family'
  | Unlisted

export type Notice = {
  id: NoticeId
  level: 'news' | 'warning' | 'outage' | Unlisted
  title: string
  text?: string | undefined
  /** Hidden from then on. */
  until?: Instant | undefined
}

/** `HH:mm` to `HH:mm` in Shanghai, every day; `to` earlier than `from` runs over midnight. */
export type DailyWindow = { from: string; to: string }

/** Who is paid (缴费单位). */
export type Biller = {
  id: BillerId
  kind: BillKind
  name: string
  phone: string
  account: AccountRule
  /** The promise from paid to credited. */
  creditedWithinMinutes: number
  /** For when it does not respond. */
  asleep?: DailyWindow | undefined
  paying?: PayingRule | undefined
  /** How a bill of it is found without binding an account; absent where it cannot be. */
  finding?: FindingRule | undefined
}

/** How a bill is found without binding (免绑定缴费): by what number, and what has to be named beside it. */
export type FindingRule = {
  by: 'account' | 'decision' | 'voucher' | Unlisted
  proof?: ProofRule | undefined
}

/** `name`: the whole name of whom it is for; `ending`: the last `length` characters of another number. */
export type ProofRule = {
  kind: 'name' | 'ending' | Unlisted
  label: string
  hint?: string | undefined
  length?: number | undefined
}

/** Fee and limits of a payment to a biller. The fee is charged once per payment, on top of its bills. */
export type PayingRule = {
  feeFen?: Fen | undefined
  feeNote?: string | undefined
  /** The most bills of this biller in one payment. */
  maxFen?: Fen | undefined
}

/** The rules of booking, shown before the citizen acts. */
export type BookingRules = {
  holdSeconds: number
  daysAhead: number
  /** Cancelling later than this before the visit counts as a no-show. */
  cancelUntilMinutes: number
  /** No-shows a month before booking is blocked. */
  noShowLimit: number
  noShowBlockDays: number
  /** Appointments ahead at the same time. */
  activeLimit: number
  /** Required fields. With an unlisted one among them this version cannot book. */
  visitor: readonly ('name' | 'phone' | 'id-number' | Unlisted)[]
  /** With `id-number`: the documents that the city accepts; ID cards only when absent. */
  documentKinds?: readonly DocumentKind[] | undefined
  /** How many items one appointment may hold where the hall serves them all; 1 when absent. */
  itemsPerVisit?: number | undefined
  /** Moving an appointment later than `cancelUntilMinutes` before it counts as cancelling does. */
  lateMovesCount?: boolean | undefined
  /** How often the same time may be held without confirming it within `unusedHoldMinutes`. */
  unusedHoldLimit?: number | undefined
  unusedHoldMinutes?: number | undefined
  /** How long a slot is held for the first on the waitlist. */
  waitlistOfferMinutes?: number | undefined
  /** Who goes first in the hall, in the city's words. */
  queueRule?: string | undefined
  /** How far who books must be verified, whatever the item. */
  level?: Level | undefined
}

/** What a city offers; forms and the service grid are built from it. */
export type Manifest = {
  cityId: CityId
  name: string
  /** `read-only`: no payments, no bookings. */
  mode: 'open' | 'read-only' | Unlisted
  phone: string
  notices: readonly Notice[]
  billers: readonly Biller[]
  /** Absent where the city takes no bookings. */
  booking?: BookingRules | undefined
  features: readonly Feature[]
  promises: { refundWithinDays: number; answerWithinDays: number }
  /** Template ids for subscription messages, by host. */
  messages?: { wechat?: readonly string[] | undefined; alipay?: readonly string[] | undefined } | undefined
  /** Public keys (Ed25519, base64url) of what the city signs: the one of now, then those of before. */
  signingKeys?: readonly { id: string; publicKey: string }[] | undefined
  /** Who takes up a report that was not answered by the promise. */
  /** Hosts of files of papers, beside that of the city's own address. */
  paperHosts?: readonly string[] | undefined
  escalation?: { name: string; phone: string } | undefined
}

/** The government's line in every city of China. */
export const cityLine = '12345'

export const hasFeature = (manifest: Manifest, feature: Feature): boolean => manifest.features.includes(feature)

/** Whether bills of this kind may be paid under a standing permission. A fine and a tax come once, and each is read before it is paid. */
export const takesMandates = (manifest: Manifest, kind: BillKind): boolean =>
  hasFeature(manifest, 'mandates') && kind !== 'fine' && kind !== 'tax' && kind !== 'unlisted'

/** Whether the city takes payments and bookings now. True without a manifest: the city itself refuses. */
export const takesActions = (manifest: Manifest): boolean => manifest.mode !== 'read-only'

/** Whether payments can be made from here. */
export const takesPayments = (manifest: Manifest): boolean => takesActions(manifest) && hasFeature(manifest, 'payments')

export const billerOf = (manifest: Manifest, id: BillerId): Biller | null =>
  manifest.billers.find((biller) => biller.id === id) ?? null

const LEVEL: Record<Notice['level'], number> = { outage: 0, warning: 1, unlisted: 1, news: 2 }

/** The notices to show now: most severe first, otherwise in the city's order. */
export const currentNotices = (manifest: Manifest, serverNowMs: number): Notice[] =>
  manifest.notices
    .map((notice, index) => ({ notice, index }))
    .filter(({ notice }) => notice.until === undefined || !isPast(notice.until, serverNowMs))
    .sort((a, b) => LEVEL[a.notice.level] - LEVEL[b.notice.level] || a.index - b.index)
    .map(({ notice }) => notice)

/** Whether a daily window covers `nowMs`; one from a time to the same time covers nothing. */
const isWithin = (window: DailyWindow, serverNowMs: number): boolean => {
  const [from, to, now] = [minutesOf(window.from), minutesOf(window.to), shanghaiMinutes(serverNowMs)]
  return from <= to ? from <= now && now < to : now >= from || now < to
}

/** Whether the biller is closed now by the manifest. A lookup's own outcome overrules it. */
export const isAsleep = (biller: Biller, serverNowMs: number): boolean =>
  biller.asleep !== undefined && isWithin(biller.asleep, serverNowMs)

/** When a closed biller opens again, `HH:mm` in Shanghai; null while it is open. */
export const opensAt = (biller: Biller, serverNowMs: number): string | null =>
  biller.asleep !== undefined && isAsleep(biller, serverNowMs) ? biller.asleep.to : null
