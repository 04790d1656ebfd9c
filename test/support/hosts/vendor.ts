import type { Bars } from '../../engine/bars'
import type { Clock } from '../../engine/clock'
import type { Network } from '../../engine/network'
import type { Realm } from '../../engine/realm'
import type { WireAnswer } from '../loopback'

/**
 * What both vendors' fakes share. One fake of each serves the unit tests of `Platform` and the engine that runs the
 * compiled programs.
 */

/** What the citizen, the phone and the vendor do. A test changes it at any moment. */
export interface Circumstances {
  /** Whose phone it is; the sandbox knows the citizen again. */
  citizen: string
  login: 'gives a code' | 'fails' | 'silent'
  location: 'granted' | 'refused' | 'silent' | 'broken'
  /** For every message, or for each by its id. */
  messages: Permitted | 'broken' | Readonly<Record<string, Permitted>>
  calendar: 'granted' | 'refused'
  scan: { reads: string | null } | 'cancelled' | 'refused' | 'silent' | 'broken'
  /** What the citizen does in the host's own settings, when the app opens them. */
  settings: 'grants' | 'leaves'
  /** The raw result of the host's cashier, or null when it never calls back. */
  cashier: (invocation: Record<string, unknown>) => Promise<unknown>
  /** What the citizen does where an agreement is signed; false when the host does not open it. */
  signing: () => Promise<boolean>
  /** What opening a file comes to. */
  file: 'opens' | 'not permitted' | 'not found' | 'unreadable'
  /** The raw result of the host's verification, or null when it never calls back. */
  verification: (invocation: Record<string, unknown>) => Promise<unknown>
  /** The phone's font size over the usual one. */
  fontScale: number
  theme: 'light' | 'dark'
  /** The room for storage is used up. */
  isStorageFull: boolean
  /** Every call of storage throws. */
  isStorageBroken: boolean
  /** False: the host refuses every step, toast, call and copy. */
  isObedient: boolean
  /**
   * How a page opens: after so many milliseconds, not at all (its sub-package could not be loaded), or
   * without any callback.
   */
  arrives: (url: string) => number | 'not' | 'never'
  /** How long after a page opens its opener is called back: some hosts hide the old page first. */
  stepAnswersAfterMs: number
  /** Changes the city's responses on their way to the phone; `path` as in the trace. */
  onTheWay: (request: { method: string; path: string }, answer: WireAnswer) => WireAnswer
}

type Permitted = 'granted' | 'refused'

export const usualCircumstances: Circumstances = {
  citizen: 'citizen',
  login: 'gives a code',
  location: 'granted',
  messages: 'granted',
  calendar: 'granted',
  scan: 'cancelled',
  settings: 'leaves',
  cashier: async () => null,
  signing: async () => false,
  file: 'opens',
  verification: async () => null,
  fontScale: 1,
  theme: 'light',
  isStorageFull: false,
  isStorageBroken: false,
  isObedient: true,
  arrives: () => 0,
  stepAnswersAfterMs: 120,
  onTheWay: (_, answer) => answer,
}

export interface Call {
  readonly name: string
  readonly options: Readonly<Record<string, unknown>>
}

/** The phone around the host's API: what its members read and change. */
export interface Surroundings {
  readonly realm: Pick<Realm, 'inward'>
  readonly clock: Pick<Clock, 'set'>
  readonly network: Pick<Network, 'send' | 'during'>
  readonly circumstances: Circumstances
  /** What the host keeps, over launches: WeChat's values as JSON texts, Alipay's too. */
  readonly storage: Map<string, string>
  /** The steps between pages; each gives what was wrong, or null. */
  readonly steps: Steps
  readonly bars: Pick<Bars, 'dress' | 'setTab' | 'setTabStyle' | 'showTabs'>
  readonly toasts: string[]
  /** What both hosts call an update manager. */
  readonly updates: UpdateManager
  onPageNotFound(listener: () => void): void
  /** Runs a callback of the app. */
  run(work: () => void): void
  problem(text: string): void
  /** The names that the vendor's object has, of those that are played and all others. */
  namesOf(members: object): ReadonlySet<string>
}

export interface UpdateManager {
  onCheckForUpdate(listener: (response: { hasUpdate: boolean }) => void): void
  onUpdateReady(listener: () => void): void
  onUpdateFailed(listener: () => void): void
  applyUpdate(): void
}

export interface Steps {
  to(url: string): string | null
  replace(url: string): string | null
  back(delta: number): string | null
  tab(url: string): string | null
  restart(url: string): string | null
}

export type Options = Record<string, unknown>

