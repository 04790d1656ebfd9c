import type { CityId } from '@/domain/ids'
import { hasFeature } from '@/domain/manifest'
import type { Report } from '@/domain/report'
import type { List } from '@/queries/use-list'
import { valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { useReports } from '@/queries/use-reports'

export interface ReportListPage {
  /** Where the city takes reports by telephone only; null elsewhere. */
  readonly phone: string | null
  readonly list: List<Report>
  /** Those that are not closed, newest first. */
  readonly open: readonly Report[]
  readonly closed: readonly Report[]
}

/** All reports of the citizen in a city, newest first. */
export function useReportList(city: CityId): ReportListPage {
  const manifest = valueOf(useManifest(city)[0])
  const isOffered = !manifest || hasFeature(manifest, 'reports')
  const list = useReports(isOffered ? city : null)
  return {
    phone: isOffered ? null : manifest.phone,
    list,
    open: list.items.filter(({ state }) => state !== 'closed'),
    closed: list.items.filter(({ state }) => state === 'closed'),
  }
}
