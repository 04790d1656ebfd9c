import type { CitizenId, CityId } from '@/domain/ids'

/** Who is signed in to a city. */
export interface Session {
  readonly citizenId: CitizenId
  readonly maskedName: string
}

/**
 * Signing in (登录), city by city. It is silent and happens by itself before the first call that needs it, and again when
 * the city says that the session is over; all waiting calls share one. Tokens live in memory only.
 */
export interface Sessions {
  /** Null until a call needed it, and after `end`. */
  current(city: CityId): Session | null
  /** Signs in now, also after `end`. */
  begin(city: CityId): Promise<Session>
  /** Signs out. Calls that need a session then fail with `signed-out` until `begin`. */
  end(city: CityId): Promise<void>
  /** Tells of every sign-in (and null when it ended). Gives back a function that stops listening. */
  onChange(listener: (city: CityId, session: Session | null) => void): () => void
}
