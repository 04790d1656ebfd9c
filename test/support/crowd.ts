import http from 'node:http'
import { sendRequest } from '@/platform/request'
import type { Platform } from '@/platform/types'
import { createServices, type Services } from '@/services/create-services'
import { isServiceError } from '@/services/errors'
import { memoryStorage } from './phone'

/** Many phones, each with its own services and session, that share so many sockets. */
export function createCrowd(address: string, sockets: number) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: sockets })
  const request: Platform['request'] = (ask) =>
    sendRequest(ask, (_, report) => {
      const size = ask.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(ask.body)) }
      const sent = http.request(
        ask.url,
        { method: ask.method, headers: { ...ask.headers, ...size }, agent },
        (answer) => {
          let text = ''
          answer.setEncoding('utf8')
          answer.on('data', (part) => {
            text += part
          })
          answer.on('end', () => report.response(answer.statusCode ?? 0, headersOf(answer), text))
          answer.on('error', () => report.noResponse('broken off'))
        },
      )
      sent.on('error', (error) => report.noResponse(error.message))
      sent.end(ask.body)
      return () => sent.destroy()
    })
  return {
    phoneOf: (who: string): Services =>
      createServices({
        platform: {
          cashierKind: 'till',
          storage: memoryStorage(),
          request,
          login: async () => ({ host: 'preview', code: `preview-${who}` }),
        },
        addressOf: () => address,
      }),
    close: () => agent.destroy(),
  }
}

const headersOf = ({ headers }: http.IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

/** Does all of it, at most so many at the same time, and gives the answers in order. */
export async function inTurns<T, R>(all: readonly T[], width: number, act: (one: T, at: number) => Promise<R>) {
  const answers: R[] = new Array(all.length)
  let next = 0
  const worker = async () => {
    while (next < all.length) {
      const at = next
      next += 1
      const one = all[at]
      if (one !== undefined) answers[at] = await act(one, at)
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, all.length) }, worker))
  return answers
}

export type Outcome<T> = { ms: number; value: T | null; code: string; error: unknown }

/** How it went and how long the citizen waited, from the moment that the call began. */
export async function timed<T>(act: () => Promise<T>): Promise<Outcome<T>> {
  const began = performance.now()
  const ended = () => performance.now() - began
  try {
    const value = await act()
    return { ms: ended(), value, code: 'ok', error: null }
  } catch (error) {
    const code = isServiceError(error) ? (error.code ?? error.kind) : String(error)
    return { ms: ended(), value: null, code, error }
  }
}

/** `p50 12 ms, p99 80 ms, slowest 90 ms, {"ok":100}` */
export function figures(outcomes: readonly Outcome<unknown>[]): string {
  const sorted = outcomes.map(({ ms }) => ms).sort((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, slowest ${at(1)} ms, ${JSON.stringify(codesOf(outcomes))}`
}

export function codesOf(outcomes: readonly Outcome<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { code } of outcomes) counts[code] = (counts[code] ?? 0) + 1
  return counts
}
