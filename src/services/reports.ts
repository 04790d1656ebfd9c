import type { CityId, IdempotencyKey } from '@/domain/ids'
import type { Report, ReportReason, ReportSubject } from '@/domain/report'
import { vReport, vReportPage } from '../../contract/wire/valibot.gen'
import { branded } from './branded'
import type { Client } from './client'
import { type Page, pageOf } from './page'

/** Reports of problems (投诉、反馈). */
export interface Reports {
  list(city: CityId, cursor?: string | null): Promise<Page<Report>>
  create(city: CityId, report: NewReport, key: IdempotencyKey): Promise<Report>
}

export interface NewReport {
  readonly about: ReportSubject
  readonly reason: ReportReason
  /** At most 1,000 characters. */
  readonly text: string
  /** The call that failed, so that the city finds it. */
  readonly requestId?: string | undefined
}

/** Reports over a client. */
export const reportsOf = (client: Client): Reports => ({
  list: async (city, cursor) =>
    pageOf<Report>(
      await client.request({ city, method: 'GET', path: '/reports', query: { cursor }, response: vReportPage }),
    ),
  create: async (city, report, key) =>
    branded<Report>(
      await client.request({
        city,
        method: 'POST',
        path: '/reports',
        body: report,
        key,
        response: vReport,
        echo: { 'about.kind': report.about.kind, 'about.id': report.about.id, reason: report.reason },
      }),
    ),
})
