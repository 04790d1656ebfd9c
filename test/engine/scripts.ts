import type { Bundle } from './bundle'
import type { Realm } from './realm'
import { componentsUsed } from './view'

export type Config = Record<string, unknown>

/** Types and first values of a component's properties, as plain data. */
export type ComponentProperties = Record<string, { type: unknown; value: unknown }>

/** What the bundle's scripts register with the host when they run: the app, its pages, its components. */
export class Scripts {
  app: Config = {}
  readonly #bundle: Bundle
  readonly #realm: Realm
  readonly #pages = new Map<string, Config>()
  readonly #components = new Map<string, Config>()
  /** Whose script runs: hosts know a page by its file. */
  #running = ''

  constructor(
    bundle: Bundle,
    realm: Realm,
    register: (file: string, properties: ComponentProperties) => void,
    problem: (text: string) => void,
  ) {
    this.#bundle = bundle
    this.#realm = realm
    realm.put('App', (config: Config) => {
      this.app = config
    })
    realm.put('Page', (config: Config) => void this.#pages.set(this.#running, config))
    realm.put('Component', (config: Config) => {
      // Alipay's templates may call themselves, so Taro needs no component there; one would have a life cycle of its own.
      if (bundle.host === 'alipay') problem(`${this.#running} is a component; the engine does not play Alipay's`)
      this.#components.set(this.#running, config)
      register(this.#running, asData(config.properties ?? {}))
    })
    realm.put('getApp', () => this.app)
  }

  start(): void {
    this.#realm.load('app.js')
  }

  /** Runs the page's script, once, and those of its components. */
  load(route: string): void {
    if (this.#pages.has(route)) return
    for (const file of componentsUsed(this.#bundle, route)) if (!this.#components.has(file)) this.#run(file)
    this.#run(route)
  }

  page(route: string): Config | undefined {
    return this.#pages.get(route)
  }

  /** Where a component's handlers are; undefined when the file is a page. */
  methodsOf(file: string): Config | undefined {
    return this.#components.get(file)?.methods as Config | undefined
  }

  #run(file: string): void {
    this.#running = file
    this.#realm.load(`${file}.js`)
  }
}

const asData = (properties: unknown): ComponentProperties =>
  JSON.parse(JSON.stringify(properties, (_, value) => (typeof value === 'function' ? value.name : value)))
