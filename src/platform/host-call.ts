import { isAskingForConsent } from './consent'
import type { LocationResult, ScanResult, SubscribeResult, Update } from './types'

/** How long a host may take: for a quick call, to locate, with a sheet of its own over our page, and to verify somebody. */
export const limits = { quiet: 5_000, locate: 20_000, sheet: 120_000, verification: 600_000 }

/**
 * Waits for a host's callback. A host that throws, lacks the call or stays silent resolves to `otherwise`, so no button spins
 * for ever. The time that our consent sheet is open does not count.
 */
export function callHost<T>(limitMs: number, otherwise: T, start: (resolve: (value: T) => void) => void): Promise<T> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout>
    const wait = () => {
      timer = setTimeout(() => (isAskingForConsent() ? wait() : resolve(otherwise)), limitMs)
    }
    wait()
    const settle = (value: T) => {
      clearTimeout(timer)
      resolve(value)
    }
    try {
      start(settle)
    } catch {
      settle(otherwise)
    }
  })
}

/** Degrees as numbers or as text (Alipay); null for anything that is not on earth. */
function degrees(value: unknown, most: number): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Math.abs(number) <= most ? number : null
}

/** The location in a host's response: the city where it has one, else the point. */
export function locationOf(response: {
  latitude?: unknown
  longitude?: unknown
  cityAdcode?: unknown
}): LocationResult {
  const [latitude, longitude] = [degrees(response.latitude, 90), degrees(response.longitude, 180)]
  const point = latitude === null || longitude === null ? null : { latitude, longitude }
  const adcode = String(response.cityAdcode ?? '')
  if (/^\d{6}$/.test(adcode)) return { kind: 'city', adcode, ...(point && { point }) }
  return point ? { kind: 'point', ...point } : { kind: 'unavailable' }
}

/** A scan may succeed without a text: the code holds none, or the camera misread it. */
export const scanOf = (text: unknown): ScanResult =>
  typeof text === 'string' && text.trim() !== '' ? { kind: 'code', text } : { kind: 'unreadable' }

/** WeChat's values for a granted message begin with `accept`: with sound, with alert, with a call. */
export function subscribeResult(word: unknown): SubscribeResult {
  const text = String(word)
  return text.startsWith('accept') ? 'granted' : text === 'reject' ? 'refused' : 'unavailable'
}

/** Both vendors' update manager. */
interface UpdateManager {
  onUpdateReady(listener: () => void): void
  applyUpdate(): void
}

/** A failed download is silent: the next launch tries again. Old hosts have no such manager. */
export const updateBy = (manager: () => UpdateManager): Update => ({
  onReady(listener) {
    try {
      manager().onUpdateReady(listener)
    } catch {}
  },
  apply: () => manager().applyUpdate(),
})
