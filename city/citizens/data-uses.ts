import { sql } from 'kysely'
import type { DataUsePurpose, ListDataUsesData, ListDataUsesResponses } from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import { type Context, operation } from '../http/operation'
import { microsOf, readPage } from '../http/pages'
import { problem } from '../http/problem'
import { newId } from '../ids'
import { instant, say, type Words } from '../words'

/** Who used the citizen's data, page by page, newest first. */
export const listDataUses = operation<ListDataUsesData, ListDataUsesResponses>(async ({ query }, context) => {
  if (!context.city.features.includes('data-uses')) throw problem('not-found')
  const { db, cityId, citizenId, language } = context
  const own = db.selectFrom('data_uses').where('city_id', '=', cityId).where('citizen_id', '=', citizenId)
  let rows = own.selectAll()
  if (query.office !== undefined) rows = rows.where(office, '=', query.office)
  if (query.purpose !== undefined) rows = rows.where('kind', '=', query.purpose)
  const newestFirst = [
    { by: microsOf(sql`at`), type: 'number', isDescending: true },
    { by: sql`id`, type: 'text' },
  ] as const
  const page = await readPage(rows, newestFirst, query.cursor)
  const groups =
    query.cursor === undefined
      ? await own
          .select([office.as('office'), sql<string>`min(by_whom ->> 'en')`.as('en'), 'kind'])
          .groupBy([office, 'kind'])
          .orderBy(office)
          .limit(MOST_GROUPS)
          .execute()
      : []
  const offices = new Map(groups.map((group) => [group.office, say({ zh: group.office, en: group.en }, language)]))
  return {
    status: 200,
    body: {
      items: page.rows.map((use) => ({
        id: use.id,
        at: instant(use.at),
        office: use.by_whom.zh,
        by: say(use.by_whom, language),
        purpose: use.kind ?? 'other',
        text: say(use.purpose, language),
      })),
      ...(page.next ? { next: page.next } : {}),
      offices: [...offices].map(([id, name]) => ({ office: id, name })),
      purposes: [...new Set(groups.map(({ kind }) => kind ?? 'other'))],
      serverTime: instant(context.now()),
    },
  }
})

/** An office is known by its Chinese name. */
const office = sql<string>`by_whom ->> 'zh'`
const MOST_GROUPS = 100

/** A use of somebody's data. */
export type DataUse = { citizenId: string; by: Words; purpose: DataUsePurpose; text: Words }

/** Notes for citizens that somebody read their data. */
export async function recordDataUses(
  db: Db,
  { cityId, now }: Pick<Context, 'cityId' | 'now'>,
  uses: readonly DataUse[],
) {
  if (uses.length === 0) return
  const rows = uses.map(({ citizenId, by, purpose, text }) => ({
    id: newId('u'),
    city_id: cityId,
    citizen_id: citizenId,
    at: now(),
    by_whom: JSON.stringify(by),
    purpose: JSON.stringify(text),
    kind: purpose,
  }))
  await db.insertInto('data_uses').values(rows).execute()
}
