import type { CitizenId, CityId } from '@/domain/ids'
import { type Instant, isPast } from '@/domain/time'
import { isPlatformError } from '@/platform/error'
import type { LoginCode, Platform } from '@/platform/types'
import { vSession } from '../../contract/wire/validators/sessions.gen'
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
 * Signing in (登录), per city: silent, before the first call that needs a session and again when it is over. Calls that wait share
 * one sign-in. Tokens live in memory only: plain storage is unsafe for a secret, and a new one costs one request.
 */
export interface Sessions {
  /** Null until a call needed it, and after `end`. */
  current(city: CityId): Session | null
  /** Signs in now, also after `end`. */
  begin(city: CityId): Promise<Session>
  /** Signs out, on this phone even when the city does not answer. Calls that need a session then fail with `signed-out` until `begin`. */
  end(city: CityId): Promise<void>
  /** The city has ended the session by itself: drops it here, with what was cached of its citizen. The next call signs in anew. */
  forget(city: CityId): void
  /** Called on every sign-in, and with null when a session ends. Returns how to unsubscribe. */
  onChange(listener: SessionListener): () => void
}

export type SessionListener = (city: CityId, session: Session | null) => void

interface SignedIn extends Session {
  readonly token: string
  readonly expiresAt: Instant
}

/** The token never leaves this file, so it cannot be stored by accident. */
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
  const signedOut = new Set<CityId>()
  const listeners = new Set<SessionListener>()
  const notify: SessionListener = (city, session) => {
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
    // The host's code works once: a failed exchange is never repeated with the same one.
    const { host, code } = await hostCode()
    const call: Call<Omit<SignedIn, 'citizenId'> & { citizenId: string }> = {
      city,
      method: 'POST',
      path: '/sessions',
      body: { host, code },
      response: vSession,
    }
    try {
      const { token, citizenId, maskedName, expiresAt } = await exchange(call, null, exchangeMs)
      return branded<SignedIn>({ token, citizenId, maskedName, expiresAt })
    } catch (error) {
      if (!isRefusal(error, 'sign-in-failed')) throw error
      throw serviceError('signed-out', error.requestId, 'sign-in-failed', { status: error.status, code: error.code })
    }
  }

  /** Calls that need a session at the same time share one sign-in. */
  function shareSignIn(city: CityId): Promise<SignedIn> {
    const running = signingIn.get(city)
    if (running) return running
    const started = signIn(city)
      .then((session) => {
        if (signingIn.get(city) === started) {
          signedIn.set(city, session)
          notify(city, withoutToken(session))
        }
        return session
      })
      .finally(() => {
        if (signingIn.get(city) === started) signingIn.delete(city)
      })
    signingIn.set(city, started)
    return started
  }

  function signInUnlessEnded(city: CityId): Promise<SignedIn> {
    if (signedOut.has(city))
      return Promise.reject(serviceError('signed-out', localRequestId(random), 'the citizen signed out'))
    return shareSignIn(city)
  }

  return {
    current(city) {
      const session = signedIn.get(city)
      return session ? withoutToken(session) : null
    },
    async begin(city) {
      signedOut.delete(city)
      return withoutToken(await shareSignIn(city))
    },
    async end(city) {
      const session = signedIn.get(city)
      signedOut.add(city)
      signedIn.delete(city)
      signingIn.delete(city)
      notify(city, null)
      if (session) {
        const call = { city, method: 'DELETE', path: '/sessions/current', response: null } as const
        await exchange(call, session.token, exchangeMs).catch((error: unknown) => {
          // The session is over already.
          if (asServiceError(error).status !== 401) throw error
        })
      }
    },
    forget(city) {
      signedIn.delete(city)
      signingIn.delete(city)
      notify(city, null)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async token(city) {
      const session = signedIn.get(city)
      const isGood = session !== undefined && !isPast(session.expiresAt, clocks.now(city))
      return isGood ? session.token : (await signInUnlessEnded(city)).token
    },
    async renew(city, refused) {
      const session = signedIn.get(city)
      // Another call has renewed it.
      if (session && session.token !== refused) return session.token
      return (await signInUnlessEnded(city)).token
    },
  }
}
