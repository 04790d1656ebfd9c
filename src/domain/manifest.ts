import type { AccountRule } from './account'
import type { BillKind } from './bill-kind'
import type { DocumentKind } from './document'
import { minutesOf } from './hall'
import type { BillerId, CityId, NoticeId } from './ids'
import type { Fen } from './money'
import { type Instant, isPast, shanghaiMinutes } from './time'
import type { Unlisted } from './unlisted'

/** What a city can do beyond the minimum. A page tests for the feature, never for the city. */
export type Feature =
  | 'accounts'
  | 'payments'
  | 'refunds'
  | 'receipts'
  | 'appointments'
  | 'waitlist'
  | 'queue'
  | 'ratings'
  | 'reports'
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
  /** When it does not answer. */
  asleep?: DailyWindow | undefined
  paying?: PayingRule | undefined
}

/** What a payment to a biller costs and may be. The fee is taken once a payment, on top of its bills. */
export type PayingRule = {
  feeFen?: Fen | undefined
  feeNote?: string | undefined
  /** The most that one payment may hold of this biller's bills. */
  maxFen?: Fen | undefined
}

/** The rules of booking, told before the act. */
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
  /** What the hall demands to know. With an unlisted one among them nobody can book from here. */
  visitor: readonly ('name' | 'phone' | 'id-number' | Unlisted)[]
  /** With `id-number`, the documents that the city takes; only ID cards without it. */
  documentKinds?: readonly DocumentKind[] | undefined
  /** How many items one visit may hold where the hall serves them all; 1 without it. */
  itemsPerVisit?: number | undefined
  /** How long a place found for somebody who waits is held. */
  waitlistOfferMinutes?: number | undefined
  /** Who goes first in the hall, in the city's words. */
  queueRule?: string | undefined
}

/** What a city offers and how; forms and the service grid are drawn from it. */
export type Manifest = {
  cityId: CityId
  name: string
  /** `read-only`: looking is possible, paying and booking are not. */
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
}

export const hasFeature = (manifest: Manifest, feature: Feature): boolean => manifest.features.includes(feature)

/** Whether paying and booking are possible at all just now, as far as is known: a city that takes neither refuses itself. */
export const takesActions = (manifest: Manifest): boolean => manifest.mode !== 'read-only'

export const billerOf = (manifest: Manifest, id: BillerId): Biller | null =>
  manifest.billers.find((biller) => biller.id === id) ?? null

const LEVEL: Record<Notice['level'], number> = { outage: 0, warning: 1, unlisted: 1, news: 2 }

/** The notices to show now, the gravest first, otherwise in the city's order. */
export const currentNotices = (manifest: Manifest, serverNowMs: number): Notice[] =>
  manifest.notices
    .map((notice, place) => ({ notice, place }))
    .filter(({ notice }) => notice.until === undefined || !isPast(notice.until, serverNowMs))
    .sort((a, b) => LEVEL[a.notice.level] - LEVEL[b.notice.level] || a.place - b.place)
    .map(({ notice }) => notice)

/** Whether a daily window covers the moment; one from a time to the same time covers nothing. */
const isWithin = (window: DailyWindow, serverNowMs: number): boolean => {
  const [from, to, now] = [minutesOf(window.from), minutesOf(window.to), shanghaiMinutes(serverNowMs)]
  return from <= to ? from <= now && now < to : now >= from || now < to
}

/** Whether the manifest says that the biller sleeps now. The lookup's own answer counts for more. */
export const isAsleep = (biller: Biller, serverNowMs: number): boolean =>
  biller.asleep !== undefined && isWithin(biller.asleep, serverNowMs)

/** When a biller that sleeps takes payments again, `HH:mm` in Shanghai; null while it is awake. */
export const opensAt = (biller: Biller, serverNowMs: number): string | null =>
  biller.asleep !== undefined && isAsleep(biller, serverNowMs) ? biller.asleep.to : null
