import type { ColumnType, Generated, JSONColumnType, Selectable } from 'kysely'
import type {
  AppointmentState,
  DayPart,
  DocumentKind,
  FavouriteKind,
  Hold,
  Level,
  LifeEvent,
  OpeningHours,
  Visitor,
  WaitlistEntry,
} from '../../contract/wire/types.gen'
import type { TicketSeed } from '../tickets/tables'
import type { Words } from '../words'
import type { MaterialSeed, QuestionSeed } from './materials'
import type { OwnDay } from './slot-plan'

type Moment = ColumnType<Date, Date, Date>
type MaybeMoment = ColumnType<Date | null, Date | null | undefined, Date | null>
type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>
type MaybeJson<T> = ColumnType<T | null, string | null | undefined, string | null>

export type BookingTables = {
  halls: {
    city_id: string
    id: string
    position: number
    name: JSONColumnType<Words>
    district: JSONColumnType<Words>
    address: JSONColumnType<Words>
    phone: string
    latitude: number
    longitude: number
    hours: JSONColumnType<OpeningHours[]>
    maintenance: MaybeJson<Words>
    own_days: JSONColumnType<OwnDay[]>
    queue: 'live' | 'old' | 'none'
    tickets: MaybeJson<TicketSeed>
  }
  items: {
    city_id: string
    id: string
    position: number
    name: JSONColumnType<Words>
    department: JSONColumnType<Words>
    duration_minutes: number
    fee_fen: Maybe<number>
    note: MaybeJson<Words>
    materials: JSONColumnType<MaterialSeed[]>
    questions: MaybeJson<QuestionSeed[]>
    rules: MaybeJson<Words>
    document_kinds: MaybeJson<DocumentKind[]>
    monthly_limit: Maybe<number>
    in_person: Generated<boolean>
    level: Maybe<Level>
    life_events: MaybeJson<LifeEvent[]>
    /** In 30 days, without an appointment: the city knows. */
    visits_elsewhere: Generated<number>
    /** In 30 days, as counted on `counted_on`. */
    visits_counted: Generated<number>
    counted_on: Maybe<string>
  }
  counters: { city_id: string; hall_id: string; id: string; slot_minutes: number; capacity: number }
  hall_items: {
    city_id: string
    hall_id: string
    item_id: string
    counter_id: string
    persons_per_visit: Generated<number>
  }
  slots: {
    id: string
    city_id: string
    hall_id: string
    counter_id: string
    day: string
    starts_at: Moment
    ends_at: Moment
    capacity: number
    elsewhere: number
    taken: number
    planned: Maybe<number>
  }
  bookers: { city_id: string; citizen_id: string }
  holds: {
    id: string
    city_id: string
    citizen_id: string
    slot_id: string
    more_slot_ids: Generated<string[]>
    item_id: string
    more_item_ids: Generated<string[]>
    persons: Generated<number>
    ends_at: Moment
    state: Hold['state']
    offered: Generated<boolean>
    moves_id: Maybe<string>
    appointment_id: Maybe<string>
    expires_at: Moment
    created_at: Moment
    ended_at: MaybeMoment
    forgiven: Generated<boolean>
  }
  appointments: {
    id: string
    city_id: string
    citizen_id: string
    person_id: string
    document_key: Maybe<string>
    hold_id: string
    slot_id: string
    more_slot_ids: Generated<string[]>
    hall_id: string
    item_id: string
    more_item_ids: Generated<string[]>
    persons: Generated<number>
    day: string
    ends_at: Moment
    state: AppointmentState
    version: Generated<number>
    forgiven: Generated<boolean>
    visitor: JSONColumnType<Visitor>
    code: string
    cancel_until: Moment
    created_at: Moment
    ended_at: MaybeMoment
    checked_in_at: MaybeMoment
    queue_number: Maybe<string>
    queue_ahead: Maybe<number>
    stars: Maybe<number>
    rating_text: Maybe<string>
  }
  saved_visitors: {
    city_id: string
    id: string
    citizen_id: string
    name: string
    phone: Maybe<string>
    document_kind: Maybe<DocumentKind>
    /** Masked. */
    document_number: Maybe<string>
    document_key: Maybe<string>
    saved_at: Moment
    used_at: Moment
  }
  favourites: { city_id: string; citizen_id: string; kind: FavouriteKind; target_id: string; saved_at: Moment }
  no_shows: {
    appointment_id: string
    city_id: string
    citizen_id: string
    reason: 'absent' | 'late-cancellation'
    counted_at: Moment
    excused_at: MaybeMoment
  }
  late_moves: {
    city_id: string
    id: string
    citizen_id: string
    appointment_id: string
    counted_at: Moment
    excused_at: MaybeMoment
  }
  heartbeats: { city_id: string; machine_at: Moment; clock_at: Moment }
  outages: { city_id: string; id: string; began_at: Moment; ended_at: Moment }
  waitlist: {
    id: string
    city_id: string
    citizen_id: string
    hall_id: string
    item_id: string
    day: string
    part: DayPart
    persons: Generated<number>
    state: WaitlistEntry['state']
    hold_id: Maybe<string>
    offer_starts_at: MaybeMoment
    offer_until: MaybeMoment
    offer_end: Maybe<'unanswered' | 'given-up'>
    notices_sent: Generated<number>
    last_notice_day: Maybe<string>
    created_at: Moment
  }
}

export type SlotRow = Selectable<BookingTables['slots']>

export type FreeSlot = SlotRow & { free: number }

export type AppointmentRow = Selectable<BookingTables['appointments']>
