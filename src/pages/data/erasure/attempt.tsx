import { Alert } from '@/components/alert'
import { Cell, CellGroup } from '@/components/cell'
import { type AppointmentId, asId, type CityId, type PaymentId } from '@/domain/ids'
import type { ReportSubject } from '@/domain/report'
import { go } from '@/lifecycle/go'
import { failureText } from '@/parts/failure'
import { routes } from '@/routes'
import { useText } from '@/text'
import { erasure } from '@/text/data/erasure'
import { failures } from '@/text/parts/failures'
import type { ErasurePage } from './use-erasure'

type Asking = Extract<ErasurePage, { status: 'asking' }>

/** Where it is ended; of a refund the list of payments knows its payment. */
const wayTo = (city: CityId, { kind, id }: ReportSubject): string | undefined => {
  if (kind === 'payment') return routes.payment({ city, payment: asId<PaymentId>(id) })
  if (kind === 'appointment') return routes.appointment({ city, appointment: asId<AppointmentId>(id) })
  return kind === 'refund' ? routes.payments({ city }) : undefined
}

/** How the last attempt ended, and the way on. */
export function Attempt({ page, city }: { page: Asking; city: CityId }) {
  const t = useText(erasure)
  const failed = useText(failures)
  if (page.attempt === null) return null
  const { outcome, error } = page.attempt
  if (outcome === 'unsure')
    return (
      <Alert tone="warn" title={t.unsure} action={t.check} onAction={page.erase} live>
        {t.unsureText}
      </Alert>
    )
  if (outcome === 'not-offered')
    return (
      <Alert tone="warn" title={t.refused} live>
        {page.phone ? t.notOffered(page.phone) : failureText(error, failed).text}
      </Alert>
    )
  if (outcome === 'failed')
    return (
      <Alert tone="bad" title={t.failed} live>
        {failureText(error, failed).text}
      </Alert>
    )
  const kindOf = ({ kind }: ReportSubject) =>
    kind === 'payment' || kind === 'refund' || kind === 'appointment' ? t.pending[kind] : t.pending.other
  return (
    <>
      <Alert tone="warn" title={t.refused} live>
        {error.detail ?? failureText(error, failed).text}
      </Alert>
      {error.pending && error.pending.length > 0 && (
        <CellGroup>
          {error.pending.map((subject) => {
            const way = wayTo(city, subject)
            return way ? (
              <Cell key={subject.id} title={kindOf(subject)} value={t.see} id={way} onTap={go} />
            ) : (
              <Cell key={subject.id} title={kindOf(subject)} />
            )
          })}
        </CellGroup>
      )}
    </>
  )
}
