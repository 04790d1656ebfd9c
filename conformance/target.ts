import { randomUUID } from 'node:crypto'
import type { Manifest, PaymentRequest, Session } from '../contract/wire/types.gen'
import { type Ask, call, type Exchange } from './call'
import { Skipped } from './skipped'

/** An account number of the test stage, and how its bills are. */
export interface StageAccount {
  readonly cityId?: string
  readonly billerId: string
  readonly number: string
  /** `one-due`, `several-due`, `nothing-due`; other words are left alone. */
  readonly bills: string
}

/**
 * A city's test stage: what the kit cannot know of a city by itself. A city may have it in part: what is missing is skipped, and the report names it.
 * Each is a call of JSON with the token, at `<address>/…`:
 *
 * - `GET accounts` → `{ accounts: StageAccount[] }`
 * - `POST clock { advanceSeconds }`: the city's clock goes on
 * - `POST pay { paymentId }`: the vendor takes the money
 * - `POST credit { paymentId }`: the billers credit it
 */
export interface StageOptions {
  readonly address: string
  readonly token: string
}

export interface TargetOptions {
  /** Base address of a city, without a slash at its end. */
  readonly base: string
  /** How a test citizen signs in: the host's name, and its code with `{who}` in it. */
  readonly host?: string
  readonly code?: string
  /** The cashier of the test stage. */
  readonly cashier?: PaymentRequest['cashier']
  readonly stage?: StageOptions
}

/** A citizen of the test stage with a session. */
export interface Citizen {
  readonly session: Session
  get<Body>(path: string, language?: string): Promise<Exchange<Body>>
  send<Body>(path: string, body?: unknown, key?: string, method?: Ask['method']): Promise<Exchange<Body>>
}

export interface Target {
  readonly base: string
  readonly manifest: Manifest
  readonly cashier: PaymentRequest['cashier']
  /** Signs in with the host's code of this citizen. */
  signIn(who: string): Promise<Exchange<Session>>
  /** @throws Skipped when the stage has no such call. */
  stage<Body>(path: string, body?: object): Promise<Body>
  /** Every exchange with the city, as it comes back. */
  onExchange: ((exchange: Exchange) => void) | null
  ask<Body>(ask: Ask): Promise<Exchange<Body>>
}

export const newKey = (): string => randomUUID()

/** @throws Error when the city has no manifest: there is nothing to test then. */
export async function openTarget(options: TargetOptions): Promise<Target> {
  const { base, host = 'preview', code = 'preview-{who}', cashier = 'till' } = options
  const { status, body: manifest, text } = await call<Manifest>(base, { path: '/manifest' })
  if (status !== 200 || typeof manifest !== 'object')
    throw new Error(`${base}/manifest: ${status || ''} ${text.slice(0, 200)}`)
  const target: Target = {
    base,
    manifest,
    cashier,
    onExchange: null,
    async ask<Body>(ask: Ask) {
      const exchange = await call<Body>(base, ask)
      target.onExchange?.(exchange)
      return exchange
    },
    signIn: (who) =>
      target.ask<Session>({ method: 'POST', path: '/sessions', body: { host, code: code.replace('{who}', who) } }),
    async stage<Body>(path: string, body?: object) {
      if (!options.stage) throw new Skipped(`needs the test stage (${path}): --stage`)
      const answer = await call<Body>(options.stage.address, {
        method: body === undefined ? 'GET' : 'POST',
        path: `/${path}`,
        token: options.stage.token,
        ...(body !== undefined && { body }),
      })
      if (answer.status === 404 || answer.status === 501) throw new Skipped(`the test stage has no ${path}`)
      if (answer.status !== 200) throw new Error(`the test stage answered ${answer.status} to ${path}: ${answer.text}`)
      return answer.body
    },
  }
  return target
}
