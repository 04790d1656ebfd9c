import type { CitizenId, ReportId } from './ids'
import type { Instant } from './time'
import type { Unlisted } from './unlisted'

/** The citizen's own count of visits in a city. */
export type Counters = {
  noShowsThisMonth: number
  activeAppointments: number
  /** Set while booking is closed to this citizen. */
  blockedUntil?: Instant | undefined
}

export type ConsentKind = 'real-name' | 'location' | 'messages' | Unlisted

/** What one city knows about the citizen who is signed in. */
export type Citizen = {
  id: CitizenId
  maskedName: string
  maskedPhone?: string | undefined
  counters: Counters
  /** For whom this citizen may act. */
  grants: readonly { citizenId: CitizenId; maskedName: string; until: Instant }[]
  consents: readonly { consent: ConsentKind; given: boolean; changedAt: Instant }[]
  /** Who read what, newest first. */
  dataUse: readonly { at: Instant; by: string; purpose: string }[]
}

export type ReportReason =
  | 'not-credited'
  | 'wrong-amount'
  | 'charged-twice'
  | 'refund-late'
  | 'turned-away'
  | 'long-wait'
  | 'app-error'
  | 'other'
  | Unlisted

/** What a report is about; `id` is that thing's, or the app's version. */
export type ReportSubject = {
  kind: 'payment' | 'bill' | 'refund' | 'appointment' | 'hall' | 'app' | Unlisted
  id: string
}

/** A complaint or problem (投诉、反馈) and the city's answer. */
export type Report = {
  id: ReportId
  reference: string
  about: ReportSubject
  reason: ReportReason
  text: string
  state: 'received' | 'answered' | Unlisted
  answer?: string | undefined
  createdAt: Instant
  answerBy: Instant
}
