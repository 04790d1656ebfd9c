import { sql } from 'kysely'
import type {
  ListMessagesData,
  ListMessagesResponses,
  Message,
  MessageSubject,
  ReadMessagesData,
  ReadMessagesResponses,
} from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import { type Context, operation } from '../http/operation'
import { microsOf, readPage } from '../http/pages'
import { problem } from '../http/problem'
import { instant, say } from '../words'
import { knownKinds, type MessageRow } from './kinds'

/** Counted up to here: nobody needs to know more. */
const MOST_UNREAD = 100

/** What the citizen was told. */
const told = (db: Db, { cityId, citizenId }: Context) =>
  db
    .selectFrom('messages')
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('told_at', 'is not', null)
    .where('kind', 'in', knownKinds)

export const listMessages = operation<ListMessagesData, ListMessagesResponses>(async ({ query }, context) => {
  needMessages(context)
  const newestFirst = [
    { by: microsOf(sql`told_at`), type: 'number', isDescending: true },
    { by: sql`md5(id)`, type: 'text' },
  ] as const
  const page = await readPage(told(context.db, context).selectAll(), newestFirst, query.cursor)
  return {
    status: 200,
    body: {
      items: page.rows.map((row) => messageBody(row, context)),
      ...(page.next ? { next: page.next } : {}),
      serverTime: instant(context.now()),
    },
  }
})

/** Each message by itself, not all up to a time: one whose transaction ended late has an earlier time and was not seen. */
export const readMessages = operation<ReadMessagesData, ReadMessagesResponses>(async ({ body }, context) => {
  needMessages(context)
  await context.db
    .updateTable('messages')
    .set({ read_at: context.now() })
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
    .where('id', 'in', body.ids)
    .where('told_at', 'is not', null)
    .where('read_at', 'is', null)
    .execute()
  return { status: 204 }
})

/** How many have not been read; nothing where the city has no messages. */
export async function unreadMessages(context: Context): Promise<{ unreadMessages?: number }> {
  if (!hasMessages(context)) return {}
  const unread = await told(context.db, context).select('id').where('read_at', 'is', null).limit(MOST_UNREAD).execute()
  return { unreadMessages: unread.length }
}

const deliveries: Readonly<Record<MessageRow['state'], Message['delivery']>> = {
  waiting: 'waiting',
  sent: 'sent',
  off: 'off',
  refused: 'refused',
  'gave-up': 'failed',
  // Told no more, and so not in the list.
  withdrawn: 'failed',
}

/** Rows of another version may be about other things: those lead nowhere. */
const subjects: Readonly<Record<MessageSubject['kind'], true>> = {
  bill: true,
  payment: true,
  mandate: true,
  appointment: true,
  hold: true,
  report: true,
  ticket: true,
}

const messageBody = (row: MessageRow, { language }: Context): Message => ({
  id: row.id,
  kind: row.kind,
  ...(Object.hasOwn(subjects, row.about_kind) && { about: { kind: row.about_kind, id: row.about_id } }),
  title: say(row.title, language),
  text: say(row.text, language),
  at: instant(row.told_at ?? row.created_at),
  delivery: deliveries[row.state],
  read: row.read_at !== null,
})

const hasMessages = ({ city }: Context): boolean => city.features.includes('messages')

export function needMessages(context: Context): void {
  if (!hasMessages(context)) throw problem('not-found')
}
