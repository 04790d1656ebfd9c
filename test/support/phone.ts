import type { CityId } from '@/domain/ids'
import { platformError } from '@/platform/error'
import { jsonStorage } from '@/platform/json-storage'
import { sendRequest } from '@/platform/request'
import type { Host, Platform, Storage } from '@/platform/types'
import { createServices, type Services } from '@/services/create-services'
import { sendOverWire } from './loopback'

/** Requests over real HTTP, with the rules that every host has. */
export const nodeRequest: Platform['request'] = (request) =>
  sendRequest(request, (_, report) =>
    sendOverWire(
      { method: request.method, url: request.url, headers: { ...request.headers }, body: request.body },
      ({ status, headers, text }) => report.response(status, headers, text),
      report.noResponse,
    ),
  )

/** A phone's store. `room` is how many characters it takes. */
export function memoryStorage(room = Number.POSITIVE_INFINITY): Storage & { texts: Map<string, string> } {
  const texts = new Map<string, string>()
  const store = jsonStorage({
    read: (key) => texts.get(key) ?? '',
    write(key, text) {
      const others = [...texts].filter(([other]) => other !== key)
      const used = others.reduce((sum, [name, kept]) => sum + name.length + kept.length, 0)
      if (used + key.length + text.length > room) return false
      texts.set(key, text)
      return true
    },
    remove: (key) => texts.delete(key),
    keys: () => [...texts.keys()],
  })
  return { ...store, texts }
}

export interface Phone {
  readonly services: Services
  readonly storage: ReturnType<typeof memoryStorage>
  /** The pauses that the client made. They cost no time here, but the phone's clock goes on. */
  readonly pauses: number[]
  /** How often `login` was called. */
  readonly logins: () => number
  readonly now: () => number
  /** Sets the phone's clock forward. */
  setForward(ms: number): void
}

/** The cashier that each host can open. */
export const cashierOf = { wechat: 'wechat', alipay: 'alipay', preview: 'till' } as const

export interface PhoneOptions {
  readonly host?: Host
  /** Base address of each city. */
  readonly addresses: Readonly<Record<string, string>>
  readonly storage?: ReturnType<typeof memoryStorage>
  readonly login?: Platform['login']
  readonly request?: Platform['request']
  /** The error of the phone's clock. */
  readonly wrongByMs?: number
}

/** A phone with the real services on it, and a network that is real but for its address. */
export function createPhone(options: PhoneOptions): Phone {
  const { host = 'wechat', storage = memoryStorage(), addresses } = options
  const pauses: number[] = []
  let wrongByMs = options.wrongByMs ?? 0
  let logins = 0
  const login = options.login ?? (async () => ({ host, code: `code-${logins}` }))
  const now = () => Date.now() + wrongByMs
  const services = createServices({
    platform: {
      cashierKind: cashierOf[host],
      storage,
      request: options.request ?? nodeRequest,
      login() {
        logins += 1
        return login()
      },
    },
    addressOf: (city: CityId) => addresses[city] ?? null,
    phoneNow: now,
    async sleep(ms) {
      pauses.push(ms)
      wrongByMs += ms
    },
  })
  return {
    services,
    storage,
    pauses,
    logins: () => logins,
    now,
    setForward(ms) {
      wrongByMs += ms
    },
  }
}

/** The network is gone. */
export const noNetwork: Platform['request'] = () => Promise.reject(platformError('offline', 'no network'))
