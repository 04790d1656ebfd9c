import type { HallLocation } from './hall'
import type { CityId, HallId, TicketId } from './ids'
import type { Level } from './level'
import { isFresh } from './slot'
import type { Day, Instant } from './time'
import type { Unlisted } from './unlisted'

/** What a hall lets people do who take a number from home (在线取号). */
export type TicketRules = {
  level?: Level | undefined
  /** So many are given from home in a day. */
  dailyNumbers: number
  /** So many one citizen may take in a day, one at a time. */
  numbersPerPerson: number
  /** Who is not there when called is called once more after so many others (过号); 0: never. */
  calledAgainAfter: number
}

/** Minutes until somebody is called, from and to: an estimate, shown with "about". */
export type TicketWait = { fromMinutes: number; toMinutes: number }

/** Whether a number can be taken now. */
export type TicketLineStatus = 'open' | 'not-yet' | 'pause' | 'over' | 'closed' | 'used-up' | 'stopped' | Unlisted

/** A hall's queue of today. */
export type TicketLine = {
  hallId: HallId
  hallName: string
  day: Day
  status: TicketLineStatus
  reason?: string | undefined
  opensAt?: Instant | undefined
  until?: Instant | undefined
  rules: TicketRules
  waiting: number
  /** The number that was called last. */
  called?: string | undefined
  wait?: TicketWait | undefined
  countedAt: Instant
}

export type TicketState =
  | 'waiting'
  | 'called'
  | 'passed'
  | 'served'
  | 'returned'
  | 'void'
  | 'ended-by-hall'
  | 'expired'
  | Unlisted

/** The ways it can end, each with its own text. */
export type TicketEnd = Exclude<TicketState, 'waiting' | 'called' | 'passed' | Unlisted>

/** A number of a hall's queue of one day. */
export type Ticket = {
  id: TicketId
  cityId: CityId
  hall: HallLocation
  state: TicketState
  /** Goes up with every change of the state. */
  version: number
  /** The number that is called out. */
  number: string
  day: Day
  ahead?: number | undefined
  wait?: TicketWait | undefined
  lineCalled?: string | undefined
  counter?: string | undefined
  calledAt?: Instant | undefined
  /** After how many others who is not there is called again; 0: the number is void then. */
  calledAgainAfter?: number | undefined
  messages?: boolean | undefined
  reason?: string | undefined
  takenAt: Instant
  endedAt?: Instant | undefined
  countedAt: Instant
}

/** What each state allows; a word that this version does not know is neither over nor given back from here. */
export const ticketRule: Readonly<Record<TicketState, { isOpen: boolean; canReturn: boolean; canTakeAgain: boolean }>> =
  {
    waiting: { isOpen: true, canReturn: true, canTakeAgain: false },
    called: { isOpen: true, canReturn: true, canTakeAgain: false },
    passed: { isOpen: true, canReturn: true, canTakeAgain: false },
    served: { isOpen: false, canReturn: false, canTakeAgain: false },
    returned: { isOpen: false, canReturn: false, canTakeAgain: true },
    void: { isOpen: false, canReturn: false, canTakeAgain: true },
    'ended-by-hall': { isOpen: false, canReturn: false, canTakeAgain: false },
    expired: { isOpen: false, canReturn: false, canTakeAgain: true },
    unlisted: { isOpen: true, canReturn: false, canTakeAgain: false },
  }

export const isTicketEnd = (state: TicketState): state is TicketEnd => !ticketRule[state].isOpen

/** Older than this, where somebody stands says nothing about now. */
const placeFreshMs = 3 * 60_000
/** So few before somebody are a reason to set out. */
const near = 3

export type TicketPlace =
  | { kind: 'called'; counter: string | undefined }
  /** Called, by a count that is old: somebody else may stand there by now. */
  | { kind: 'called-before'; counter: string | undefined }
  | { kind: 'waiting'; ahead: number; isNear: boolean; wait: TicketWait | undefined }
  | { kind: 'passed'; ahead: number }
  /** How many are before is not known now. */
  | { kind: 'unknown' }

/** Where the holder of an open ticket stands by the last count, which holds while it is fresh. */
export const ticketPlace = ({ state, ahead, counter, wait, countedAt }: Ticket, serverNowMs: number): TicketPlace => {
  const isNow = isFresh(countedAt, serverNowMs, placeFreshMs)
  if (state === 'called') return { kind: isNow ? 'called' : 'called-before', counter }
  if (!isNow || ahead === undefined) return { kind: 'unknown' }
  if (state === 'waiting') return { kind: 'waiting', ahead, isNear: ahead <= near, wait }
  return state === 'passed' ? { kind: 'passed', ahead } : { kind: 'unknown' }
}

/** Keeps the newer of two reads of one ticket: by its version, then by when it was counted. */
export const newerTicket = (current: Ticket | null, incoming: Ticket): Ticket => {
  if (current === null || current.id !== incoming.id) return incoming
  return incoming.version >= current.version ? incoming : current
}
