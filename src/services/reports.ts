import type { CityId, IdempotencyKey, ReportId } from '@/domain/ids'
import type { Report, ReportReason, ReportSubject } from '@/domain/report'
import { vReport, vReportPage } from '../../contract/wire/validators/reports.gen'
import { branded } from './branded'
import { call, pathOf } from './call'
import { type Cached, type Client, mapCached } from './client'
import { type Page, pageOf } from './page'

/** Reports of problems (投诉、反馈). */
export interface Reports {
  /** Newest first, without what was said after each. */
  list(city: CityId, cursor?: string | null): Promise<Page<Report>>
  /** The first page as it was last read, without any words: those may name people and numbers. */
  cachedList(city: CityId): Cached<Page<Report>> | null
  /** With all that was said. 404 also in a city that has no such operation: its list has the report. */
  get(city: CityId, report: ReportId): Promise<Report>
  create(city: CityId, report: NewReport, key: IdempotencyKey): Promise<Report>
  /** Refused with `report-changed`, `report-not-open`. `version` is what the citizen saw; at most 1,000 characters. */
  reply(city: CityId, report: ReportId, reply: { version: number; text: string }, key: IdempotencyKey): Promise<Report>
  /** It is solved. Twice is fine; refused with `report-changed`. */
  close(city: CityId, report: ReportId, version: number, key: IdempotencyKey): Promise<Report>
}

export interface NewReport {
  readonly about: ReportSubject
  readonly reason: ReportReason
  /** At most 1,000 characters. */
  readonly text: string
  /** The call that failed, so that the city finds it. */
  readonly requestId?: string | undefined
}

const listCall = (city: CityId, cursor?: string | null) =>
  call({
    city,
    method: 'GET',
    path: '/reports',
    query: { cursor },
    response: vReportPage,
    cache: cursor ? undefined : 'own',
    trim: (page) => ({ ...page, items: page.items.map(({ answer: _, ...report }) => ({ ...report, text: '' })) }),
  })

/** Reports over a client. */
export const reportsOf = (client: Client): Reports => {
  const change = async (city: CityId, id: ReportId, what: string, body: object, key: IdempotencyKey) =>
    branded<Report>(
      await client.request({
        city,
        method: 'POST',
        path: pathOf('reports', id, what),
        body,
        key,
        response: vReport,
        echo: { id },
      }),
    )
  return {
    list: async (city, cursor) => pageOf<Report>(await client.request(listCall(city, cursor))),
    cachedList: (city) => mapCached(client.cached(listCall(city)), (wire) => pageOf<Report>(wire)),
    get: async (city, id) =>
      branded<Report>(
        await client.request({ city, method: 'GET', path: pathOf('reports', id), response: vReport, echo: { id } }),
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
    reply: (city, id, reply, key) => change(city, id, 'replies', reply, key),
    close: (city, id, version, key) => change(city, id, 'closing', { version }, key),
  }
}
