import { VendorUnavailable } from './errors'

const LARGEST_ANSWER = 64 * 1024 * 1024

export type VendorResponse = { status: number; header: (name: string) => string; body: Buffer }

/**
 * Sends a request to a vendor and reads the whole answer within `timeoutMs`. Follows no redirect: signatures are for one address.
 * Throws `VendorUnavailable`.
 */
export async function requestVendor(
  url: string,
  init: { method: 'GET' | 'POST'; headers: Record<string, string>; body?: string; timeoutMs: number },
): Promise<VendorResponse> {
  const { timeoutMs, ...request } = init
  try {
    const response = await fetch(url, { ...request, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) })
    return {
      status: response.status,
      header: (name) => response.headers.get(name) ?? '',
      body: await readLimited(response),
    }
  } catch (error) {
    if (error instanceof VendorUnavailable) throw error
    const timedOut = Object(error).name === 'TimeoutError'
    throw new VendorUnavailable(timedOut ? 'timeout' : 'connection', `${init.method} ${new URL(url).pathname}`)
  }
}

async function readLimited(response: Response): Promise<Buffer> {
  const reader = response.body?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const next = await reader?.read()
    if (next === undefined || next.done) return Buffer.concat(chunks)
    size += next.value.length
    if (size > LARGEST_ANSWER) throw new VendorUnavailable('unreadable', 'the answer is too large')
    chunks.push(next.value)
  }
}

/** `Retry-After` in seconds, as milliseconds. */
export function retryAfterMs(response: VendorResponse): number | null {
  const text = response.header('retry-after')
  return /^\d{1,5}$/.test(text) ? Number(text) * 1000 : null
}
