import type { Transaction } from 'kysely'
import type { consentsOfOperation } from '../../contract/wire/levels.gen'
import type {
  ConsentKind,
  ConsentText,
  ListConsentsData,
  ListConsentsResponses,
  SetConsentData,
  SetConsentResponses,
} from '../../contract/wire/types.gen'
import { lockCitizen } from '../booking/locks'
import type { City, ConsentSeed } from '../catalogue'
import type { Db } from '../database/database'
import type { Tables } from '../database/tables'
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
  identity: { zh: '用姓名和身份证号核验身份', en: 'Using your name and ID number to verify who you are' },
  'saved-visitors': { zh: '保存常用办事人', en: 'Keeping people you book for' },
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
 * A consent that is withdrawn acts at once: messages on their way stop, the real name goes, who is kept for the next visit goes, what is kept
 * of a document goes but of visits ahead, and verifications are over. An act of the citizen that is under way is before it or after it:
 * it is undone with the rest, or refused. Agreeing to a text that is no longer the current one is refused with that one.
 */
export const setConsent = operation<SetConsentData, SetConsentResponses>(async ({ path, body }, context) => {
  const { cityId, citizenId, language } = context
  const current = currentText(context.city, path.consent)
  if (body.given && body.version !== undefined && current && body.version !== current.version)
    throw problem('consent-text-changed', { consent: textBody(current, language) })
  await context.database.transaction(async (trx) => {
    await lockCitizen(trx, cityId, citizenId)
    const own = { cityId, citizenId, consent: path.consent }
    const version = body.given ? (body.version ?? null) : undefined
    await noteConsent(trx, { ...own, given: body.given, now: context.now(), ...(version !== undefined && { version }) })
    if (body.given) return
    await undo[path.consent]?.(trx, context)
  })
  return { status: 204 }
})

/** What goes with a consent, at once. */
const undo: Partial<Record<ConsentKind, (db: Transaction<Tables>, context: Context) => Promise<void>>> = {
  messages: (db, { cityId, citizenId, now }) => silenceMessages(db, { cityId, citizenId }, now()),
  'document-number': forgetDocuments,
  async 'saved-visitors'(db, { cityId, citizenId }) {
    await db.deleteFrom('saved_visitors').where('city_id', '=', cityId).where('citizen_id', '=', citizenId).execute()
  },
  identity: (db, context) => endVerifications(db, context),
  face: (db, context) => endVerifications(db, context, 'face'),
  async 'real-name'(db, context) {
    const { cityId, citizenId } = context
    await db
      .updateTable('citizens')
      .set({ name: '', phone: '' })
      .where('city_id', '=', cityId)
      .where('id', '=', citizenId)
      .execute()
    await endVerifications(db, context)
  },
}

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
  await db
    .updateTable('saved_visitors')
    .set({ document_kind: null, document_number: null, document_key: null })
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('document_key', 'is not', null)
    .execute()
}

type Acts = typeof consentsOfOperation

/**
 * Refuses an act that needs a consent which the citizen has not given, has withdrawn, or gave to an older text; the refusal carries the text,
 * so that the app asks there and then. An app that cannot ask (`Can-Ask`) is refused only where the consent was withdrawn. A city without
 * a text for it does not demand it. Which acts demand which consents is the contract's `x-consents`. `unlessNeverAsked`: something else has
 * said yes, such as the host's own question. What is written on the strength of it is written in the same transaction, the citizen's row locked.
 *
 * @throws ProblemError `consent-needed`
 */
export async function needConsent<Act extends keyof Acts>(
  db: Db,
  context: Context,
  _act: Act,
  consent: Acts[Act][number],
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
