import { type Selectable, sql } from 'kysely'
import { boundBills } from '../billing/bound-bills'
import type { Db } from '../database/database'
import type { MessageKind, Tables } from '../database/tables'

export type MessageRow = Selectable<Tables['messages']>

/** Whether it is still so, asked at the moment of sending: what is no longer so is not told. */
type StillSo = (db: Db, message: MessageRow) => Promise<boolean>

const isSo: StillSo = async () => true

const isReminded: StillSo = async (db, { city_id, about_id, citizen_id }) => {
  const bill = await boundBills(db)
    .select('b.id')
    .where('b.city_id', '=', city_id)
    .where('b.id', '=', about_id)
    .where('b.settled_at', 'is', null)
    .where('a.citizen_id', '=', citizen_id)
    .where('a.unbound_at', 'is', null)
    .where(sql<boolean>`a.reminder_given`)
    .executeTakeFirst()
  return bill !== undefined
}

const isVisitAhead: StillSo = async (db, { city_id, about_id }) => {
  const visit = await db
    .selectFrom('appointments')
    .select('state')
    .where('city_id', '=', city_id)
    .where('id', '=', about_id)
    .executeTakeFirst()
  return visit?.state === 'confirmed'
}

const isOfferOpen: StillSo = async (db, { city_id, about_id }) => {
  const offer = await db
    .selectFrom('holds')
    .select('state')
    .where('city_id', '=', city_id)
    .where('id', '=', about_id)
    .executeTakeFirst()
  return offer?.state === 'held'
}

const isTicket =
  (state: 'waiting' | 'called'): StillSo =>
  async (db, { city_id, about_id }) => {
    const ticket = await db
      .selectFrom('tickets')
      .select('state')
      .where('city_id', '=', city_id)
      .where('id', '=', about_id)
      .executeTakeFirst()
    return ticket?.state === state
  }

/** All that a city tells by itself. A new kind is a word in the contract, a line here and the function that writes it. */
export const kinds: Readonly<Record<MessageKind, StillSo>> = {
  'bill-new': isReminded,
  'bill-due': isReminded,
  'bill-brought': isSo,
  'collection-ahead': isSo,
  'mandate-ended': isSo,
  'refund-arrived': isSo,
  'recall-ended': isSo,
  'place-offered': isOfferOpen,
  'visit-tomorrow': isVisitAhead,
  'visit-cancelled': isSo,
  'visit-changed': isSo,
  'report-answered': isSo,
  'ticket-near': isTicket('waiting'),
  'ticket-called': isTicket('called'),
  'ticket-passed': isSo,
  'ticket-ended': isSo,
}

/** Rows of a newer version may be of others. */
export const knownKinds = Object.keys(kinds) as MessageKind[]
