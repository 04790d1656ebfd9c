import type { Transaction } from 'kysely'
import type { MessageKind, Tables } from '../database/tables'
import type { Words } from '../words'

export type NewMessage = {
  cityId: string
  citizenId: string
  kind: MessageKind
  about: { kind: 'payment' | 'bill' | 'refund' | 'appointment' | 'hold' | 'mandate' | 'report' | 'ticket'; id: string }
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
 * Writes down what a citizen is to be told, in the transaction that decided it: it is sent after the commit, or never. One thing is told
 * once; what was not sent yet is told as it is now.
 */
export async function writeMessage(trx: Transaction<Tables>, message: NewMessage, now: Date): Promise<void> {
  const { cityId, citizenId, kind, about, sendAt, until } = message
  if (until <= now) return
  const columns = {
    title: JSON.stringify(message.title),
    text: JSON.stringify(message.text),
    send_at: sendAt,
    until,
    state: 'waiting' as const,
  }
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
      ...columns,
    })
    .onConflict((conflict) =>
      conflict.columns(['city_id', 'id']).doUpdateSet(columns).where('messages.state', 'in', ['waiting', 'withdrawn']),
    )
    .execute()
}

type Which = { cityId: string; citizenId: string; kind?: MessageKind; aboutIds?: readonly string[] }

/** What is on its way to a citizen stops: all of it, or of one kind, or about some things. */
export async function withdrawMessages(
  trx: Transaction<Tables>,
  { cityId, citizenId, kind, aboutIds }: Which,
  now: Date,
): Promise<void> {
  let waiting = trx
    .updateTable('messages')
    .set({ state: 'withdrawn', send_at: null, ended_at: now })
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('state', '=', 'waiting')
  if (kind !== undefined) waiting = waiting.where('kind', '=', kind)
  if (aboutIds !== undefined) waiting = waiting.where('about_id', 'in', [...aboutIds, ''])
  await waiting.execute()
}
