import type { ServerResponse } from 'node:http'
import { screen, waitFor } from '@testing-library/react'
import { asId, type ReportId } from '@/domain/ids'
import type { Report } from '@/domain/report'
import DetailPage from '@/pages/report/detail'
import ListPage from '@/pages/report/list'
import { services } from '@/services'
import { refusals } from '@/text/booking/refusals'
import { reportStanding } from '@/text/parts/report-standing'
import { report as form } from '@/text/report'
import { reports } from '@/text/reports'
import {
  type Loopback,
  type ReceivedRequest,
  sendOverWire,
  startLoopback,
  type WireAnswer,
} from '../../support/loopback'
import type { TestSandbox } from '../../support/sandbox'
import { button, city, comeBack, hasButton, newCitizen, open, sees, startCity, tap, type } from '../stage'

declare const CITY_ADDRESSES: Record<string, string>

const t = reports['zh-CN']
let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startCity()
}, 100_000)
beforeEach(newCitizen)
afterEach(async () => {
  await sandbox.control('DELETE', '/faults')
})
afterAll(() => sandbox.close())

const send = (): Promise<Report> =>
  services.reports.create(
    city,
    { about: { kind: 'app', id: '1.0.0' }, reason: 'other', text: '打不开账单' },
    services.newIdempotencyKey(),
  )
const answer = (report: ReportId, more: object = {}) =>
  sandbox.control('POST', '/answer-report', { reportId: report, ...more })
const openReport = (report: ReportId, language: 'zh-CN' | 'en' = 'zh-CN') =>
  open(DetailPage, { city, report }, language)
const entriesOf = async (report: ReportId) =>
  (await services.reports.get(city, report)).entries?.map(({ text }) => text)

test('a reply about which no answer came at all is found in what is read next: it is not asked for again', async () => {
  const { id } = await send()
  openReport(id)
  await tap(button(t.reply))
  await type(t.replyText, '还是打不开')
  await sandbox.control('PUT', '/faults', { name: 'lost-answer', operationId: 'replyToReport', times: 3 })
  await tap(button(t.send))
  await sees(t.sent)
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(await entriesOf(id)).toEqual(['还是打不开'])
}, 30_000)

test('a reply that may have come through goes again as it was sent, so that it counts once', async () => {
  const { id } = await send()
  openReport(id)
  await tap(button(t.reply))
  await type(t.replyText, '还是打不开')
  await sandbox.control('PUT', '/faults', { name: 'lost-answer', operationId: 'replyToReport', times: 3 })
  await sandbox.control('PUT', '/faults', { name: 'error-500', operationId: 'getReport' })
  await tap(button(t.send))
  await sees(refusals['zh-CN'].sendUnsure)
  await tap(button(t.send))
  await sees(t.sent)
  await sandbox.control('DELETE', '/faults')
  expect(await entriesOf(id)).toEqual(['还是打不开'])
}, 30_000)

test('an answer in Chinese only says so in English, and in Chinese it needs no word', async () => {
  const { id } = await send()
  await answer(id, { kind: 'chinese-only' })
  services.setLanguage('en')
  const page = openReport(id, 'en')
  await sees(new RegExp(reports.en.onlyChinese))
  page.unmount()
  services.setLanguage('zh-CN')
  openReport(id)
  await sees(/^您好/)
  expect(screen.queryByText(new RegExp(t.onlyChinese))).toBeNull()
})

test('an answer that comes while the page is away is there when it comes back', async () => {
  const { id } = await send()
  openReport(id)
  await sees(t.waiting)
  await answer(id, { text: '已处理' })
  await comeBack()
  await sees('已处理')
  await waitFor(() => expect(screen.queryByText(t.waiting)).toBeNull())
})

/** A city of before: it lists reports with their newest answers, and knows neither of the new operations nor of their members. */
async function cityOfBefore(): Promise<Loopback> {
  const old = ({ entries: _, actions: __, version: ___, answeredAt: ____, closedAt: _____, ...report }: Report) =>
    report
  return startLoopback(async ({ method, path, headers, body }: ReceivedRequest, response: ServerResponse) => {
    if (/^\/reports\//.test(path)) {
      const problem = {
        type: 'about:blank',
        title: 'Not found',
        status: 404,
        code: 'not-found',
        requestId: 'r',
        retry: 'never',
      }
      return response.writeHead(404, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem))
    }
    const reply = await new Promise<WireAnswer>((resolve, reject) => {
      const { host: _, connection: __, 'content-length': ___, ...kept } = headers
      const address = `${sandbox.city('330100')}${path}`
      sendOverWire(
        { method, url: address, headers: kept as Record<string, string>, body: body || undefined },
        resolve,
        reject,
      )
    })
    const isList = path.startsWith('/reports') && method === 'GET'
    const page = isList ? JSON.parse(reply.text) : null
    response.writeHead(reply.status, { 'content-type': 'application/json' })
    response.end(page ? JSON.stringify({ ...page, items: page.items.map(old) }) : reply.text)
  })
}

test('in a city without these operations a report is shown with its newest answer, and nothing is offered', async () => {
  const { id } = await send()
  await answer(id, { text: '已处理' })
  const before = await cityOfBefore()
  CITY_ADDRESSES['330100'] = before.url
  openReport(id)
  await sees('已处理')
  await sees('打不开账单')
  expect([hasButton(t.reply), hasButton(t.solve)]).toEqual([false, false])
  CITY_ADDRESSES['330100'] = sandbox.city('330100')
  await before.close()
})

test('a report that nobody knows is not found, in any city', async () => {
  openReport(asId<ReportId>('r-none'))
  await sees('未能找到')
})

test('the list names what each report is about and where it stands', async () => {
  const { id } = await send()
  await answer(id)
  open(ListPage, { city })
  await sees(t.of(t.about.app, form['zh-CN'].reasons.other))
  await sees(reportStanding['zh-CN'].standing.answered)
})
