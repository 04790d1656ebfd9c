import type { Transaction } from 'kysely'
import type { ConfirmHoldData, ConfirmHoldResponses, Visitor } from '../../contract/wire/types.gen'
import type { BookingSeed } from '../catalogue'
import { needConsent } from '../citizens/consents'
import { recordDataUses } from '../citizens/data-uses'
import { highest, needLevel } from '../citizens/verification-levels'
import type { Db } from '../database/database'
import type { Tables } from '../database/tables'
import { type ActiveGrant, grantFor, noteAct } from '../family/acting'
import { peopleOf } from '../family/rows'
import { type Context, creating, refuseWhenReadOnly } from '../http/operation'
import { problem } from '../http/problem'
import { isPhone } from '../http/typed'
import { newId, spokenCode } from '../ids'
import { tellOfVisit } from '../messages/texts'
import { dayOf, say, type Words } from '../words'
import { appointmentBody } from './appointment-body'
import { both } from './both'
import { documentOf, documentProblem, maskDocument, takesDocument } from './documents'
import { findHold, type HoldRow, holdStateAt, itemsOf } from './hold-body'
import { refuseOverLimit } from './limits'
import { documentLock, lockCitizens, lockSlots, placesOf } from './locks'
import { documentKeyOf } from './overlap'
import { bookingRules } from './rules'
import type { SlotRow } from './tables'
import { type VisitItem, visitPlanOf } from './visit-plan'
import { keepVisitor, type SavedVisitor, savedVisitor, touchVisitor } from './visitors'

const missing = both('请填写', 'Please fill this in')
const badPhone = both(
  '请填写 11 位手机号；境外号码以 00 和国家或地区代码开头',
  'Enter an 11-digit mobile number; from abroad begin with 00 and the country code',
)
const notTaken = both('这里不能用这种证件办理，请换一种', 'This document is not taken here. Please choose another one')

/**
 * What the hall demands to know, and nothing more, is kept; the number of a document only masked. What is not filled in comes from who was
 * saved.
 */
function visitorOf(
  typed: Visitor,
  saved: SavedVisitor | null,
  items: readonly VisitItem[],
  context: Pick<Context, 'city' | 'language' | 'now'>,
): Visitor {
  const rules = bookingRules(context)
  const visitor = { ...(saved && { name: saved.name, ...(saved.phone && { phone: saved.phone }) }), ...typed }
  const kept: Visitor = {}
  const fields: { field: string; problem: string }[] = []
  const refuse = (field: keyof Visitor, words: Words) =>
    fields.push({ field: `visitor.${field}`, problem: say(words, context.language) })
  if (visitor.name) kept.name = visitor.name
  else if (rules.visitor.includes('name')) refuse('name', missing)
  if (rules.visitor.includes('phone')) {
    if (!visitor.phone) refuse('phone', missing)
    else if (isPhone(visitor.phone)) kept.phone = visitor.phone
    else refuse('phone', badPhone)
  }
  if (rules.visitor.includes('id-number')) {
    const shown = documentOf(typed) ?? documentOfSaved(saved)
    const wrong = shown && !shown.isMasked && documentProblem(shown.kind, shown.number, dayOf(context.now()))
    if (!shown) refuse(visitor.documentKind ? 'documentNumber' : 'idNumber', missing)
    else if (!takesDocument(shown.kind, rules, items)) refuse('documentKind', notTaken)
    else if (wrong) refuse(shown.field, wrong)
    else {
      kept.documentKind = shown.kind
      kept.documentNumber = shown.isMasked ? shown.number : maskDocument(shown.kind, shown.number)
    }
  }
  if (fields.length > 0) throw problem('invalid-fields', { fields })
  return kept
}

/** Checked when it was saved; its number is masked since then. */
const documentOfSaved = (saved: SavedVisitor | null) =>
  saved?.document_kind && saved.document_number
    ? {
        kind: saved.document_kind,
        number: saved.document_number,
        field: 'documentNumber' as const,
        isMasked: true,
      }
    : undefined

/** A code that nobody else reads out in this hall on this day. */
async function freeCode(db: Db, slot: SlotRow): Promise<string> {
  for (;;) {
    const code = spokenCode(6)
    const used = await db
      .selectFrom('appointments')
      .select('id')
      .where('city_id', '=', slot.city_id)
      .where('hall_id', '=', slot.hall_id)
      .where('day', '=', slot.day)
      .where('code', '=', code)
      .executeTakeFirst()
    if (!used) return code
  }
}

export const cancelUntilOf = (slot: SlotRow, rules: BookingSeed): Date =>
  new Date(slot.starts_at.getTime() - rules.cancelUntilMinutes * 60_000)

