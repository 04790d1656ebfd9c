import { useRef, useState } from 'react'
import type { AppointmentId, CityId, IdempotencyKey } from '@/domain/ids'
import { hasFeature, type Manifest } from '@/domain/manifest'
import type { Report, ReportReason } from '@/domain/report'
import { normalise } from '@/domain/typed'
import { valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'

/** What can be wrong with a visit. */
export const reasons = ['turned-away', 'long-wait', 'app-error', 'other'] as const
export type Reason = (typeof reasons)[number] & ReportReason

export type ComplaintPage =
  | { readonly status: 'not-offered'; readonly phone: string }
  | { readonly status: 'sent'; readonly report: Report }
  | {
      readonly status: 'writing'
      /** Null until it is chosen: no reason is put into anybody's mouth. */
      readonly reason: Reason | null
      readonly manifest: Manifest | null
      readonly text: string
      readonly error: ServiceError | null
      readonly setReason: (reason: Reason) => void
      readonly setText: (text: string) => void
      readonly send: () => Promise<void>
    }

/** A complaint about one visit. What was typed stays until the city has it. */
export function useComplaint(city: CityId, id: AppointmentId): ComplaintPage {
  const [manifest] = useManifest(city)
  const [reason, setReason] = useState<Reason | null>(null)
  const [text, setText] = useState('')
  const [sent, setSent] = useState<Report | null>(null)
  const [error, setError] = useState<ServiceError | null>(null)
  // One key for one wording: the same words again are the same report.
  const intent = useRef<{ body: string; key: IdempotencyKey } | null>(null)

  if (sent) return { status: 'sent', report: sent }
  const offered = valueOf(manifest)
  if (offered && !hasFeature(offered, 'reports')) return { status: 'not-offered', phone: offered.phone }

  const send = async () => {
    const kept = normalise('text', text)
    if (reason === null) return
    const body = `${reason} ${kept}`
    if (intent.current?.body !== body) intent.current = { body, key: services.newIdempotencyKey() }
    setError(null)
    try {
      const about = { kind: 'appointment', id } as const
      setSent(await services.reports.create(city, { about, reason, text: kept }, intent.current.key))
    } catch (thrown) {
      setError(asServiceError(thrown))
    }
  }
  return { status: 'writing', manifest: offered, reason, text, error, setReason, setText, send }
}
