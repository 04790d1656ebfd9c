import { randomInt } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import type {
  CreateReportData,
  CreateReportResponses,
  ListReportsData,
  ListReportsResponses,
  Report,
  ReportSubject,
} from '../../contract/wire/types.gen'
import { ownBills } from '../billing/bills'
import type { Db } from '../database/database'
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
        answer_by: momentOf(addDays(dayOf(now), context.city.promises.answerWithinDays), '18:00'),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return { status: 201, body: reportBody(row, context) }
  },
)

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
