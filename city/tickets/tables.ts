import type { ColumnType, Generated, JSONColumnType, Selectable } from 'kysely'
import type { TicketRules, TicketState } from '../../contract/wire/types.gen'
import type { Words } from '../words'

type Moment = ColumnType<Date, Date, Date>
type MaybeMoment = ColumnType<Date | null, Date | null | undefined, Date | null>
type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>

/** What a hall lets people do who take a number from home, with what only the city needs to know of it. */
export type TicketSeed = TicketRules & {
  /** No number is given so shortly before the hall closes for the day. */
  lastMinutes: number
  /** How long a call takes before anybody was called. */
  paceSeconds: number
}

export type TicketTables = {
  ticket_lines: {
    city_id: string
    hall_id: string
    day: string
    last_number: Generated<number>
    from_home: Generated<number>
    calls: Generated<number>
    called_number: Maybe<number>
    called_at: MaybeMoment
    pace_seconds: number
    stopped_at: MaybeMoment
    ended_at: MaybeMoment
    reason: JSONColumnType<Words | null, string | null | undefined, string | null>
  }
  tickets: {
    city_id: string
    id: string
    hall_id: string
    day: string
    number: number
    citizen_id: Maybe<string>
    state: Generated<TicketState>
    version: Generated<number>
    messages: Generated<boolean>
    near_told: Generated<boolean>
    times_passed: Generated<number>
    again_at: Maybe<number>
    counter: Maybe<number>
    called_at: MaybeMoment
    taken_at: Moment
    ended_at: MaybeMoment
  }
}

export type LineRow = Selectable<TicketTables['ticket_lines']>
export type TicketRow = Selectable<TicketTables['tickets']>
