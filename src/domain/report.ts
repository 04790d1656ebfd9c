import type { ReportId } from './ids'
import type { Instant } from './time'
import type { Unlisted } from './unlisted'

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
