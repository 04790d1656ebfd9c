import type { CashierInvocation, CashierResult, Host, Platform } from '@/platform/types'

export interface Call {
  readonly name: string
  readonly options: Readonly<Record<string, unknown>>
}

/** What a citizen, a phone or a network does, in words that mean the same on every host. */
export interface Circumstances {
  login: 'gives a code' | 'fails' | 'stays silent'
  location: 'granted' | 'refused' | 'broken'
  messages: Readonly<Record<string, 'granted' | 'refused'>> | 'broken'
  scan: 'reads' | 'cancelled' | 'denied' | 'broken'
  calendar: 'granted' | 'refused'
  /** What the cashier says, raw, in the host's own terms; null: the app is killed in the cashier. */
  cashier: unknown
  isStorageFull: boolean
  isStorageBroken: boolean
  /** Of pages above each other. */
  stack: number
  /** False: the host refuses every step, toast, call and copy. */
  isObedient: boolean
}

export const usualCircumstances: Circumstances = {
  login: 'gives a code',
  location: 'granted',
  messages: {},
  scan: 'reads',
  calendar: 'granted',
  cashier: null,
  isStorageFull: false,
  isStorageBroken: false,
  stack: 1,
  isObedient: true,
}

/** One row of a host's cashier table: what it says, and what that means. */
export interface CashierRow {
  readonly says: unknown
  readonly means: Pick<CashierResult, 'outcome'> & { reason?: 'declined' | 'configuration' }
}

/** A host on a workbench: the real `Platform` of this host over a stub of the vendor's API. */
export interface Bench {
  readonly host: Host
  readonly platform: Platform
  readonly circumstances: Circumstances
  /** Every call of the vendor's API, in order. */
  readonly calls: Call[]
  /** The vendor's store, as it holds things. */
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
  /** Those that our own code plays, where the host has none. */
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

type Options = Record<string, unknown> & { success?: (said: unknown) => void; fail?: (said: unknown) => void }

/** A vendor's API: unknown members are errors, each call is recorded. Answers come later, as they do on a phone. */
export function strictApi(
  name: string,
  calls: Call[],
  members: Record<string, (...options: never[]) => unknown>,
): Record<string, unknown> {
  const recorded: Record<string, unknown> = {}
  for (const [key, member] of Object.entries(members)) {
    recorded[key] = (options: unknown, ...more: unknown[]) => {
      calls.push({ name: key, options: isOptions(options) ? options : { value: options, more } })
      return Reflect.apply(member, undefined, [options, ...more])
    }
  }
  // Read by Taro itself at start.
  const known = [...Object.keys(recorded), 'cloud', 'env', 'hasOwnProperty', 'getTabBar', 'taroEventCenter', 'then']
  return new Proxy(recorded, {
    get(target, key) {
      if (typeof key === 'string' && !known.includes(key)) throw new Error(`${name}.${key} does not exist`)
      return Reflect.get(target, key)
    },
  })
}

/** Both vendors' update manager, on which no version ever comes. */
export const updateManager = {
  onUpdateReady: () => undefined,
  onUpdateFailed: () => undefined,
  applyUpdate: () => undefined,
}

export function later(answer: () => void): void {
  setTimeout(answer, 0)
}

/** A call that works or fails as a whole. */
export function simple(circumstances: Circumstances, failure: unknown, success: unknown) {
  return (options: Options = {}) =>
    later(() => (circumstances.isObedient ? options.success?.(success) : options.fail?.(failure)))
}

function isOptions(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
