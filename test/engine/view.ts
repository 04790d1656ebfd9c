import * as glassEasel from 'glass-easel'
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import { JSDOM } from 'jsdom'
import { type Bundle, resolveFrom } from './bundle'
import type { ComponentProperties } from './scripts'
import { type Templates, templatesOf } from './templates'

/** An event as it crosses from the view to the app: plain data. */
export interface ViewEvent {
  readonly type: string
  readonly timeStamp: number
  readonly target: object
  readonly currentTarget: object
  readonly detail: unknown
}

export interface PageView {
  readonly root: Element
  /** Takes JSON, as a phone's view does. */
  setData(json: string): void
  close(): void
}

interface Shadowed {
  id: string
  dataset: object | null
}

/** The text typed into a field: built-in components hold it, not the app. */
const typed = new WeakMap<Element, string>()
const listenedTypes = new WeakMap<Element, Set<string>>()
const nodes = new WeakMap<Element, glassEasel.Element>()

const listeners = new Set<(text: string) => void>()
glassEasel.addGlobalWarningListener((warning) => {
  for (const listener of listeners) listener(`the component framework warns: ${String(warning)}`)
  return false
})
glassEasel.addGlobalErrorListener((error) => {
  for (const listener of listeners) listener(`the component framework failed: ${String(error)}`)
  return false
})

/** The view layer: WeChat's own component framework renders the bundle's templates into jsdom. */
export class View {
  readonly document: Document
  /** How many events reached a handler of the app. */
  handledEvents = 0
  readonly #bundle: Bundle
  readonly #templates: Templates
  readonly #env = new MiniProgramEnv()
  readonly #space = this.#env.createCodeSpace('', true)
  readonly #backend
  readonly #emit: (component: string, owner: object, handler: string, event: ViewEvent) => void
  readonly #problem: (text: string) => void

  constructor(bundle: Bundle, emit: View['_emit'], problem: (text: string) => void) {
    this.#bundle = bundle
    this.#emit = emit
    this.#problem = problem
    this.document = new JSDOM('<!doctype html><html><body></body></html>').window.document
    this.#templates = templatesOf(bundle)
    this.#templates.onMissing((name) => problem(`template "${name}" does not exist`))
    listeners.add(problem)
    this.#addBuiltIns()
    this.#backend = this.#env.associateBackend(backendOf(this.document))
  }

  declare private _emit: (component: string, owner: object, handler: string, event: ViewEvent) => void

  /** Empties the document. */
  close(): void {
    listeners.delete(this.#problem)
    this.document.body.innerHTML = ''
  }

  /** A component of the bundle: Taro has one, for deep nesting. */
  addComponent(file: string, properties: ComponentProperties): void {
    const types: Record<string, unknown> = {}
    for (const [name, { type, value }] of Object.entries(properties))
      types[name] = { type: String(type).includes('Object') ? Object : String, value: value ?? undefined }
    this.#register(file, { properties: types, options: { virtualHost: true } })
  }

  /** `owner` is handed back with every event of the page. */
  open(page: string, data: object, owner: object): PageView {
    const file = page
    if (!this.#registered.has(file)) this.#register(file, { data })
    const root = this.#backend.createRoot('page', this.#space, file)
    const component = root.getComponent()
    const element = component.getBackendElement() as unknown as Element
    this.#owners.set(component, owner)
    const place = this.document.createElement('div')
    this.document.body.appendChild(place)
    root.attach(backendElement(this.document.body), backendElement(place))
    return {
      root: element,
      setData: (json) => root.get().setData(JSON.parse(json)),
      close: () => {
        root.release()
        element.remove()
      },
    }
  }

  readonly #registered = new Set<string>()
  readonly #owners = new WeakMap<object, object>()

  #register(file: string, definition: object) {
    this.#registered.add(file)
    const config: { usingComponents?: Record<string, string> } = JSON.parse(
      this.#bundle.files.get(`${file}.json`) ?? '{}',
    )
    this.#space.addComponentStaticConfig(file, { usingComponents: config.usingComponents ?? {} })
    const template = this.#templates.of(file)
    if (template) this.#space.addCompiledTemplate(file, template)
    else this.#problem(`${file} has no template`)
    const handle = (
      handler: string,
      self: { _$: object },
      event: glassEasel.Event<unknown> & { target: Shadowed; currentTarget: Shadowed },
    ) => {
      this.handledEvents += 1
      this.#emit(file, this.#owners.get(self._$) ?? {}, handler, this.#crossing(event))
    }
    const methods: Record<string, unknown> = {}
    for (const handler of this.#templates.handlers) {
      methods[handler] = function (this: { _$: object }, event: Parameters<typeof handle>[2]) {
        handle(handler, this, event)
      }
    }
    this.#space.componentEnv(file, ({ Component }) =>
      Component({ ...definition, methods } as Parameters<typeof Component>[0]),
    )
  }

