import { type Selectable, sql } from 'kysely'
import { boundBills } from '../billing/bound-bills'
import { consentOf } from '../citizens/consents'
import type { Db } from '../database/database'
import type { Tables } from '../database/tables'
import type { Service } from '../service'
import { secondsAfter } from '../words'

type Message = Selectable<Tables['messages']>

/** How many are taken at a time, for how long no other instance takes them. */
const BATCH = 20
const LEASE_SECONDS = 60
const LONGEST_PAUSE_SECONDS = 3600

/** Sends what is due, each on its own; after a failure again with growing pauses, while it is of use. Instances share it. */
export async function sendMessages(service: Service, signal?: AbortSignal): Promise<void> {
  for (;;) {
    const taken = await take(service)
    for (const message of taken) if (!signal?.aborted) await send(service, message)
    if (taken.length < BATCH || signal?.aborted) return
  }
}

async function take({ database, clock }: Service): Promise<Message[]> {
  const now = clock.now()
  return database.transaction((trx) =>
    trx
      .updateTable('messages')
      .set((set) => ({ send_at: secondsAfter(now, LEASE_SECONDS), tries: set('tries', '+', 1) }))
      .where(({ eb, refTuple, selectFrom }) =>
        eb(
          refTuple('city_id', 'id'),
          'in',
          selectFrom('messages')
            .select(['city_id', 'id'])
            .where('send_at', '<=', now)
            .orderBy('send_at')
            .limit(BATCH)
            .forUpdate()
            .skipLocked()
            .$asTuple('city_id', 'id'),
        ),
      )
      .returningAll()
      .execute(),
  )
}

async function send(service: Service, message: Message): Promise<void> {
  const { city_id: cityId, id, title, text, tries } = message
  const { db } = service.database
  const now = service.clock.now()
  const end = (state: Message['state']) => settle(db, message, { state, send_at: null, ended_at: now })
  if (message.until <= now) return end('gave-up')
  if (!(await isWanted(db, message))) return end('withdrawn')
  const citizen = await db
    .selectFrom('citizens')
    .select('subject')
    .where('city_id', '=', cityId)
    .where('id', '=', message.citizen_id)
    .executeTakeFirst()
  if (citizen === undefined) return end('withdrawn')
  try {
    await service.messages.send({ cityId, id, subject: citizen.subject, title, text })
  } catch {
    const pause = Math.min(LONGEST_PAUSE_SECONDS, 30 * 2 ** Math.min(tries, 10))
    return settle(db, message, { send_at: secondsAfter(now, pause) })
  }
  await end('sent')
}

/** Only while nobody has changed it meanwhile: a consent may have been withdrawn. */
async function settle(
  db: Db,
  { city_id, id, tries }: Message,
  change: Partial<Pick<Message, 'state' | 'send_at' | 'ended_at'>>,
): Promise<void> {
  await db
    .updateTable('messages')
    .set(change)
    .where('city_id', '=', city_id)
    .where('id', '=', id)
    .where('tries', '=', tries)
    .where('state', '=', 'waiting')
    .execute()
}

/** Asked at the moment of sending: whether the citizen wants it still, and whether it is still so. */
async function isWanted(db: Db, message: Message): Promise<boolean> {
  const { city_id: cityId, citizen_id: citizenId, kind, about_id: aboutId } = message
  if ((await consentOf(db, { cityId, citizenId, consent: 'messages' })) === false) return false
  if (kind === 'visit-tomorrow') {
    const visit = await db
      .selectFrom('appointments')
      .select('state')
      .where('city_id', '=', cityId)
      .where('id', '=', aboutId)
      .executeTakeFirst()
    return visit?.state === 'confirmed'
  }
  if (kind === 'place-offered') {
    const offer = await db
      .selectFrom('holds')
      .select('state')
      .where('city_id', '=', cityId)
      .where('id', '=', aboutId)
      .executeTakeFirst()
    return offer?.state === 'held'
  }
  if (kind === 'ticket-near' || kind === 'ticket-called') {
    const ticket = await db
      .selectFrom('tickets')
      .select('state')
      .where('city_id', '=', cityId)
      .where('id', '=', aboutId)
      .executeTakeFirst()
    return ticket?.state === (kind === 'ticket-near' ? 'waiting' : 'called')
  }
  if (kind !== 'bill-due') return true
  const reminded = await boundBills(db)
    .select('b.id')
    .where('b.city_id', '=', cityId)
    .where('b.id', '=', aboutId)
    .where('b.settled_at', 'is', null)
    .where('a.citizen_id', '=', citizenId)
    .where('a.unbound_at', 'is', null)
    .where(sql<boolean>`a.reminder_given`)
    .executeTakeFirst()
  return reminded !== undefined
}