/** Both hosts call the colours of tabs the same. */
export const tabStyleOf = ({ color, selectedColor, backgroundColor }: Options) => ({
  ...(color !== undefined && { front: String(color) }),
  ...(selectedColor !== undefined && { selected: String(selectedColor) }),
  ...(backgroundColor !== undefined && { ground: String(backgroundColor) }),
})

/** A host's API: members, and listeners that the phone calls. */
export interface HostApi {
  readonly api: object
  readonly calls: Call[]
  /** How many listen for the network. */
  readonly listeners: () => number
  setOnline(isOnline: boolean): void
  /** WeChat only. */
  setTheme?(theme: 'light' | 'dark'): void
}

/** Whether the citizen grants a message. */
export const permitted = ({ messages }: Circumstances, id: string): boolean =>
  (typeof messages === 'string' ? messages : messages[id]) === 'granted'

/** The body as a host passes it: parsed, unless the app requests text. */
export const bodyOf = ({ dataType }: Options, text: string): unknown =>
  dataType === undefined || dataType === 'json' ? parsed(text) : text

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The citizen switches everything on in the host's settings. */
export function grantAll(circumstances: Circumstances): void {
  Object.assign(circumstances, { location: 'granted', messages: 'granted', calendar: 'granted' })
  if (circumstances.scan === 'refused') circumstances.scan = 'cancelled'
}

/** Calls `success` or `fail`, then `complete`; `later` does it asynchronously, as hosts do. */
export function callbacks({ realm, clock, run }: Pick<Surroundings, 'realm' | 'clock' | 'run'>) {
  const callBack = (options: Options, kind: 'success' | 'fail', response: unknown, extra: object = {}) =>
    run(() => {
      const answer = Object.assign(Object(realm.inward(response)), extra)
      for (const name of [kind, 'complete']) {
        const listener = options[name]
        if (typeof listener === 'function') listener(answer)
      }
    })
  const later = (options: Options, kind: 'success' | 'fail', response: unknown) =>
    void clock.set(() => callBack(options, kind, response), 0)
  return { callBack, later }
}

/** Navigations: each opens its page as `arrives` says, and gets the host's own response. */
export function travelling(
  { clock, circumstances }: Surroundings,
  later: ReturnType<typeof callbacks>['later'],
  words: { taken: (name: string) => object; wrong: (name: string, why: string) => object },
) {
  return (name: string, go: (options: Options) => string | null) => (options: Options) => {
    const arrival = circumstances.arrives(String(options.url ?? ''))
    if (arrival === 'never') return
    if (arrival === 'not') return later(options, 'fail', words.wrong(name, 'loadSubPackage fail'))
    const take = () => {
      const wrong = circumstances.isObedient ? go(options) : 'page limit'
      if (wrong !== null) later(options, 'fail', words.wrong(name, wrong))
      else clock.set(() => later(options, 'success', words.taken(name)), circumstances.stepAnswersAfterMs)
    }
    if (arrival === 0) take()
    else clock.set(take, arrival)
  }
}

/** Read by Taro at start, though no host lists them. */
const readByTaro = [
  'onBLEConnectionStateChange',
  'offBLEConnectionStateChange',
  'cloud',
  'env',
  'hasOwnProperty',
  'webpackJsonp',
  'getTabBar',
  'taroEventCenter',
]

/**
 * The vendor's object with every name of its typings. Calling one that has no fake, or reading a name that
 * the vendor lacks, is a problem. Every call is recorded.
 */
export function strictApi(
  object: 'wx' | 'my',
  members: Record<string, (...parts: never[]) => unknown>,
  { problem, namesOf }: Surroundings,
  calls: Call[],
): object {
  const names = namesOf(members)
  const target: Record<string, unknown> = {}
  for (const name of Object.keys(members)) {
    if (!names.has(name)) throw new Error(`${object}.${name} is not in the vendor's typings`)
  }
  for (const name of names) {
    const member = members[name]
    target[name] = (...parts: unknown[]) => {
      calls.push({ name, options: optionsOf(parts) })
      if (member) return Reflect.apply(member, undefined, parts)
      problem(`${object}.${name} was called, and has no fake`)
      return undefined
    }
  }
  return new Proxy(target, {
    get(_, name) {
      if (typeof name === 'string' && !(name in target) && !readByTaro.includes(name))
        problem(`${object}.${name} does not exist`)
      return Reflect.get(target, name)
    },
  })
}

/** Some members take an object of options, some take values. */
function optionsOf(parts: readonly unknown[]): Record<string, unknown> {
  const [first] = parts
  const options = parts.length === 1 && typeof first === 'object' && first !== null ? first : { values: parts }
  return JSON.parse(JSON.stringify(options))
}
