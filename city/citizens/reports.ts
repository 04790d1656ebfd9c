import { randomInt } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import type {
  CreateReportData,
  CreateReportResponses,
  ListReportsData,
  ListReportsResponses,
  Report,
} from '../../contract/wire/types.gen'
import type { CoreTables } from '../database/tables'
import { type Context, creating, operation } from '../http/operation'
import { microsOf, readPage } from '../http/pages'
import { problem } from '../http/problem'
import { newId } from '../ids'
import { stampOf } from '../payments/advance'
import { addDays, dayOf, instant, momentOf, say } from '../words'

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
      items: page.rows.map((row) => reportBody(row, context)),
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
        answer_by: momentOf(addDays(dayOf(now), context.city.promises.answerWithinDays), '18:00'),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return { status: 201, body: reportBody(row, context) }
  },
)

const reportBody = (row: Selectable<CoreTables['reports']>, context: Context): Report => ({
  id: row.id,
  reference: row.reference,
  about: { kind: row.about_kind, id: row.about_id },
  reason: row.reason,
  text: row.text,
  state: row.state,
  ...(row.answer ? { answer: say(row.answer, context.language) } : {}),
  createdAt: instant(row.created_at),
  answerBy: instant(row.answer_by),
})

/** Some cities take reports by telephone only. */
function needReports(context: Context): void {
  if (!context.city.features.includes('reports')) throw problem('not-found')
}