  /** WeChat's `target` is the touched node; Alipay's `target.dataset` is that of the node with the handler. */
  #crossing(event: glassEasel.Event<unknown> & { target: Shadowed; currentTarget: Shadowed }): ViewEvent {
    const target = { id: event.target.id, dataset: event.target.dataset ?? {} }
    const bound = { id: event.currentTarget.id, dataset: event.currentTarget.dataset ?? {} }
    const isAlipay = this.#bundle.host === 'alipay'
    const plain = {
      type: event.type,
      timeStamp: event.timeStamp,
      target: isAlipay ? { id: target.id, dataset: bound.dataset, targetDataset: target.dataset } : target,
      currentTarget: bound,
      detail: event.detail,
    }
    return JSON.parse(JSON.stringify(plain))
  }

  #addBuiltIns() {
    const space = this.#space.getComponentSpace()
    for (const [tag, attributes] of this.#templates.attributes) {
      if (tag === 'comp') continue
      const properties: Record<string, Property> = {}
      for (const name of attributes)
        properties[camelCase(name)] = { type: null, value: undefined, comparer: reflectBoolean(name) }
      if (properties.value) {
        properties.value.observer = function (this: object) {
          const element = elementOf(this)
          if (element) typed.delete(element)
        }
      }
      const built = space
        .define(`built-in/${tag}`)
        .options({ reflectToAttributes: true })
        .definition({ properties })
        .registerComponent()
      space.setGlobalUsingComponent(tag, built.general())
    }
  }
}

const elementOf = (component: object) =>
  (component as glassEasel.GeneralComponent).getBackendElement() as unknown as Element | null

interface Property {
  type: null
  value: undefined
  comparer: (this: object, now: unknown, before: unknown) => boolean
  observer?: (this: object) => void
}

/**
 * The framework renders true as an empty attribute and false as none, like a missing value. Hosts pass `true` and `false`
 * to the screen reader.
 */
const reflectBoolean = (name: string): Property['comparer'] =>
  function (now, before) {
    if (typeof now === 'boolean') elementOf(this)?.setAttribute(name, String(now))
    return now !== before
  }

/** Fires an event at a rendered node, as a finger or the keyboard does. */
export function fire(element: Element, type: string, detail: object, bubbles: boolean): void {
  nodes.get(element)?.triggerEvent(type, detail, { bubbles, composed: bubbles, capturePhase: bubbles })
}

/** True when the app's templates listen to this event at this very node. */
export const listensTo = (element: Element, type: string): boolean => listenedTypes.get(element)?.has(type) ?? false

/** What a text field shows: what was typed, or what the app has put there since. */
export const valueIn = (element: Element): string => typed.get(element) ?? element.getAttribute('value') ?? ''

export const keepTyped = (element: Element, text: string): void => void typed.set(element, text)

/** Only what the framework needs to render; events are fired at nodes directly. */
function backendOf(document: Document): glassEasel.domlikeBackend.Context {
  const backend = {
    // `BackendMode.Domlike`, which is a constant of types only.
    mode: 3,
    document,
    destroy: () => undefined,
    getWindowWidth: () => 375,
    getWindowHeight: () => 812,
    getDevicePixelRatio: () => 3,
    getTheme: () => 'light',
    registerStyleSheetContent: () => undefined,
    appendStyleSheetPath: () => 0,
    disableStyleSheet: () => undefined,
    render: (done: (error: Error | null) => void) => done(null),
    getRootNode: () => document.body,
    associateValue: (element: Element, node: glassEasel.Element) => void nodes.set(element, node),
    onEvent: () => undefined,
    setListenerStats(element: Element, type: string) {
      const types = listenedTypes.get(element) ?? new Set()
      types.add(type)
      listenedTypes.set(element, types)
    },
    setModelBindingStat: () => undefined,
  }
  return backend as object as glassEasel.domlikeBackend.Context
}

const backendElement = (element: Element) => element as object as glassEasel.GeneralBackendElement

const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** Files of the components that a page or component uses, by their place in the bundle. */
export function componentsUsed(bundle: Bundle, file: string): string[] {
  const config: { usingComponents?: Record<string, string> } = JSON.parse(bundle.files.get(`${file}.json`) ?? '{}')
  return Object.values(config.usingComponents ?? {}).map((relative) => resolveFrom(file, relative))
}
