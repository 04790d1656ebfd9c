import { randomInt } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import type {
  CloseReportData,
  CloseReportResponses,
  CreateReportData,
  CreateReportResponses,
  GetReportData,
  GetReportResponses,
  ListReportsData,
  ListReportsResponses,
  ReplyToReportData,
  ReplyToReportResponses,
  ReportSubject,
} from '../../contract/wire/types.gen'
import { ownBills } from '../billing/bills'
import type { Db } from '../database/database'
import type { Tables } from '../database/tables'
import { type Context, creating, operation } from '../http/operation'
import { microsOf, readPage } from '../http/pages'
import { problem } from '../http/problem'
import { newId } from '../ids'
import { stampOf } from '../payments/advance'
import { addDays, dayOf, instant, momentOf } from '../words'
import { type EntryRow, type ReportRow, readEntries, reportBody, wholeReportBody } from './report-body'
import { type ReportState, renewsPromise, reportActions, reportStates } from './report-rules'

export const listReports = operation<ListReportsData, ListReportsResponses>(async ({ query }, context) => {
  needReports(context)
  const rows = context.db
    .selectFrom('reports')
    .selectAll()
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
  const newestFirst = [
    { by: microsOf(sql`created_at`), type: 'number', isDescending: true },
    { by: sql`id`, type: 'text' },
  ] as const
  const page = await readPage(rows, newestFirst, query.cursor)
  return {
    status: 200,
    body: {
      items: page.rows.map((row) => reportBody(row, context.language)),
      ...(page.next ? { next: page.next } : {}),
      serverTime: instant(context.now()),
    },
  }
})

