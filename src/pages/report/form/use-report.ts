import { useState } from 'react'
import { hasFeature, type Manifest } from '@/domain/manifest'
import { formatFen } from '@/domain/money'
import type { Payment } from '@/domain/payment'
import { likelyReason, openReportsAbout, type Report, type ReportableReason, reportReasons } from '@/domain/report'
import { dayOf, formatMoment } from '@/domain/time'
import { normalise } from '@/domain/typed'
import { useIntent } from '@/lifecycle/use-intent'
import { valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { usePayment } from '@/queries/use-payments'
import { useNewestReports } from '@/queries/use-reports'
import type { ReportLink } from '@/routes'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'
import { useLanguage, useText } from '@/text'
import { report as texts } from '@/text/report'

export type ReportPage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | { readonly status: 'not-offered'; readonly phone: string }
  | { readonly status: 'sent'; readonly report: Report }
  | {
      readonly status: 'writing'
      /** The payment that it is about; null for an appointment. */
      readonly payment: Payment | null
      readonly manifest: Manifest | null
      /** An open report about the same thing, made before. */
      readonly earlier: Report | null
      readonly reasons: readonly ReportableReason[]
      /** Null until it is chosen, where none is likely. */
      readonly reason: ReportableReason | null
      readonly text: string
      readonly error: ServiceError | null
      readonly setReason: (reason: ReportableReason) => void
      readonly setText: (text: string) => void
      readonly send: () => Promise<void>
    }

type Templates = Partial<Record<ReportableReason, (reference: string, amount: string, time: string) => string>>

/** A report of a payment or an appointment. What was typed stays until the city has it. */
export function useReport({ city, about }: ReportLink): ReportPage {
  const language = useLanguage()
  const { unknownUse, ...t } = useText(texts)
  const template: Templates = t.template
  const [manifestLoad] = useManifest(city)
  const isPayment = about.kind === 'payment'
  const [load, reload] = usePayment(city, about.kind === 'payment' ? about.id : null)
  const [chosen, setReason] = useState<ReportableReason | null>(null)
  /** Null until the citizen changes the text: then it is theirs, whatever reason is chosen. */
  const [typed, setText] = useState<string | null>(null)
  const [sent, setSent] = useState<Report | null>(null)
  const [error, setError] = useState<ServiceError | null>(null)
  // The same words again are the same report, other words are another.
  const intent = useIntent()
  const [newest] = useNewestReports(city)

  if (sent) return { status: 'sent', report: sent }
  const manifest = valueOf(manifestLoad)
  if (manifest && !hasFeature(manifest, 'reports')) return { status: 'not-offered', phone: manifest.phone }
  if (isPayment && load.status === 'loading') return { status: 'loading' }
  if (load.status === 'failed') return { status: 'failed', error: load.error, reload }

  const now = services.serverNow(city)
  const payment = valueOf(load)
  const likely = about.kind === 'data-use' ? 'unknown-use' : payment && likelyReason(payment, now)
  const reason = chosen ?? likely
  const filledIn = () => {
    if (reason === 'unknown-use') return unknownUse
    if (!payment || !reason) return ''
    const paidAt = formatMoment(payment.paidAt ?? payment.createdAt, language, dayOf(now))
    return template[reason]?.(payment.reference, formatFen(payment.amountFen, { symbol: true }), paidAt) ?? ''
  }
  const text = typed ?? filledIn()

  const send = async () => {
    if (reason === null) return
    const request = { about, reason, text: normalise('text', text) }
    setError(null)
    try {
      setSent(await services.reports.create(city, request, intent.keyOf(request)))
      // The page that this is about finds it in the cached list.
      services.reports.list(city).catch(() => {})
    } catch (thrown) {
      setError(asServiceError(thrown))
    }
  }
  const reasons = reportReasons[about.kind]
  const [earlier = null] = openReportsAbout(valueOf(newest)?.items ?? [], about)
  return { status: 'writing', payment, manifest, earlier, reasons, reason, text, error, setReason, setText, send }
}
