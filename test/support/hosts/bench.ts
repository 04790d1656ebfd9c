import type { CashierInvocation, CashierResult, Host, Platform } from '@/platform/types'
import { sendOverWire } from '../loopback'
import { loadOverTaro } from './taro-runtime'
import { type Call, type Circumstances, type HostApi, type Surroundings, usualCircumstances } from './vendor'

/** The unit tests of `Platform` run over the vendors' fakes without a phone around them. */

export interface BenchCircumstances extends Circumstances {
  /** Pages above each other. */
  stack: number
}

/** A row of a host's cashier table: the raw result, and its meaning. */
export interface CashierRow {
  readonly says: unknown
  readonly means: Pick<CashierResult, 'outcome'> & { reason?: 'declined' | 'configuration' }
}

/** A host on a workbench: the real `Platform` of this host over a stub of the vendor's API. */
export interface Bench {
  readonly host: Host
  readonly platform: Platform
  readonly circumstances: BenchCircumstances
  /** Every call of the vendor's API, in order. */
  readonly calls: Call[]
  /** Writes to the vendor's storage directly. */
  plant(key: string, text: string): void
  setTheme(theme: 'light' | 'dark'): void
  setOnline(isOnline: boolean): void
  close(): void
}

export interface HostUnderTest {
  readonly host: Host
  start(): Bench
  readonly ownInvocation: CashierInvocation
  readonly foreignInvocations: readonly CashierInvocation[]
  readonly cashierRows: readonly CashierRow[]
  /** The optional members that this host has. */
  readonly capabilities: readonly (keyof Platform)[]
  /** Those that our own code simulates, where the host has none. */
  readonly played?: readonly (keyof Platform)[]
  /** What the stub's phone is. */
  readonly facts: Partial<ReturnType<Platform['system']>>
  readonly foundPlace: unknown
  /** The vendor's names, for calls that a test looks up. */
  readonly names: Readonly<Record<'to' | 'replace' | 'back' | 'tab' | 'restart' | 'toast' | 'copy' | 'call', string>>
}

export const wechatInvocation: CashierInvocation = {
  kind: 'wechat',
  timeStamp: '1735689600',
  nonceStr: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS',
  package: 'prepay_id=wx201410272009395522657a690389285100',
  signType: 'RSA',
  paySign: 'oR9d8PuhnIc+YZ8cBHFCwfgpaK9gd7vaRvkYD7rthRAZ',
}
export const alipayInvocation: CashierInvocation = { kind: 'alipay', tradeNO: '2024010122001408211410000001' }
export const tillInvocation: CashierInvocation = { kind: 'till', url: 'http://127.0.0.1:9/330100/till/p-1' }

/** The phone around a vendor's fake: real time, a real network, and no pages. */
function surroundings(circumstances: Circumstances, storage: Map<string, string>): Surroundings {
  const taken = () => null
  const nothing = () => undefined
  return {
    circumstances,
    storage,
    realm: { inward: (value) => value },
    clock: { set: (work, ms) => Number(setTimeout(work, Number(ms))) },
    network: { send: sendOverWire, during: (work) => work },
    steps: { to: taken, replace: taken, back: taken, tab: taken, restart: taken },
    bars: { dress: nothing, setTab: taken, setTabStyle: taken, showTabs: taken },
    toasts: [],
    updates: {
      onCheckForUpdate: nothing,
      onUpdateReady: nothing,
      onUpdateFailed: nothing,
      applyUpdate: nothing,
    },
    onPageNotFound: nothing,
    run: (work) => work(),
    problem(text) {
      throw new Error(text)
    },
    namesOf: (members) => new Set(Object.keys(members)),
  }
}

/** The app's platform over a vendor's fake. */
export function startBench(
  host: 'wechat' | 'alipay',
  create: (phone: Surroundings, logins: () => string) => HostApi,
  facts: Partial<Circumstances>,
): Bench {
  const object = host === 'wechat' ? 'wx' : 'my'
  const circumstances = { ...usualCircumstances, stepAnswersAfterMs: 0, stack: 1, ...facts }
  const storage = new Map<string, string>()
  const vendor = create(surroundings(circumstances, storage), () => `${object}-code`)
  const globals = { [object]: vendor.api }
  return {
    host,
    platform: loadOverTaro(host === 'wechat' ? 'weapp' : 'alipay', globals, () => circumstances.stack),
    circumstances,
    calls: vendor.calls,
    plant: (key, text) => storage.set(key, JSON.stringify(text)),
    setTheme: (theme) => vendor.setTheme?.(theme),
    setOnline: vendor.setOnline,
    close: () => Reflect.deleteProperty(globalThis, object),
  }
}
