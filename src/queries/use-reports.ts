import type { CityId, ReportId } from '@/domain/ids'
import { openReportsAbout, type Report, type ReportSubject } from '@/domain/report'
import { useEffectWhileVisible, useStateWhileVisible } from '@/lifecycle/use-visible'
import { services } from '@/services'
import { asServiceError } from '@/services/errors'
import { readAll } from './read-all'
import { useList } from './use-list'
import { useLoad } from './use-load'

/** The citizen's reports, newest first, page by page. Null `city`: it takes none. */
export const useReports = (city: CityId | null) =>
  useList(city && [city], services.reports.list, services.reports.cachedList)

/** The newest reports, looked up on a page that is about something else. */
export const useNewestReports = (city: CityId) =>
  useLoad([city], (city) => services.reports.list(city), services.reports.cachedList, true)

const missing = [404, 405, 501]

/** A city of before has no operation for one report: its list has the report, with the newest answer. */
async function readReport(city: CityId, id: ReportId): Promise<Report> {
  try {
    return await services.reports.get(city, id)
  } catch (thrown) {
    if (!missing.includes(asServiceError(thrown).status ?? 0)) throw thrown
    const isIt = (report: Report) => report.id === id
    const { items } = await readAll(
      (cursor) => services.reports.list(city, cursor),
      (items) => items.some(isIt),
    )
    const report = items.find(isIt)
    if (!report) throw thrown
    return report
  }
}

/** One report; without network as it stood in the list, without its words. */
export const useReport = (city: CityId, report: ReportId) =>
  useLoad([city, report], readReport, (city, report) => {
    const list = services.reports.cachedList(city)
    const kept = list?.value.items.find(({ id }) => id === report)
    return list && kept ? { value: kept, asOf: list.asOf } : null
  })

const none: readonly Report[] = []

/** The open reports about one thing, as this phone last read them: looked up on each show, without a request. */
export function useReportsAbout(city: CityId, { kind, id }: ReportSubject): readonly Report[] {
  const [reports, setReports] = useStateWhileVisible(none)
  useEffectWhileVisible(() => {
    const found = openReportsAbout(services.reports.cachedList(city)?.value.items ?? none, { kind, id })
    setReports((now) => (JSON.stringify(now) === JSON.stringify(found) ? now : found))
    return undefined
  }, [city, kind, id, setReports])
  return reports
}
