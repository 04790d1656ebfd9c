import type { CityId, IdempotencyKey } from '@/domain/ids'
import type { Language } from '@/domain/language'
import type { ServerClock } from '@/domain/time'
import type { Accounts } from './accounts'
import type { Appointments } from './appointments'
import type { Bills } from './bills'
import type { CitizenService } from './citizen'
import type { Halls } from './halls'
import type { Holds } from './holds'
import type { Items } from './items'
import type { Manifests } from './manifest'
import type { Payments } from './payments'
import type { Receipts } from './receipts'
import type { Refunds } from './refunds'
import type { Reports } from './reports'
import type { Sessions } from './sessions'
import type { Slots } from './slots'
import type { Waitlist } from './waitlist'

/** Everything that a page asks of a city. Every rejection is a `ServiceError`. */
export interface Services {
  readonly manifest: Manifests
  readonly sessions: Sessions
  readonly accounts: Accounts
  readonly bills: Bills
  readonly payments: Payments
  readonly refunds: Refunds
  readonly receipts: Receipts
  readonly halls: Halls
  readonly items: Items
  readonly slots: Slots
  readonly holds: Holds
  readonly appointments: Appointments
  readonly waitlist: Waitlist
  readonly citizen: CitizenService
  readonly reports: Reports
  /** Make one for each intent (a tap on "pay"), keep it with the intent, give it to every call of that intent. */
  newIdempotencyKey(): IdempotencyKey
  /** Milliseconds since 1970 by the city's clock: every deadline is counted with this, never with the phone's. */
  serverNow(city: CityId): number
  clock(city: CityId): ServerClock
  /** The language that cities answer in, from the next call on. */
  speak(language: Language): void
  /** Gives up kept answers, so that there is room for something that matters more. */
  makeRoom(): void
}

export type { Kept } from './client'
export { isRefusal, isServiceError, type ServiceError, type ServiceErrorKind } from './errors'
export type { Page } from './page'
