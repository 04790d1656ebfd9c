import { consentOf } from '../citizens/consents'
import type { Db } from '../database/database'
import type { Service } from '../service'
import { secondsAfter } from '../words'
import { spendGrant, templateOf } from './grants'
import { kinds, knownKinds, type MessageRow as Message } from './kinds'

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
            .where('kind', 'in', knownKinds)
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
  const { city_id: cityId, citizen_id: citizenId, id, kind, title, text, tries } = message
  const { db } = service.database
  const now = service.clock.now()
  const end = (change: Change) => settle(db, message, { send_at: null, ended_at: now, ...change })
  if (message.until <= now) return void (await end({ state: 'gave-up' }))
  if (!(await kinds[kind](db, message))) return void (await end({ state: 'withdrawn', told_at: null }))
  const told = { told_at: message.told_at ?? now }
  if ((await consentOf(db, { cityId, citizenId, consent: 'messages' })) === false)
    return void (await end({ state: 'off', ...told }))
  const citizen = await db
    .selectFrom('citizens')
    .select('subject')
    .where('city_id', '=', cityId)
    .where('id', '=', citizenId)
    .executeTakeFirst()
  if (citizen === undefined) return void (await end({ state: 'withdrawn', told_at: null }))
  const { subject } = citizen
  const template = templateOf(
    service.cities.find((city) => city.id === cityId),
    subject,
    kind,
  )
  let result: 'sent' | 'refused'
  try {
    result = await service.messages.send({
      ...{ cityId, id, subject, title, text },
      ...(template && { template: template.id }),
    })
  } catch {
    const pause = Math.min(LONGEST_PAUSE_SECONDS, 30 * 2 ** Math.min(tries, 10))
    return void (await settle(db, message, { send_at: secondsAfter(now, pause), ...told }))
  }
  if (!template || (result === 'sent' && !template.once)) return void (await end({ state: result, ...told }))
  await service.database.transaction(async (trx) => {
    const isMine = await settle(trx, message, { state: result, send_at: null, ended_at: now, ...told })
    if (isMine) await spendGrant(trx, { cityId, citizenId }, template, result, now)
  })
}

type Change = Partial<Pick<Message, 'state' | 'send_at' | 'ended_at' | 'told_at'>>

/** Only while nobody has changed it meanwhile: a consent may have been withdrawn. */
async function settle(db: Db, { city_id, id, tries }: Message, change: Change): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('messages')
    .set(change)
    .where('city_id', '=', city_id)
    .where('id', '=', id)
    .where('tries', '=', tries)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  return numUpdatedRows > 0
}
