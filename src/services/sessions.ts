import type { CitizenId, CityId } from '@/domain/ids'
import { type Instant, isPast } from '@/domain/time'
import { isPlatformError } from '@/platform/error'
import type { LoginCode, Platform } from '@/platform/types'
import { vSession } from '../../contract/wire/valibot.gen'
import { branded } from './branded'
import type { Call } from './call'
import type { Clocks } from './clocks'
import { asServiceError, isRefusal, localRequestId, serviceError } from './errors'
import type { Exchange } from './exchange'
import { exchangeMs } from './retry'
import type { Tokens } from './tokens'

/** Who is signed in to a city. */
export interface Session {
  readonly citizenId: CitizenId
  readonly maskedName: string
}

/**
 * Signing in (登录), city by city. It is silent and happens by itself before the first call that needs it, and again when
 * the city says that the session is over; all waiting calls share one. Tokens live in memory only: plain storage is no
 * place for a secret, and a new one costs one request.
 */
export interface Sessions {
  /** Null until a call needed it, and after `end`. */
  current(city: CityId): Session | null
  /** Signs in now, also after `end`. */
  begin(city: CityId): Promise<Session>
  /** Signs out, on this phone even when the city does not answer. Calls that need a session then fail with `signed-out` until `begin`. */
  end(city: CityId): Promise<void>
  /** Tells of every sign-in (and null when it ended). Gives back a function that stops listening. */
  onChange(listener: SessionListener): () => void
}

export type SessionListener = (city: CityId, session: Session | null) => void

interface SignedIn extends Session {
  readonly token: string
  readonly expiresAt: Instant
}

/** Nobody outside gets the secret, so nobody can store it by accident. */
const withoutToken = ({ citizenId, maskedName }: SignedIn): Session => ({ citizenId, maskedName })

export interface SessionOptions {
  readonly login: Platform['login']
  readonly exchange: Exchange
  readonly clocks: Clocks
  readonly random: () => number
}

export function createSessions({ login, exchange, clocks, random }: SessionOptions): Sessions & Tokens {
  const signedIn = new Map<CityId, SignedIn>()
  const signingIn = new Map<CityId, Promise<SignedIn>>()
  const leftBy = new Set<CityId>()
  const listeners = new Set<SessionListener>()
  const tell: SessionListener = (city, session) => {
    for (const listener of [...listeners]) listener(city, session)
  }

  async function hostCode(): Promise<LoginCode> {
    try {
      return await login()
    } catch (error) {
      const isLate = isPlatformError(error) && error.reason === 'timeout'
      throw serviceError(isLate ? 'timeout' : 'signed-out', localRequestId(random), `host login: ${String(error)}`)
    }
  }

  async function signIn(city: CityId): Promise<SignedIn> {
    // A code works once, so a failed exchange is never sent again with the same one.
    const { host, code } = await hostCode()
    const call: Call<Omit<SignedIn, 'citizenId'> & { citizenId: string }> = {
      city,
      method: 'POST',
      path: '/sessions',
      body: { host, code },
      answer: vSession,
      open: true,
    }
    try {
      const { token, citizenId, maskedName, expiresAt } = await exchange(call, null, exchangeMs)
      return branded<SignedIn>({ token, citizenId, maskedName, expiresAt })
    } catch (error) {
      if (!isRefusal(error, 'sign-in-failed')) throw error
      throw serviceError('signed-out', error.requestId, 'sign-in-failed', { status: error.status, code: error.code })
    }
  }

  /** The one sign-in of a city that everybody waits for. */
  function share(city: CityId): Promise<SignedIn> {
    const running = signingIn.get(city)
    if (running) return running
    const started = signIn(city)
      .then((session) => {
        if (signingIn.get(city) === started) {
          signedIn.set(city, session)
          tell(city, withoutToken(session))
        }
        return session
      })
      .finally(() => {
        if (signingIn.get(city) === started) signingIn.delete(city)
      })
    signingIn.set(city, started)
    return started
  }

  function enter(city: CityId): Promise<SignedIn> {
    if (leftBy.has(city))
      return Promise.reject(serviceError('signed-out', localRequestId(random), 'left by the citizen'))
    return share(city)
  }

  return {
    current(city) {
      const session = signedIn.get(city)
      return session ? withoutToken(session) : null
    },
    async begin(city) {
      leftBy.delete(city)
      return withoutToken(await share(city))
    },
    async end(city) {
      const session = signedIn.get(city)
      leftBy.add(city)
      signedIn.delete(city)
      signingIn.delete(city)
      tell(city, null)
      if (session) {
        const call = { city, method: 'DELETE', path: '/sessions/current', answer: null } as const
        await exchange(call, session.token, exchangeMs).catch((error: unknown) => {
          // A session that is over already has nothing left to end.
          if (asServiceError(error).status !== 401) throw error
        })
      }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async token(city) {
      const session = signedIn.get(city)
      const isGood = session !== undefined && !isPast(session.expiresAt, clocks.now(city))
      return isGood ? session.token : (await enter(city)).token
    },
    async renew(city, refused) {
      const session = signedIn.get(city)
      // Somebody else has renewed it while our call was on its way.
      if (session && session.token !== refused) return session.token
      return (await enter(city)).token
    },
  }
}