/** Slot and citizen are locked: the hold's place becomes the visit's, so the slot's count stays as it is. */
async function makeAppointment(
  trx: Transaction<Tables>,
  context: Context,
  hold: HoldRow,
  slot: SlotRow,
  visit: { personId: string; visitor: Visitor; documentKey: string | null },
): Promise<string> {
  const id = newId('ap')
  const now = context.now()
  await trx
    .insertInto('appointments')
    .values({
      id,
      city_id: hold.city_id,
      citizen_id: hold.citizen_id,
      person_id: visit.personId,
      document_key: visit.documentKey,
      hold_id: hold.id,
      slot_id: slot.id,
      more_slot_ids: hold.more_slot_ids,
      hall_id: slot.hall_id,
      item_id: hold.item_id,
      more_item_ids: hold.more_item_ids,
      persons: hold.persons,
      day: slot.day,
      ends_at: hold.ends_at,
      state: 'confirmed',
      visitor: JSON.stringify(visit.visitor),
      code: await freeCode(trx, slot),
      cancel_until: cancelUntilOf(slot, bookingRules(context)),
      created_at: now,
    })
    .execute()
  await trx
    .updateTable('holds')
    .set({ state: 'confirmed', appointment_id: id, ended_at: now })
    .where('city_id', '=', hold.city_id)
    .where('id', '=', hold.id)
    .execute()
  await trx
    .updateTable('waitlist')
    .set({ state: 'taken' })
    .where('city_id', '=', hold.city_id)
    .where('hold_id', '=', hold.id)
    .execute()
  await tellOfVisit(trx, { ...hold, id }, slot.starts_at, now)
  return id
}

const inPersonOnly = both(
  '这个事项须由本人预约并到场办理，不能由家人代为预约。请本人预约，或在大厅现场取号。',
  'The person concerned must book this and attend in person. They can book it themselves or take a number at the hall.',
)

/** Whoever acts for somebody by a grant; null for oneself. Some items are not booked for anybody else. */
async function bookingGrant(
  trx: Transaction<Tables>,
  context: Context,
  personId: string,
  items: readonly VisitItem[],
): Promise<ActiveGrant | null> {
  if (personId === context.citizenId) return null
  if (items.some(({ inPerson }) => inPerson))
    throw problem('forbidden', { detail: say(inPersonOnly, context.language) })
  return grantFor(trx, context, { giverId: personId }, 'book')
}

/** Of a relative the city knows what it needs. */
async function visitorByGrant(trx: Transaction<Tables>, { cityId }: Context, { giver_id }: ActiveGrant) {
  const { name = '', phone = '' } = (await peopleOf(trx, cityId, [giver_id])).get(giver_id) ?? {}
  return { name, phone }
}

/** The hall was told who comes; of a relative it was the one who books for them who told it. */
async function noteVisit(
  trx: Transaction<Tables>,
  context: Context,
  { grant, hall, items }: { grant: ActiveGrant | null; hall: Words; items: readonly VisitItem[] },
): Promise<void> {
  const zh = items.map(({ words }) => words.zh).join('、')
  const en = items.map(({ words }) => words.en).join(', ')
  const visit = { by: hall, purpose: 'visit', text: both(`核对预约人：${zh}`, `Checked who comes: ${en}`) } as const
  if (grant === null) return recordDataUses(trx, context, [{ citizenId: context.citizenId, ...visit }])
  const text = both(`预约：${zh}（${hall.zh}）`, `Booked: ${en} (${hall.en})`)
  await noteAct(trx, context, grant, { kind: 'book', text })
}

/** The held place becomes the visit's. */
export const confirmHold = creating<ConfirmHoldData, ConfirmHoldResponses>(
  'confirmHold',
  async ({ body }, context, trx) => {
    refuseWhenReadOnly(context)
    const { cityId, citizenId } = context
    const personId = body.forCitizenId ?? citizenId
    // Of a relative no document is shown.
    const cityKey = context.service.keys.ofCity(cityId)
    const isOwn = personId === citizenId
    const saved = isOwn && body.savedVisitorId ? await savedVisitor(trx, context, body.savedVisitorId) : null
    const documentKey = isOwn ? (documentKeyOf(cityKey, documentOf(body.visitor)) ?? saved?.document_key ?? null) : null
    await lockCitizens(trx, cityId, [citizenId, personId, ...documentLock(documentKey)])
    const found = await findHold(trx, cityId, citizenId, body.holdId)
    const slot = (await lockSlots(trx, cityId, placesOf(found), context.now())).get(found.slot_id)
    const hold = await findHold(trx, cityId, citizenId, body.holdId)
    // A lost answer is asked for again, perhaps with a new key: the visit is the answer.
    if (hold.appointment_id !== null) {
      return { status: 201, body: await appointmentBody(trx, context, hold.appointment_id) }
    }
    if (!slot || holdStateAt(hold, context.now()) !== 'held') throw problem('hold-expired')
    const { items, hall } = await visitPlanOf(trx, context, slot.hall_id, itemsOf(hold))
    await needLevel(trx, context, highest([bookingRules(context).level, ...items.map(({ level }) => level)]))
    const grant = await bookingGrant(trx, context, personId, items)
    const visitor = grant ? await visitorByGrant(trx, context, grant) : visitorOf(body.visitor, saved, items, context)
    if ('documentNumber' in visitor) await needConsent(trx, context, 'confirmHold', 'document-number')
    const isKept = isOwn && body.saveVisitor && context.city.features.includes('visitors')
    if (isKept) await needConsent(trx, context, 'confirmHold', 'saved-visitors')
    const times = { startsAt: slot.starts_at, endsAt: hold.ends_at }
    await refuseOverLimit(trx, context, { citizenId, personId, documentKey, items, day: slot.day, times })
    const id = await makeAppointment(trx, context, hold, slot, { personId, visitor, documentKey })
    await noteVisit(trx, context, { grant, hall, items })
    if (isKept) await keepVisitor(trx, context, { visitor, documentKey, saved })
    else if (saved) await touchVisitor(trx, saved, context.now())
    return { status: 201, body: await appointmentBody(trx, context, id) }
  },
)
