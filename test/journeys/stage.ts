import { type Bundle, type HostName, readBundle } from '../engine/bundle'
import { Phone } from '../engine/phone'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'
import { hasHeading, lists, unreadable } from './accessibility'
import { differencesIn } from './differences'
import { comparable } from './traces'
import { folders, startAt, type Walk, walkOf } from './walk'

/** Sends no request, and does nothing by itself. */
const quietPage = 'pages/problem/index'

const hosts: readonly HostName[] = ['wechat', 'alipay']

interface WalkOptions {
  /** What the phone's clock says at the start, where it is not the city's time. */
  readonly phoneAt?: string
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

  const run = async (
    host: HostName,
    journey: (on: Walk) => Promise<void>,
    { phoneAt = startAt }: WalkOptions = {},
  ): Promise<Phone> => {
    const stage = stages.get(host)
    if (!stage) throw new Error(`${host} is not there`)
    const { bundle, sandbox } = stage
    await sandbox.control('POST', '/clock', { stand: true })
    await sandbox.control('POST', '/reset', { set: startAt })
    const phone = new Phone({ bundle, sandbox: sandbox.address, citizen: 'walker', startAt: phoneAt })
    const faults = new Set<string>()
    const headed = new Map<string, boolean>()
    phone.inspect = () => {
      for (const fault of unreadable(phone)) faults.add(fault)
      headed.set(phone.page, headed.get(phone.page) || hasHeading(phone))
    }
    try {
      await journey(walkOf(host, phone, sandbox))
      expect([...faults]).toEqual([])
      expect([...headed].filter(([page, has]) => !has && !lists.includes(page))).toEqual([])
      expect(phone.problems).toEqual([])
      expect(phone.crossings.filter(({ isHidden }) => isHidden)).toEqual([])
      expect(phone.isRunning ? await phone.unseen(`/${quietPage}`) : []).toEqual([])
    } finally {
      phone.kill()
    }
    return phone
  }

  return {
    /** A journey whose screens, texts and requests are the same on both hosts. */
    walk(name: string, journey: (on: Walk) => Promise<void>, options: WalkOptions = {}) {
      test(name, async () => {
        const wechat = await run('wechat', journey, options)
        const alipay = await run('alipay', journey, options)
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
