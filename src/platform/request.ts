import { platformError } from './error'
import type { HttpRequest, HttpResponse, PlatformFault } from './types'

/** The limits are ours, so that both hosts (60 s and 30 s by themselves) behave alike. */
const usualTimeoutMs = 10_000
/** The host's own limit is only a net under ours. */
const hostGraceMs = 5_000
/** In characters. The longest answer a city may give is far shorter; parsing more would freeze an old phone. */
export const longestAnswer = 2_000_000

/** How a host reports the end of a request. Only the first report counts. */
export interface Report {
  /** Something came back. Without a numeric status it was no answer (old Alipay versions offline). */
  answer(status: unknown, headers: object | undefined, body: unknown): void
  nothing(detail: string): void
}

/**
 * The rules of `Platform.request` that are the same on every host: one time limit, one end, text, lower-case headers.
 * `send` starts the host's request and gives back how to stop it.
 */
export function exchange(
  request: HttpRequest,
  send: (hostTimeoutMs: number, report: Report) => () => void,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const timeoutMs = request.timeoutMs ?? usualTimeoutMs
    let isOpen = true
    let stop = () => {}
    const close = () => {
      isOpen = false
      clearTimeout(timer)
    }
    const giveUp = (reason: PlatformFault, detail: string) => {
      if (!isOpen) return
      close()
      reject(platformError(reason, detail))
      stop()
    }
    const timer = setTimeout(() => giveUp('timeout', `no answer within ${timeoutMs} ms`), timeoutMs)
    const report: Report = {
      nothing: (detail) => giveUp('offline', detail),
      answer(status, headers, body) {
        if (typeof status !== 'number' || !(status >= 100)) return giveUp('offline', `status ${String(status)}`)
        const text = asText(body)
        if (text.length > longestAnswer) return giveUp('too-large', `${text.length} characters`)
        if (!isOpen) return
        close()
        resolve({ status, headers: lowerCased(headers), text })
      },
    }
    request.onStart?.(() => giveUp('cancelled', 'given up by the caller'))
    if (!isOpen) return
    try {
      stop = send(timeoutMs + hostGraceMs, report)
    } catch (error) {
      report.nothing(String(error))
    }
  })
}

/** A host may have parsed the body of a failure (Alipay, 400 and above), whatever it was asked for. */
function asText(body: unknown): string {
  if (typeof body === 'string') return body
  return body === undefined || body === null ? '' : JSON.stringify(body)
}

function lowerCased(headers: object | undefined): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers ?? {})) {
    result[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value)
  }
  return result
}
