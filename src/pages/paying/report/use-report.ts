import { useRef, useState } from 'react'
import type { CityId, IdempotencyKey, PaymentId } from '@/domain/ids'
import { hasFeature } from '@/domain/manifest'
import { formatFen } from '@/domain/money'
import { isCreditLate, type Payment } from '@/domain/payment'
import type { Report, ReportReason } from '@/domain/report'
import { dayOf, formatMoment } from '@/domain/time'
import { normalise } from '@/domain/typed'
import { useLoad, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'
import { useLanguage, useText } from '@/text'
import { records } from '@/text/paying/records'

/** What can be wrong with a payment. */
export const reasons = ['not-credited', 'charged-twice', 'wrong-amount', 'refund-late', 'other'] as const
export type Reason = (typeof reasons)[number] & ReportReason

export type ReportPage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | { readonly status: 'not-offered'; readonly phone: string }
  | { readonly status: 'sent'; readonly report: Report }
  | {
      readonly status: 'writing'
      readonly payment: Payment
      readonly reason: Reason
      readonly text: string
      readonly error: ServiceError | null
      readonly setReason: (reason: Reason) => void
      readonly setText: (text: string) => void
      readonly send: () => Promise<void>
    }

/** The likeliest reason, so that a late credit takes two taps to report. */
function likelyReason(payment: Payment, nowMs: number): Reason {
  if (payment.state === 'refunding' || payment.state === 'partly-refunded') return 'refund-late'
  return isCreditLate(payment, nowMs) ? 'not-credited' : 'other'
}

export function useReport(city: CityId, id: PaymentId): ReportPage {
  const language = useLanguage()
  const { report: t } = useText(records)
  const [manifest] = useManifest(city)
  const [load, reload] = useLoad(`${city} ${id}`, () => services.payments.get(city, id))
  const [chosen, setReason] = useState<Reason | null>(null)
  /** Null until the citizen changes it: then it is theirs, whatever reason is chosen. */
  const [written, setText] = useState<string | null>(null)
  const [sent, setSent] = useState<Report | null>(null)
  const [error, setError] = useState<ServiceError | null>(null)
  // One key for one wording: the same words again are the same report, other words are another.
  const intent = useRef<{ body: string; key: IdempotencyKey } | null>(null)

  if (sent) return { status: 'sent', report: sent }
  const offered = valueOf(manifest)
  if (offered && !hasFeature(offered, 'reports')) return { status: 'not-offered', phone: offered.phone }
  if (load.status === 'loading') return { status: 'loading' }
  if (load.status === 'failed') return { status: 'failed', error: load.error, reload }

  const payment = load.value
  const now = services.serverNow(city)
  const reason = chosen ?? likelyReason(payment, now)
  const when = formatMoment(payment.paidAt ?? payment.createdAt, language, dayOf(now))
  const amount = formatFen(payment.amountFen, { symbol: true })
  const text = written ?? t.template[reason](payment.reference, amount, when)

  const send = async () => {
    const kept = normalise('text', text)
    const said = `${reason} ${kept}`
    if (intent.current?.body !== said) intent.current = { body: said, key: services.newIdempotencyKey() }
    setError(null)
    try {
      const about = { kind: 'payment', id: payment.id } as const
      setSent(await services.reports.create(city, { about, reason, text: kept }, intent.current.key))
    } catch (thrown) {
      setError(asServiceError(thrown))
    }
  }
  return { status: 'writing', payment, reason, text, error, setReason, setText, send }
}