export const createReport = creating<CreateReportData, CreateReportResponses>(
  'createReport',
  async ({ body }, context, trx) => {
    needReports(context)
    const now = context.now()
    if (!(await isOwn(trx, context, body.about))) throw problem('not-found')
    await refuseTooMany(trx, context)
    const row = await trx
      .insertInto('reports')
      .values({
        id: newId('r'),
        city_id: context.cityId,
        citizen_id: context.citizenId,
        reference: `BG${stampOf(now)}${String(randomInt(10 ** 6)).padStart(6, '0')}`,
        about_kind: body.about.kind,
        about_id: body.about.id,
        reason: body.reason,
        text: body.text,
        state: 'received',
        created_at: now,
        answer_by: promiseFrom(now, context),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return { status: 201, body: wholeReportBody(row, [], context.language) }
  },
)

export const getReport = operation<GetReportData, GetReportResponses>(async ({ path }, context) => {
  needReports(context)
  const { db, cityId, citizenId, language } = context
  const row = await db
    .selectFrom('reports')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('id', '=', path.reportId)
    .where('citizen_id', '=', citizenId)
    .executeTakeFirst()
  if (!row) throw problem('not-found')
  return { status: 200, body: wholeReportBody(row, await readEntries(db, row), language) }
})

export const replyToReport = creating<ReplyToReportData, ReplyToReportResponses>(
  'replyToReport',
  async ({ path, body }, context, trx) => {
    const { row, entries } = await lockReport(trx, context, path.reportId)
    const next = stateAfter('reply', row, entries, body.version)
    const now = context.now()
    const entry = {
      city_id: row.city_id,
      report_id: row.id,
      version: row.version + 1,
      citizen_id: row.citizen_id,
      by_whom: 'citizen' as const,
      text: JSON.stringify({ zh: body.text }),
      at: now,
    }
    const added = await trx.insertInto('report_entries').values(entry).returningAll().executeTakeFirstOrThrow()
    const changed = await change(trx, row, {
      state: next,
      ...(renewsPromise(row.state, 'reply') ? { answer_by: promiseFrom(now, context) } : {}),
    })
    return { status: 200, body: wholeReportBody(changed, [...entries, added], context.language) }
  },
)

export const closeReport = creating<CloseReportData, CloseReportResponses>(
  'closeReport',
  async ({ path, body }, context, trx) => {
    const { row, entries } = await lockReport(trx, context, path.reportId)
    // Closed on another phone: it is as they want it.
    const closed =
      row.state === 'closed'
        ? row
        : await change(trx, row, {
            state: stateAfter('close', row, entries, body.version),
            closed_at: context.now(),
          })
    return { status: 200, body: wholeReportBody(closed, entries, context.language) }
  },
)

/** One change after the other; what is others' does not exist. */
async function lockReport(trx: Transaction<Tables>, context: Context, id: string) {
  needReports(context)
  const row = await trx
    .selectFrom('reports')
    .selectAll()
    .where('city_id', '=', context.cityId)
    .where('id', '=', id)
    .where('citizen_id', '=', context.citizenId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw problem('not-found')
  return { row, entries: await readEntries(trx, row) }
}

/** @throws ProblemError when the report does not take it, or has changed since the citizen saw it. */
function stateAfter(event: 'reply' | 'close', row: ReportRow, entries: EntryRow[], seen: number): ReportState {
  const said = entries.map(({ by_whom: by }) => ({ by }))
  const next = reportStates[row.state][event]
  if (!next) throw problem('report-not-open')
  if (row.version !== seen) throw problem('report-changed')
  if (!reportActions(row.state, said).includes(event)) throw problem('report-not-open')
  return next
}

const change = (trx: Db, { city_id, id, version }: ReportRow, to: Partial<ReportRow>): Promise<ReportRow> =>
  trx
    .updateTable('reports')
    .set({ state: to.state, answer_by: to.answer_by, closed_at: to.closed_at, version: version + 1 })
    .where('city_id', '=', city_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

const promiseFrom = (now: Date, { city }: Context): Date =>
  momentOf(addDays(dayOf(now), city.promises.answerWithinDays), '18:00')

/** Somebody answers each of them: so many a day from one citizen. */
const MOST_A_DAY = 20

async function refuseTooMany(trx: Db, { cityId, citizenId, now: clock }: Context): Promise<void> {
  const now = clock()
  const { sent } = await trx
    .selectFrom('reports')
    .select((eb) => eb.fn.countAll<number>().as('sent'))
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('created_at', '>=', momentOf(dayOf(now)))
    .executeTakeFirstOrThrow()
  if (sent < MOST_A_DAY) return
  const tomorrow = momentOf(addDays(dayOf(now), 1))
  throw problem('too-many-requests', { retryAfterSeconds: Math.ceil((tomorrow.getTime() - now.getTime()) / 1000) })
}

/** Whether it is about something of this citizen's, a hall of the city or the app: what is others' does not exist for them. */
async function isOwn(trx: Db, context: Context, { kind, id }: ReportSubject): Promise<boolean> {
  if (kind === 'app') return true
  const { cityId, citizenId } = context
  const own = { city_id: cityId, citizen_id: citizenId, id }
  switch (kind) {
    case 'payment':
      return isThere(
        trx
          .selectFrom('payments')
          .select('id')
          .where((row) => row.and(own)),
      )
    case 'appointment':
      return isThere(
        trx
          .selectFrom('appointments')
          .select('id')
          .where((row) => row.and(own)),
      )
    case 'hall':
      return isThere(trx.selectFrom('halls').select('id').where('city_id', '=', cityId).where('id', '=', id))
    case 'refund':
      return isThere(
        trx
          .selectFrom('refunds as r')
          .innerJoin('payments as p', (join) =>
            join.onRef('p.city_id', '=', 'r.city_id').onRef('p.id', '=', 'r.payment_id'),
          )
          .select('r.id')
          .where('r.city_id', '=', cityId)
          .where('r.id', '=', id)
          .where('p.citizen_id', '=', citizenId),
      )
    case 'data-use':
      return isThere(
        trx
          .selectFrom('data_uses')
          .select('id')
          .where((row) => row.and(own)),
      )
    case 'bill':
      return isThere(ownBills(trx, context).where('b.id', '=', id))
  }
}

const isThere = async (rows: { executeTakeFirst(): Promise<unknown> }): Promise<boolean> =>
  (await rows.executeTakeFirst()) !== undefined

/** Some cities take reports by telephone only. */
function needReports(context: Context): void {
  if (!context.city.features.includes('reports')) throw problem('not-found')
}
