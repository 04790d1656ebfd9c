import type { CitizenId } from './ids'
import type { Instant } from './time'
import type { Unlisted } from './unlisted'

/** The citizen's own counters in a city. */
export type Counters = {
  noShowsThisMonth: number
  activeAppointments: number
  /** Set while booking is closed to this citizen. */
  blockedUntil?: Instant | undefined
}

export type ConsentKind = 'real-name' | 'location' | 'messages' | Unlisted

/** What one city knows about the citizen who is signed in. */
export type Citizen = {
  id: CitizenId
  maskedName: string
  maskedPhone?: string | undefined
  counters: Counters
  /** For whom this citizen may act. */
  grants: readonly { citizenId: CitizenId; maskedName: string; until: Instant }[]
  consents: readonly { consent: ConsentKind; given: boolean; changedAt: Instant }[]
  /** Who read what, newest first. */
  dataUse: readonly { at: Instant; by: string; purpose: string }[]
}
