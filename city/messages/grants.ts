import { type Selectable, sql, type Transaction } from 'kysely'
import type {
  ListMessageGrantsData,
  ListMessageGrantsResponses,
  MessageGrant,
  MessageGrantList,
  NoteMessageGrantsData,
  NoteMessageGrantsResponses,
} from '../../contract/wire/types.gen'
import type { City, TemplateSeed } from '../catalogue'
import { consentOf } from '../citizens/consents'
import type { Db } from '../database/database'
import type { MessageKind, Tables } from '../database/tables'
import { type Context, creating, operation } from '../http/operation'
import { problem } from '../http/problem'
import { instant, say } from '../words'
import { needMessages } from './inbox'

type Trx = Transaction<Tables>
type Own = { cityId: string; citizenId: string }
type GrantRow = Selectable<Tables['message_grants']>

/** Nobody says yes more often. */
const MOST = 1000

export const listMessageGrants = operation<ListMessageGrantsData, ListMessageGrantsResponses>(
  async (_call, context) => {
    needMessages(context)
    return { status: 200, body: await grantsBody(context.db, context) }
  },
)

/** In one transaction with its key, so that a call that is repeated counts once. */
export const noteMessageGrants = creating<NoteMessageGrantsData, NoteMessageGrantsResponses>(
  'noteMessageGrants',
  async ({ body }, context, trx) => {
    needMessages(context)
    const templates = await templatesOf(trx, context)
    for (const { template, granted } of body.answers) {
      const known = templates.find(({ id }) => id === template)
      if (!known) throw problem('invalid-fields', { fields: [{ field: 'answers', problem: 'templates of the city' }] })
      await note(trx, context, known, { granted, now: context.now() })
    }
    return { status: 200, body: await grantsBody(trx, context) }
  },
)

/** The host has just granted these, says a call that may be a repeated one. */
export async function noteGranted(trx: Trx, context: Context, ids: readonly string[]): Promise<void> {
  for (const template of await templatesOf(trx, context))
    if (ids.includes(template.id))
      await note(trx, context, template, { granted: true, now: context.now(), atLeast: true })
}

/** A yes counts for one more message; of a call that may be a repeated one (`atLeast`) it is sure only that there is one. */
async function note(
  trx: Trx,
  { cityId, citizenId }: Own,
  { id, once }: Pick<TemplateSeed, 'id' | 'once'>,
  { granted, now, atLeast = false }: { granted: boolean; now: Date; atLeast?: boolean },
): Promise<void> {
  const more = granted && once ? 1 : 0
  const before = sql.ref<number>('message_grants.remaining')
  const remaining = atLeast
    ? sql<number>`greatest(${before}, ${more})`
    : sql<number>`least(${before} + ${more}, ${MOST})`
  await trx
    .insertInto('message_grants')
    .values({ city_id: cityId, citizen_id: citizenId, template: id, granted, remaining: more, changed_at: now })
    .onConflict((conflict) =>
      conflict.columns(['city_id', 'citizen_id', 'template']).doUpdateSet({ granted, remaining, changed_at: now }),
    )
    .execute()
}

/** What the host made of a message: one that was shown uses up a grant for one, one that was refused says that there is none. */
export async function spendGrant(
  db: Db,
  { cityId, citizenId }: Own,
  { id }: Pick<TemplateSeed, 'id'>,
  result: 'sent' | 'refused',
  now: Date,
): Promise<void> {
  await db
    .updateTable('message_grants')
    .set(
      result === 'refused'
        ? { granted: false, remaining: 0, changed_at: now }
        : { remaining: sql<number>`greatest(remaining - 1, 0)` },
    )
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('template', '=', id)
    .execute()
}

/** The template that a kind is sent by to whom a host knows by this name; none where the city has none. */
export const templateOf = (city: City | undefined, subject: string, kind: MessageKind): TemplateSeed | undefined =>
  city && ofHost(city, subject).find(({ kinds }) => kinds.includes(kind))

/** The preview simulates WeChat. */
function ofHost({ messages, templates = [] }: City, subject: string): TemplateSeed[] {
  const ids = messages?.[subject.startsWith('alipay/') ? 'alipay' : 'wechat'] ?? []
  return templates.filter(({ id }) => ids.includes(id))
}

async function templatesOf(db: Db, { city, cityId, citizenId }: Context): Promise<TemplateSeed[]> {
  const { subject } = await db
    .selectFrom('citizens')
    .select('subject')
    .where('city_id', '=', cityId)
    .where('id', '=', citizenId)
    .executeTakeFirstOrThrow()
  return ofHost(city, subject)
}

async function grantsBody(db: Trx | Db, context: Context): Promise<MessageGrantList> {
  const { cityId, citizenId, language } = context
  const templates = await templatesOf(db, context)
  const rows = await db
    .selectFrom('message_grants')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .execute()
  const isOff = (await consentOf(db, { cityId, citizenId, consent: 'messages' })) === false
  return {
    items: templates.map((template) => {
      const row = rows.find((each) => each.template === template.id)
      return {
        template: template.id,
        title: say(template.title, language),
        once: template.once,
        ...standingOf(template, row),
        ...(row && { changedAt: instant(row.changed_at) }),
      }
    }),
    ...(isOff && { off: true as const }),
    serverTime: instant(context.now()),
  }
}

/** A no takes nothing back that was granted for one message each. */
export function standingOf(
  { once }: Pick<TemplateSeed, 'once'>,
  row: Pick<GrantRow, 'granted' | 'remaining'> | undefined,
): Pick<MessageGrant, 'state' | 'left'> {
  if (row === undefined) return { state: 'never' }
  if (once && row.remaining > 0) return { state: 'granted', left: row.remaining }
  if (!row.granted) return { state: 'refused' }
  return { state: once ? 'used-up' : 'granted' }
}
