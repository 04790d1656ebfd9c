import path from 'node:path'
import type { FaultName } from '../../sandbox/faults'
import type { Session } from '../../sandbox/wire/types.gen'
import { type Bundle, type HostName, readBundle } from '../engine/bundle'
import { Phone } from '../engine/phone'
import { ask, newKey } from '../support/booking'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'
import { hasHeading, unreadable } from './accessibility'
import { differencesIn } from './differences'
import { comparable } from './traces'

/** Monday morning: halls are open, no biller sleeps. */
const startAt = '2026-11-23T10:00:00+08:00'

export const hangzhou = '330100'

/** Where the two bundles are: `BUNDLES_DIST`, or what `npm run build` leaves. */
const dist = path.resolve(__dirname, '../..', process.env.BUNDLES_DIST ?? 'dist')
const folders: Record<HostName, string> = { wechat: path.join(dist, 'weapp'), alipay: path.join(dist, 'alipay') }
const hosts: readonly HostName[] = ['wechat', 'alipay']

/** One host's stage: a phone, the sandbox behind it, and what the city says when asked directly. */
export interface Walk {
  readonly host: HostName
  readonly phone: Phone
  readonly sandbox: TestSandbox
  /** The same citizen, asking without the phone. */
  get<Body>(path: string, city?: string): Promise<Body>
  send<Body>(path: string, body: unknown, city?: string): Promise<Body>
  /** Time passes in the city and on the phone. */
  pass(seconds: number): Promise<void>
  fault(name: FaultName, more?: { operationId?: string; times?: number; delayMs?: number }): Promise<void>
}

interface Stage {
  readonly bundle: Bundle
  readonly sandbox: TestSandbox
}

/** For a file of journeys. `walk` runs one on both bundles, each on a fresh city; problems and differences fail it. */
export function onBothBundles() {
  const stages = new Map<HostName, Stage>()
  beforeAll(async () => {
    const open = async (host: HostName) =>
      stages.set(host, { bundle: readBundle(folders[host]), sandbox: await startTestSandbox({ startAt }) })
    await Promise.all(hosts.map(open))
  }, 120_000)
  afterAll(() => Promise.all([...stages.values()].map(({ sandbox }) => sandbox.close())))

  const run = async (host: HostName, journey: (on: Walk) => Promise<void>): Promise<Phone> => {
    const stage = stages.get(host)
    if (!stage) throw new Error(`${host} is not there`)
    const { bundle, sandbox } = stage
    await sandbox.control('POST', '/reset', { set: startAt })
    const phone = new Phone({ bundle, sandbox: sandbox.address, citizen: 'walker', startAt })
    const faults = new Set<string>()
    const headed = new Map<string, boolean>()
    phone.inspect = () => {
      for (const fault of unreadable(phone)) faults.add(fault)
      headed.set(phone.page, headed.get(phone.page) || hasHeading(phone))
    }
    try {
      await journey(walkOf(host, phone, sandbox))
      expect([...faults]).toEqual([])
      expect([...headed].filter(([, has]) => !has)).toEqual([])
      expect(phone.problems).toEqual([])
      expect(phone.crossings.filter(({ isHidden }) => isHidden)).toEqual([])
    } finally {
      phone.kill()
    }
    return phone
  }

  return {
    /** A journey whose screens, texts and requests are the same on both hosts. */
    walk(name: string, journey: (on: Walk) => Promise<void>) {
      test(name, async () => {
        const wechat = await run('wechat', journey)
        const alipay = await run('alipay', journey)
        const expected = differencesIn(name, comparable(wechat.trace))
        expect(comparable(alipay.trace)).toEqual(expected)
      })
    },
    /** A journey that a host has for itself. */
    walkOn(host: HostName, name: string, journey: (on: Walk) => Promise<void>) {
      test(`${host}: ${name}`, async () => {
        await run(host, journey)
      })
    },
    run,
    bundleOf(host: HostName): Bundle {
      const stage = stages.get(host)
      if (!stage) throw new Error(`${host} is not there`)
      return stage.bundle
    },
  }
}

export function walkOf(host: HostName, phone: Phone, sandbox: TestSandbox): Walk {
  const tokens = new Map<string, Promise<string>>()
  const tokenIn = (city: string) => {
    const code = `${host === 'wechat' ? 'wx' : 'ali'}-walker-test${newKey().slice(0, 8)}`
    const made =
      tokens.get(city) ??
      ask<Session>(sandbox.city(city), { method: 'POST', path: '/sessions', body: { host, code } }).then(
        ({ body }) => body.token,
      )
    tokens.set(city, made)
    return made
  }
  return {
    host,
    phone,
    sandbox,
    async get<Body>(path: string, city = hangzhou) {
      return (await ask<Body>(sandbox.city(city), { path, token: await tokenIn(city) })).body
    },
    async send<Body>(path: string, body: unknown, city = hangzhou) {
      const said = await ask<Body>(sandbox.city(city), {
        method: 'POST',
        path,
        body,
        key: newKey(),
        token: await tokenIn(city),
      })
      if (said.problem) throw new Error(`${path}: ${JSON.stringify(said.problem)}`)
      return said.body
    },
    async pass(seconds) {
      await sandbox.control('POST', '/clock', { advanceSeconds: seconds })
      await phone.pass(seconds)
    },
    async fault(name, more = {}) {
      await sandbox.control('PUT', '/faults', { name, ...more })
    },
  }
}
