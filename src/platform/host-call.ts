import { isAskingForConsent } from './consent'
import type { LocationResult, ScanResult, SubscribeResult, Update } from './types'

/** How long a host may take to answer: by itself, to find a place, and with something of its own over our page. */
export const limits = { quiet: 5_000, place: 20_000, sheet: 120_000 }

/**
 * Waits for a host's answer. A host that throws, lacks the call or says nothing for so long gives `otherwise`, so that no
 * button turns for ever. The time in which the citizen reads our sheet about consent does not count.
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

/** Degrees as numbers or as text (Alipay); null for anything that is no place on earth. */
function degrees(value: unknown, most: number): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Math.abs(number) <= most ? number : null
}

/** The location in a host's response: its city where it knows that, else the point. Never half of one. */
export function placeOf(response: { latitude?: unknown; longitude?: unknown; cityAdcode?: unknown }): LocationResult {
  const [latitude, longitude] = [degrees(response.latitude, 90), degrees(response.longitude, 180)]
  const point = latitude === null || longitude === null ? null : { latitude, longitude }
  const adcode = String(response.cityAdcode ?? '')
  if (/^\d{6}$/.test(adcode)) return { kind: 'city', adcode, ...(point && { point }) }
  return point ? { kind: 'point', ...point } : { kind: 'unavailable' }
}

/** A scan may succeed without a text: a code that is no text, or one that the camera guessed. */
export const scanOf = (text: unknown): ScanResult =>
  typeof text === 'string' && text.trim() !== '' ? { kind: 'code', text } : { kind: 'unreadable' }

/** WeChat's words for a granted message begin with `accept`: with a sound, an alert or a call as well. */
export function subscribeResult(word: unknown): SubscribeResult {
  const text = String(word)
  return text.startsWith('accept') ? 'granted' : text === 'reject' ? 'refused' : 'unavailable'
}

/** Both vendors' update manager. */
interface UpdateManager {
  onUpdateReady(listener: () => void): void
  applyUpdate(): void
}

/** A download that fails says nothing: the next launch tries again. Neither does an old host that has no such manager. */
export const updateBy = (manager: () => UpdateManager): Update => ({
  onReady(listener) {
    try {
      manager().onUpdateReady(listener)
    } catch {}
  },
  apply: () => manager().applyUpdate(),
})
