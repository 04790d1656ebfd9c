import { Cell, CellGroup } from '@/components/cell'
import type { TagTone } from '@/components/tag'
import type { CityId } from '@/domain/ids'
import { type Report, type ReportStanding, type ReportSubject, reportStanding } from '@/domain/report'
import { dayOf, formatMoment } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { useReportsAbout } from '@/queries/use-reports'
import { routes } from '@/routes'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { reportStanding as texts } from '@/text/parts/report-standing'

export const reportTone: Readonly<Record<ReportStanding, TagTone>> = {
  waiting: 'warn',
  overdue: 'bad',
  answered: 'ok',
  closed: 'plain',
  unlisted: 'plain',
}

/** A report in a line that opens it. */
export function ReportCell({ city, report, title }: { city: CityId; report: Report; title: string }) {
  const t = useText(texts)
  const language = useLanguage()
  const nowMs = services.serverNow(city)
  const standing = reportStanding(report, nowMs)
  return (
    <Cell
      title={title}
      tag={t.standing[standing]}
      tagTone={reportTone[standing]}
      note={t.sentOn(formatMoment(report.createdAt, language, dayOf(nowMs)))}
      onTap={() => go(routes.sentReport({ city, report: report.id }))}
    />
  )
}

/** On the page of a payment or an appointment: what was reported about it and is not closed. Nothing where this phone knows of none. */
export function ReportsAbout({ city, about }: { city: CityId; about: ReportSubject }) {
  const { own } = useText(texts)
  const reports = useReportsAbout(city, about)
  if (reports.length === 0) return null
  return (
    <CellGroup>
      {reports.map((report) => (
        <ReportCell key={report.id} city={city} report={report} title={own} />
      ))}
    </CellGroup>
  )
}
