import type {
  ConsentKind,
  ConsentText,
  ListConsentsData,
  ListConsentsResponses,
  SetConsentData,
  SetConsentResponses,
} from '../../contract/wire/types.gen'
import type { City, ConsentSeed } from '../catalogue'
import type { Db } from '../database/database'
import { type Context, operation } from '../http/operation'
import { problem } from '../http/problem'
import { silenceMessages } from '../messages/outbox'
import { instant, type Language, say, type Words } from '../words'
import { endVerifications } from './verification-levels'

/** What each consent is called where the city has no text of it. */
const titles: Record<ConsentKind, Words> = {
  'real-name': { zh: '使用真实姓名和手机号', en: 'Using your real name and phone number' },
  location: { zh: '使用位置', en: 'Using your location' },
  messages: { zh: '发送消息', en: 'Sending you messages' },
  'document-number': { zh: '使用证件号码', en: 'Using your document number' },
  face: { zh: '使用人脸信息', en: 'Using your face' },
}

/** All that the citizen was asked about. Few rows: one for each purpose. */
export const listConsents = operation<ListConsentsData, ListConsentsResponses>(async (_call, context) => {
  needTexts(context)
  const { db, city, cityId, citizenId, language } = context
  const rows = await db
    .selectFrom('consents')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .orderBy('changed_at', 'desc')
    .orderBy('consent')
    .execute()
  return {
    status: 200,
    body: {
      items: rows.map(({ consent, given, changed_at, version }) => {
        const agreed = city.consents?.find((text) => text.consent === consent && text.version === version)
        const current = currentText(city, consent)
        return {
          consent,
          title: say((agreed ?? current)?.title ?? titles[consent], language),
          given,
          changedAt: instant(changed_at),
          ...(agreed && { agreed: textBody(agreed, language) }),
          ...(current && { current: textBody(current, language) }),
        }
      }),
      serverTime: instant(context.now()),
    },
  }
})

/**
 * A consent that is withdrawn acts at once: messages on their way stop, the real name goes, and what is kept of a document in visits that
 * are over goes. Agreeing to a text that is no longer the current one is refused with that one.
 */
export const setConsent = operation<SetConsentData, SetConsentResponses>(async ({ path, body }, context) => {
  const { cityId, citizenId, language } = context
  const current = currentText(context.city, path.consent)
  if (body.given && body.version !== undefined && current && body.version !== current.version)
    throw problem('consent-text-changed', { consent: textBody(current, language) })
  await context.database.transaction(async (trx) => {
    const own = { cityId, citizenId, consent: path.consent }
    const version = body.given ? (body.version ?? null) : undefined
    await noteConsent(trx, { ...own, given: body.given, now: context.now(), ...(version !== undefined && { version }) })
    if (body.given) return
    if (path.consent === 'messages') await silenceMessages(trx, { cityId, citizenId }, context.now())
    if (path.consent === 'document-number') await forgetDocuments(trx, context)
    if (path.consent === 'real-name') {
      await trx
        .updateTable('citizens')
        .set({ name: '', phone: '' })
        .where('city_id', '=', cityId)
        .where('id', '=', citizenId)
        .execute()
      await endVerifications(trx, { cityId, citizenId })
    }
  })
  return { status: 204 }
})

/** Of a visit ahead the hall needs what is kept to know who comes. */
async function forgetDocuments(db: Db, { cityId, citizenId }: Context): Promise<void> {
  const visits = await db
    .selectFrom('appointments')
    .select(['id', 'visitor'])
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('document_key', 'is not', null)
    .where('state', 'not in', ['confirmed', 'checked-in'])
    .execute()
  for (const { id, visitor } of visits) {
    const { documentKind: _kind, documentNumber: _number, idNumber: _id, ...rest } = visitor
    await db
      .updateTable('appointments')
      .set({ document_key: null, visitor: JSON.stringify(rest) })
      .where('city_id', '=', cityId)
      .where('id', '=', id)
      .execute()
  }
}

/**
 * Refuses an act that needs a consent which the citizen has not given, has withdrawn, or gave to an older text; the refusal carries the text,
 * so that the app asks there and then. An app that cannot ask (`Can-Ask`) is refused only where the consent was withdrawn. A city without
 * a text for it does not demand it. `unlessNeverAsked`: something else has said yes, such as the host's own question.
 *
 * @throws ProblemError `consent-needed`
 */
export async function needConsent(
  db: Db,
  context: Context,
  consent: ConsentKind,
  { unlessNeverAsked = false } = {},
): Promise<void> {
  const text = currentText(context.city, consent)
  if (text === undefined) return
  const stands = standingOf(await consentRow(db, { ...context, citizenId: context.citizenId, consent }), text)
  if (stands === 'given') return
  if (stands === 'not-given' && unlessNeverAsked) return
  if (stands !== 'withdrawn' && !context.canAsk('consents')) return
  const { language } = context
  throw problem('consent-needed', {
    detail: `${say(needed, language)}${say(text.without, language)}`,
    consent: textBody(text, language),
    consentStands: stands,
  })
}

const needed: Words = {
  zh: '没有您的同意，这里不能继续。',
  en: 'This step needs your agreement. ',
}

type Stands = 'given' | 'withdrawn' | 'not-given' | 'new-text'

/** A consent that was given without a text stands on none. */
export function standingOf(
  row: { given: boolean; version: number | null } | undefined,
  text: Pick<ConsentSeed, 'version'>,
): Stands {
  if (row === undefined) return 'not-given'
  if (!row.given) return 'withdrawn'
  if (row.version === null) return 'not-given'
  return row.version < text.version ? 'new-text' : 'given'
}

/** The newest version is in force. */
const currentText = (city: City, consent: ConsentKind): ConsentSeed | undefined =>
  city.consents
    ?.filter((text) => text.consent === consent)
    .reduce<ConsentSeed | undefined>(
      (newest, text) => (newest && newest.version > text.version ? newest : text),
      undefined,
    )

const textBody = (text: ConsentSeed, language: Language): ConsentText => ({
  consent: text.consent,
  version: text.version,
  title: say(text.title, language),
  purpose: say(text.purpose, language),
  text: say(text.text, language),
  without: say(text.without, language),
  sensitive: text.sensitive,
})

type Consent = {
  cityId: string
  citizenId: string
  consent: ConsentKind
  given: boolean
  /** Of the text that was read; a withdrawal leaves it as it was. */
  version?: number | null
  now: Date
}

export async function noteConsent(db: Db, { cityId, citizenId, consent, given, version, now }: Consent): Promise<void> {
  const change = { given, changed_at: now, ...(version !== undefined && { version }) }
  await db
    .insertInto('consents')
    .values({ city_id: cityId, citizen_id: citizenId, consent, ...change })
    .onConflict((conflict) => conflict.columns(['city_id', 'citizen_id', 'consent']).doUpdateSet(change))
    .execute()
}

const consentRow = (db: Db, { cityId, citizenId, consent }: Pick<Consent, 'cityId' | 'citizenId' | 'consent'>) =>
  db
    .selectFrom('consents')
    .select(['given', 'version'])
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('consent', '=', consent)
    .executeTakeFirst()

/** Null where the citizen never said. */
export async function consentOf(
  db: Db,
  own: Pick<Consent, 'cityId' | 'citizenId' | 'consent'>,
): Promise<boolean | null> {
  return (await consentRow(db, own))?.given ?? null
}

/** Some cities have no texts yet. */
function needTexts(context: Context): void {
  if (!context.city.features.includes('consents')) throw problem('not-found')
}
