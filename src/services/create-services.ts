import type { CityId, IdempotencyKey } from '@/domain/ids'
import type { Language } from '@/domain/language'
import type { ServerClock } from '@/domain/time'
import type { Platform } from '@/platform/types'
import { type Accounts, accountsOf } from './accounts'
import { type Appointments, appointmentsOf } from './appointments'
import { type Bills, billsOf } from './bills'
import { createCache } from './cache'
import { type CitizenService, citizenOf } from './citizen'
import { type Client, createClient } from './client'
import { createClocks } from './clocks'
import type { AskConsent } from './consent-call'
import { createExchange } from './exchange'
import { makeIdempotencyKey } from './idempotency'
import { type Items, itemsOf } from './items'
import { type Manifests, manifestsOf } from './manifest'
import { type Payments, paymentsOf } from './payments'
import { type Reports, reportsOf } from './reports'
import { createSessions, type Sessions } from './sessions'
import { type Waitlist, waitlistOf } from './waitlist'

/** The typed client of all cities. Every rejection is a `ServiceError`. */
export interface Services {
  readonly manifest: Manifests
  readonly sessions: Sessions
  readonly accounts: Accounts
  readonly bills: Bills
  readonly payments: Payments
  readonly items: Items
  readonly appointments: Appointments
  readonly waitlist: Waitlist
  readonly citizen: CitizenService
  readonly reports: Reports
  /**
   * The service of one journey, made at its first use: `services.of(mandatesOf)`. Its code and its validators are in that
   * journey's sub-package then, and not in the main package.
   */
  of<Service extends object>(make: (client: Client) => Service): Service
  /**
   * Who asks the citizen when a city refuses a call with `consent-needed`. Without one the call fails with that. After a yes the
   * consent is given and the very same call sent again, so nothing that was typed is lost.
   */
  onConsentNeeded(ask: AskConsent): () => void
  /** Make one per intent (a tap on "pay"), keep it with the intent, send it with every call of that intent. */
  newIdempotencyKey(): IdempotencyKey
  /** Milliseconds since 1970 by the city's clock. Count every deadline with it, never with the phone's. */
  serverNow(city: CityId): number
  clock(city: CityId): ServerClock
  /** The language of cities' texts, from the next call on. */
  setLanguage(language: Language): void
  /** The citizen taps "check" or "try again": the next calls go out in spite of Retry-After. */
  endQuiet(): void
  /** Deletes cached responses to make room for something that matters more. */
  makeRoom(): void
}

/** What the services are built on; tests pass their own. */
export interface ServiceOptions {
  readonly platform: Pick<Platform, 'cashierKind' | 'request' | 'login' | 'storage'>
  /** Base address without a slash at its end; null for a city that this build does not know. */
  readonly addressOf: (city: CityId) => string | null
  /** The phone's clock. */
  readonly phoneNow?: () => number
  readonly random?: () => number
  readonly sleep?: (ms: number) => Promise<void>
}

/** Builds all services, with sessions, clocks and cache of their own. */
export function createServices(options: ServiceOptions): Services {
  const { platform, addressOf } = options
  const { phoneNow = Date.now, random = Math.random } = options
  const { sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms)) } = options
  let current: Language = 'zh-CN'
  const language = () => current
  const clocks = createClocks(phoneNow)
  const cache = createCache(platform.storage)
  const exchange = createExchange({ request: platform.request, addressOf, language, phoneNow, random, clocks })
  const sessions = createSessions({ login: platform.login, exchange, clocks, random })
  sessions.onChange((city, session) => cache.setOwner(city, session?.citizenId ?? null))
  const client = createClient({ exchange, tokens: sessions, clocks, cache, language, phoneNow, random, sleep })
  const made = new Map<(client: Client) => object, object>()
  return {
    of<Service extends object>(make: (client: Client) => Service) {
      const service = made.get(make) ?? make(client)
      made.set(make, service)
      return service as Service
    },
    manifest: manifestsOf(client),
    sessions,
    accounts: accountsOf(client),
    bills: billsOf(client),
    payments: paymentsOf(client, platform.cashierKind),
    items: itemsOf(client),
    appointments: appointmentsOf(client),
    waitlist: waitlistOf(client),
    citizen: citizenOf(client),
    reports: reportsOf(client),
    onConsentNeeded: client.onConsentNeeded,
    newIdempotencyKey: () => makeIdempotencyKey(phoneNow(), random),
    serverNow: client.serverNow,
    clock: client.clock,
    setLanguage(next) {
      current = next
    },
    endQuiet: client.endQuiet,
    makeRoom: cache.makeRoom,
  }
}
