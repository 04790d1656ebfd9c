import path from 'node:path'
import vm from 'node:vm'
import { type Bundle, resolveFrom } from './bundle'
import type { Clock } from './clock'
import { foreignGlobals, laterGlobals, laterMethods, laterStatics } from './old-engines'

/** Deletes what the oldest engines lack and what a mini-program may not have; a bare context has nothing else of a browser. */
const absent = `
  for (const [name, list] of Object.entries(${JSON.stringify(laterMethods)}))
    for (const method of list) delete globalThis[name].prototype[method];
  for (const [name, list] of Object.entries(${JSON.stringify(laterStatics)}))
    for (const method of list) delete globalThis[name][method];
  for (const name of ${JSON.stringify([...foreignGlobals, ...laterGlobals, 'escape', 'unescape'])}) delete this[name];
`

/** The phone's own clock and time zone. */
const dates = `
  (now) => {
    const Real = Date;
    Date = class Date extends Real {
      constructor(...parts) { if (parts.length === 0) super(now()); else super(...parts) }
      static now() { return now() }
    };
  }
`

/** A seeded Math.random, the same in each run. */
const chance = `
  (seed) => {
    let state = seed;
    Math.random = () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }
`

export interface Realm {
  /** Copies plain data into this realm's own objects, as a host does. */
  inward(value: unknown): unknown
  /** Runs a file of the bundle and what it requires, once. */
  load(file: string): void
  put(name: string, value: unknown): void
}

const scripts = new WeakMap<Bundle, Map<string, vm.Script>>()

/** A bare JavaScript context for the app: no window, no fetch, no URL, no Intl, no eval, nothing newer than old phones have. */
export function createRealm(
  bundle: Bundle,
  clock: Clock,
  log: (level: string, parts: readonly unknown[]) => void,
): Realm {
  const context = vm.createContext({}, { codeGeneration: { strings: false, wasm: false } })
  const run = (code: string) => vm.runInContext(code, context)
  const global: Record<string, unknown> = run('globalThis')
  run(absent)
  run(dates)(() => clock.now)
  run(chance)(clock.now)
  const parse: (text: string) => unknown = run('JSON.parse')
  const cached = scripts.get(bundle) ?? new Map<string, vm.Script>()
  scripts.set(bundle, cached)

  Object.assign(global, {
    setTimeout: (work: () => void, ms?: number) => clock.set(work, ms),
    setInterval: (work: () => void, ms?: number) => clock.set(work, ms, true),
    clearTimeout: (id: unknown) => clock.clear(id),
    clearInterval: (id: unknown) => clock.clear(id),
    console: Object.fromEntries(
      ['log', 'info', 'debug', 'warn', 'error', 'group', 'groupEnd', 'time', 'timeEnd'].map((level) => [
        level,
        (...parts: unknown[]) => log(level, parts),
      ]),
    ),
  })

  const modules = new Map<string, { exports: unknown }>()
  function requireFile(file: string): unknown {
    const name = file.endsWith('.js') ? file : `${file}.js`
    const known = modules.get(name)
    if (known) return known.exports
    const text = bundle.files.get(name)
    if (text === undefined) throw new Error(`${name} is required and is not in the bundle`)
    const script =
      cached.get(name) ??
      new vm.Script(`(function (require, module, exports) {${text}\n})`, { filename: path.join(bundle.folder, name) })
    cached.set(name, script)
    const module = { exports: {} }
    modules.set(name, module)
    const make: (...parts: unknown[]) => void = script.runInContext(context)
    make((relative: string) => requireFile(resolveFrom(name, relative)), module, module.exports)
    return module.exports
  }

  return {
    inward: (value) => (value === undefined ? undefined : parse(JSON.stringify(value))),
    load: (file) => void requireFile(file),
    put(name, value) {
      global[name] = value
    },
  }
}
