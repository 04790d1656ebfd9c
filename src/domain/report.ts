import type { ReportId } from './ids'
import type { Language } from './language'
import { cityLine, type Manifest } from './manifest'
import { isCreditLate, type Payment } from './payment'
import { type Instant, isPast } from './time'
import type { Listed, Unlisted } from './unlisted'

export type ReportReason =
  | 'not-credited'
  | 'wrong-amount'
  | 'charged-twice'
  | 'refund-late'
  | 'turned-away'
  | 'long-wait'
  | 'app-error'
  | 'unknown-use'
  | 'other'
  | Unlisted

/** What a report is about; `id` is that thing's, or the app's version. */
export type ReportSubject = {
  kind: 'payment' | 'bill' | 'refund' | 'appointment' | 'hall' | 'app' | 'data-use' | Unlisted
  id: string
}

/** `received`: the city owes an answer, also after a reply; `closed`: the citizen said that it is solved. */
export type ReportState = 'received' | 'answered' | 'closed' | Unlisted

export type ReportAction = 'reply' | 'close' | Unlisted

/** What was said after the report's own text. */
export type ReportEntry = {
  by: 'citizen' | 'office' | Unlisted
  /** Who answers. */
  office?: string | undefined
  text: string
  /** Where it is not the language that was asked for. */
  language?: Language | Unlisted | undefined
  at: Instant
}

/** A report of a problem (投诉、反馈) and the city's answer. */
export type Report = {
  id: ReportId
  reference: string
  about: ReportSubject
  reason: ReportReason
  /** Empty on a phone without network: what was written is not kept there. */
  text: string
  state: ReportState
  /** The newest. */
  answer?: string | undefined
  createdAt: Instant
  /** With `received`, until when the city promised to answer. */
  answerBy: Instant
  answeredAt?: Instant | undefined
  closedAt?: Instant | undefined
  /** Goes up with each answer and reply and with closing; absent where the city takes neither. */
  version?: number | undefined
  /** The oldest first; absent in a list. */
  entries?: readonly ReportEntry[] | undefined
  /** What the city takes now; absent in a list. */
  actions?: readonly ReportAction[] | undefined
}

/** A reason that a citizen may give. */
export type ReportableReason = Listed<ReportReason>

/** What can be wrong with a thing, in the order shown. */
export const reportReasons: Readonly<Record<'payment' | 'appointment' | 'data-use', readonly ReportableReason[]>> = {
  payment: ['not-credited', 'charged-twice', 'wrong-amount', 'refund-late', 'other'],
  appointment: ['turned-away', 'long-wait', 'app-error', 'other'],
  'data-use': ['unknown-use', 'other'],
}

/** The likeliest reason to report a payment: a late credit takes two taps. Of an appointment none is presumed. */
export const likelyReason = (payment: Payment, serverNowMs: number): ReportableReason => {
  if (payment.state === 'refunding' || payment.state === 'partly-refunded') return 'refund-late'
  return isCreditLate(payment, serverNowMs) ? 'not-credited' : 'other'
}

/** Where a report stands for its citizen. `overdue`: the promise has passed, and another instance takes it up. */
export type ReportStanding = 'waiting' | 'overdue' | 'answered' | 'closed' | Unlisted

/** What each state lets the citizen do at most, the main thing first; the city's `actions` take away what it does not take. */
export const reportRule: Readonly<Record<ReportState, readonly Listed<ReportAction>[]>> = {
  received: ['reply', 'close'],
  answered: ['reply', 'close'],
  closed: [],
  unlisted: [],
}

export const reportStanding = ({ state, answerBy }: Report, serverNowMs: number): ReportStanding => {
  if (state !== 'received') return state
  return isPast(answerBy, serverNowMs) ? 'overdue' : 'waiting'
}

/** What to offer now; nothing from a list or from a city that only answers. */
export const actionsFor = ({ state, actions = [], version }: Report): readonly Listed<ReportAction>[] =>
  version === undefined ? [] : reportRule[state].filter((action) => actions.includes(action))

/** Keeps the newer of two reads of one report. A city without versions is taken at its word. */
export const newerReport = (current: Report | null, incoming: Report): Report =>
  current !== null && current.id === incoming.id && (current.version ?? 0) > (incoming.version ?? 0)
    ? current
    : incoming

/** A reply about which no answer came, as it was sent. */
export type SentReply = { version: number; text: string }

/** Whether the city has a reply that was sent when the report was in `version`. */
export const hasReply = ({ version = 0, entries = [] }: Report, sent: SentReply): boolean =>
  version > sent.version && entries.some(({ by, text }) => by === 'citizen' && text === sent.text)

/** The reports about one thing that are not closed, in the order given. */
export const openReportsAbout = (reports: readonly Report[], { kind, id }: ReportSubject): Report[] =>
  reports.filter(({ about, state }) => about.kind === kind && about.id === id && state !== 'closed')

/** Who takes a report up after the promise. `name` is null for the line that every city has. */
export const nextInstance = (manifest: Pick<Manifest, 'escalation'> | null): { name: string | null; phone: string } =>
  manifest?.escalation ?? { name: null, phone: cityLine }
