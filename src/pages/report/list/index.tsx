import { Button } from '@/components/button'
import { CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { Screen } from '@/components/screen'
import type { CityId } from '@/domain/ids'
import type { Report } from '@/domain/report'
import { Failure } from '@/parts/failure'
import { Nothing } from '@/parts/nothing'
import { page } from '@/parts/page'
import { ReportCell } from '@/parts/report-cells'
import { platform } from '@/platform'
import { readLink } from '@/routes'
import { useText } from '@/text'
import { report as form } from '@/text/report'
import { reports as texts } from '@/text/reports'
import { terms } from '@/text/terms'
import { useTitleOf } from '../parts/use-title-of'
import { useReportList } from './use-report-list'

function ReportGroup({ city, title, reports }: { city: CityId; title: string; reports: readonly Report[] }) {
  const titleOf = useTitleOf()
  if (reports.length === 0) return null
  return (
    <CellGroup title={title}>
      {reports.map((report) => (
        <ReportCell key={report.id} city={city} report={report} title={titleOf(report)} />
      ))}
    </CellGroup>
  )
}

function ReportListPage({ city }: { city: CityId }) {
  const t = useText(texts)
  const { notOffered, appointment } = useText(form)
  const { call } = useText(terms)
  const page = useReportList(city)
  const { phone, list } = page
  if (phone !== null)
    return (
      <Screen>
        <Message
          icon="headset"
          title={notOffered}
          text={appointment.call(phone)}
          action={call}
          onAction={() => platform.call(phone)}
        />
      </Screen>
    )
  if (list.load.status === 'failed')
    return (
      <Screen>
        <Failure error={list.load.error} onRetry={list.reload} />
      </Screen>
    )
  if (list.items.length === 0)
    return (
      <Screen>
        <Nothing
          loads={[list.load]}
          onRetry={list.reload}
          skeleton={{ kind: 'cell', count: 4 }}
          icon="headset"
          title={t.none}
          text={t.noneText}
        />
      </Screen>
    )
  return (
    <Screen>
      {(['open', 'closed'] as const).map((group) => (
        <ReportGroup key={group} city={city} title={t[`${group}Group`]} reports={page[group]} />
      ))}
      {list.hasMore && (
        <Button block kind="secondary" onTap={list.readMore}>
          {list.moreError ? t.moreFailed : t.more}
        </Button>
      )}
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city']),
  title: (language) => texts[language].title,
  view: ReportListPage,
})
