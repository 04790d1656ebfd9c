import { sql, type Transaction } from 'kysely'
import type { MessageSubject } from '../../contract/wire/types.gen'
import type { MessageKind, Tables } from '../database/tables'
import type { Words } from '../words'

type Trx = Transaction<Tables>

export type NewMessage = {
  cityId: string
  citizenId: string
  kind: MessageKind
  about: MessageSubject
  /** Where one thing is told more than once: which time, or whom. */
  which?: string
  title: Words
  text: Words
  sendAt: Date
  /** No use after this. */
  until: Date
}

/** Under which a message is kept. */
export const idOf = ({ kind, about, which }: Pick<NewMessage, 'kind' | 'about' | 'which'>): string =>
  [kind, about.id, which].filter(Boolean).join('/')

/**
 * Writes down what a citizen is to be told, in the transaction that decided it: it is sent after the commit, or never. The app shows it at
 * once, or from when it is due. One thing is told once; what was not sent yet is told as it is now.
 */
export async function writeMessage(trx: Trx, message: NewMessage, now: Date): Promise<void> {
  const { cityId, citizenId, kind, about, sendAt, until } = message
  if (until <= now) return
  const columns = {
    title: JSON.stringify(message.title),
    text: JSON.stringify(message.text),
    send_at: sendAt,
    until,
    state: 'waiting' as const,
  }
  const toldAt = sendAt <= now ? now : null
  // One that is on its way was perhaps seen already.
  const isOnItsWay = sql<boolean>`${sql.ref('messages.state')} = 'waiting'`
  await trx
    .insertInto('messages')
    .values({
      city_id: cityId,
      id: idOf(message),
      citizen_id: citizenId,
      kind,
      about_kind: about.kind,
      about_id: about.id,
      created_at: now,
      told_at: toldAt,
      ...columns,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['city_id', 'id'])
        .doUpdateSet((set) => ({
          ...columns,
          told_at: set
            .case()
            .when(isOnItsWay)
            .then(set.fn.coalesce('messages.told_at', set.val(toldAt)))
            .else(toldAt)
            .end(),
          read_at: set.case().when(isOnItsWay).then(set.ref('messages.read_at')).end(),
        }))
        .where('messages.state', 'in', ['waiting', 'withdrawn']),
    )
    .execute()
}

type Which = { cityId: string; citizenId: string; kind?: MessageKind; aboutIds?: readonly string[] }

/** What is no longer so, and on its way to a citizen, is told no more: all of it, or of one kind, or about some things. */
export async function withdrawMessages(
  trx: Trx,
  { cityId, citizenId, kind, aboutIds }: Which,
  now: Date,
): Promise<void> {
  let waiting = trx
    .updateTable('messages')
    .set({ state: 'withdrawn', send_at: null, ended_at: now, told_at: null })
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('state', '=', 'waiting')
  if (kind !== undefined) waiting = waiting.where('kind', '=', kind)
  if (aboutIds !== undefined) waiting = waiting.where('about_id', 'in', [...aboutIds, ''])
  await waiting.execute()
}

/** The citizen wants no messages: none of theirs goes to the host any more. The app goes on showing them. */
export async function silenceMessages(
  trx: Trx,
  { cityId, citizenId }: { cityId: string; citizenId: string },
  now: Date,
): Promise<void> {
  await trx
    .updateTable('messages')
    .set({ state: 'off', send_at: null, ended_at: now })
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('state', '=', 'waiting')
    // What is due later is decided then.
    .where('told_at', 'is not', null)
    .execute()
}
