import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Session } from '../../contract/wire/types.gen'
import type { FaultName } from '../../sandbox/faults'
import type { HostName } from '../engine/bundle'
import type { Phone } from '../engine/phone'
import type { TestSandbox } from '../support/sandbox'

/** Monday morning: halls are open, no biller sleeps. */
export const startAt = '2026-11-23T10:00:00+08:00'

export const hangzhou = '330100'
export const sanya = '460200'

/** Where the two bundles are: `BUNDLES_DIST`, or what `npm run build` leaves. */
const dist = path.resolve(__dirname, '../..', process.env.BUNDLES_DIST ?? 'dist')
export const folders: Record<HostName, string> = { wechat: path.join(dist, 'weapp'), alipay: path.join(dist, 'alipay') }

/** One host's stage: a phone, the sandbox behind it, and direct reads of the city. */
export interface Walk {
  readonly host: HostName
  readonly phone: Phone
  readonly sandbox: TestSandbox
  /** The same citizen, asking without the phone. */
  get<Body>(path: string, city?: string): Promise<Body>
  send<Body>(path: string, body: unknown, city?: string): Promise<Body>
  /** The same citizen takes something away, on another phone. */
  remove(path: string): Promise<void>
  /** Time passes in the city and on the phone. */
  pass(seconds: number): Promise<void>
  /** The same at once: the city wakes up later, and so does the phone. Nothing on the way is in the trace. */
  leap(seconds: number): Promise<void>
  fault(name: FaultName, more?: { operationId?: string; times?: number; delayMs?: number }): Promise<void>
  noFaults(): Promise<void>
}

export function walkOf(host: HostName, phone: Phone, sandbox: TestSandbox): Walk {
  const ask = async <Body>(city: string, path: string, body?: unknown, token?: string): Promise<Body> => {
    const answer = await fetch(`${sandbox.city(city)}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'Idempotency-Key': randomUUID(),
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as Body
  }
  // A session of its own each time: tests let hours pass.
  const tokenIn = async (city: string) => {
    const code = `${host === 'wechat' ? 'wx' : 'ali'}-walker-test${randomUUID().slice(0, 8)}`
    return (await ask<Session>(city, '/sessions', { host, code })).token
  }
  return {
    host,
    phone,
    sandbox,
    get: async (path, city = hangzhou) => ask(city, path, undefined, await tokenIn(city)),
    send: async (path, body, city = hangzhou) => ask(city, path, body, await tokenIn(city)),
    async remove(path) {
      const headers = { Authorization: `Bearer ${await tokenIn(hangzhou)}` }
      const answer = await fetch(`${sandbox.city(hangzhou)}${path}`, { method: 'DELETE', headers })
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    },
    async pass(seconds) {
      // In small steps: the city acts on the phone's requests in between.
      for (let left = seconds; left > 0; left -= 15) {
        await sandbox.control('POST', '/clock', { advanceSeconds: Math.min(left, 15) })
        await phone.pass(Math.min(left, 15))
      }
    },
    async leap(seconds) {
      await sandbox.control('POST', '/clock', { advanceSeconds: seconds })
      await phone.pass(seconds)
    },
    async fault(name, more = {}) {
      await sandbox.control('PUT', '/faults', { name, ...more })
    },
    async noFaults() {
      await sandbox.control('DELETE', '/faults')
    },
  }
}
