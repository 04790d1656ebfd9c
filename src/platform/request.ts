import { platformError } from './error'
import type { HttpRequest, HttpResponse, PlatformFault } from './types'

/** Ours, so that both hosts (60 s and 30 s by default) behave alike. */
const usualTimeoutMs = 10_000
/** The host's own limit is only a safety net. */
const hostGraceMs = 5_000
/** In characters. A list of a hundred items is a tenth of it; parsing more would freeze an old phone. */
export const longestResponse = 1_000_000

/** How a host reports the end of a request. Only the first call counts. */
export interface Report {
  /** A status that is not a number is no response (old Alipay versions offline). */
  response(status: unknown, headers: object | undefined, body: unknown): void
  noResponse(detail: string): void
}

/**
 * What `Platform.request` does on every host: one time limit, one end, text, lower-case headers. `send` starts the host's request
 * and returns how to stop it.
 */
export function sendRequest(
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
    const timer = setTimeout(() => giveUp('timeout', `no response within ${timeoutMs} ms`), timeoutMs)
    const report: Report = {
      noResponse: (detail) => giveUp('offline', detail),
      response(status, headers, body) {
        if (typeof status !== 'number' || !(status >= 100)) return giveUp('offline', `status ${String(status)}`)
        const text = asText(body)
        if (text.length > longestResponse) return giveUp('too-large', `${text.length} characters`)
        if (!isOpen) return
        close()
        resolve({ status, headers: lowerCased(headers), text })
      },
    }
    request.onStart?.(() => giveUp('cancelled', 'cancelled by the caller'))
    if (!isOpen) return
    try {
      stop = send(timeoutMs + hostGraceMs, report)
    } catch (error) {
      report.noResponse(String(error))
    }
  })
}

/** Alipay parses the body of a 4xx or 5xx whatever `dataType` says. */
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
