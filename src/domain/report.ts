import type { ReportId } from './ids'
import { isCreditLate, type Payment } from './payment'
import type { Instant } from './time'
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

/** A report of a problem (投诉、反馈) and the city's answer. */
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
