import type { Selectable, Transaction } from 'kysely'
import type {
  ForgetVisitorData,
  ForgetVisitorResponses,
  ListVisitorsData,
  ListVisitorsResponses,
  Visitor,
} from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import type { Tables } from '../database/tables'
import { type Context, operation } from '../http/operation'
import { problem } from '../http/problem'
import { newId } from '../ids'
import { instant, maskName, maskPhone, say } from '../words'
import { both } from './both'
import { refuseWithout } from './rules'

export type SavedVisitor = Selectable<Tables['saved_visitors']>

const mostVisitors = 10
const gone = both('这位办事人已被移除，请重新填写', 'This person was removed. Please fill in the details again')

const visitorsOf = (db: Db, { cityId, citizenId }: Pick<Context, 'cityId' | 'citizenId'>) =>
  db.selectFrom('saved_visitors').selectAll().where('city_id', '=', cityId).where('citizen_id', '=', citizenId)

/** @throws ProblemError `invalid-fields` when the citizen keeps nobody by this id. */
export async function savedVisitor(db: Db, context: Context, visitorId: string): Promise<SavedVisitor> {
  const visitor = await visitorsOf(db, context).where('id', '=', visitorId).executeTakeFirst()
  if (visitor) return visitor
  throw problem('invalid-fields', { fields: [{ field: 'savedVisitorId', problem: say(gone, context.language) }] })
}

/**
 * Keeps who comes for the next time, as the visit keeps them: in place of `saved`, or of who has the same document, or else the same name
 * and telephone. The citizen's row is locked.
 */
export async function keepVisitor(
  trx: Transaction<Tables>,
  context: Context,
  { visitor, documentKey, saved }: { visitor: Visitor; documentKey: string | null; saved: SavedVisitor | null },
): Promise<void> {
  const now = context.now()
  const { name, phone = null, documentKind = null, documentNumber = null } = visitor
  if (name === undefined) return
  const known = await visitorsOf(trx, context).execute()
  const isSame = (other: SavedVisitor) =>
    other.id === saved?.id ||
    (documentKey !== null && other.document_key === documentKey) ||
    (other.name === name && other.phone === phone && (documentKey === null || other.document_key === null))
  const same = known.find(isSame)
  const row = {
    name,
    phone: phone ?? same?.phone ?? null,
    document_kind: documentKind ?? same?.document_kind ?? null,
    document_number: documentNumber ?? same?.document_number ?? null,
    document_key: documentKey ?? same?.document_key ?? null,
    used_at: now,
  }
  if (same) {
    await trx
      .updateTable('saved_visitors')
      .set(row)
      .where('city_id', '=', context.cityId)
      .where('id', '=', same.id)
      .execute()
  } else if (known.length < mostVisitors) {
    const { cityId: city_id, citizenId: citizen_id } = context
    await trx
      .insertInto('saved_visitors')
      .values({ ...row, city_id, id: newId('sv'), citizen_id, saved_at: now })
      .execute()
  }
}

/** Notes that somebody was booked for again. */
export async function touchVisitor(trx: Transaction<Tables>, saved: SavedVisitor, now: Date): Promise<void> {
  await trx
    .updateTable('saved_visitors')
    .set({ used_at: now })
    .where('city_id', '=', saved.city_id)
    .where('id', '=', saved.id)
    .execute()
}

export const listVisitors = operation<ListVisitorsData, ListVisitorsResponses>(async (_call, context) => {
  refuseWithout('visitors', context)
  const rows = await visitorsOf(context.db, context)
    .orderBy('used_at', 'desc')
    .orderBy('id')
    .limit(mostVisitors)
    .execute()
  const items = rows.map((row) => ({
    id: row.id,
    maskedName: maskName(row.name),
    ...(row.phone !== null && { maskedPhone: maskPhone(row.phone) }),
    ...(row.document_kind !== null &&
      row.document_number !== null && { documentKind: row.document_kind, maskedDocument: row.document_number }),
    savedAt: instant(row.saved_at),
  }))
  return { status: 200, body: { items, serverTime: instant(context.now()) } }
})

export const forgetVisitor = operation<ForgetVisitorData, ForgetVisitorResponses>(async ({ path }, context) => {
  refuseWithout('visitors', context)
  await context.db
    .deleteFrom('saved_visitors')
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
    .where('id', '=', path.visitorId)
    .execute()
  return { status: 204 }
})
