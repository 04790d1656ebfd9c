import { cashierResult, openCashier } from './cashier-results'
import type { CashierResult } from './types'

/**
 * The sandbox's simulated till, over the preview. Only `index.h5.ts` imports this file, so it cannot ship.
 * The till's page posts `{ outcome, detail }` to its parent: `accepted`, `cancelled`, `failed`, `unknown`, or `killed`,
 * which simulates an app killed in the cashier: no result, and the preview restarts.
 */
export function openTill(address: string): Promise<CashierResult> {
  const url = reachable(address)
  return openCashier((resolve) => {
    const frame = document.createElement('iframe')
    frame.src = url
    frame.title = 'Simulated till'
    frame.setAttribute('role', 'dialog')
    frame.style.cssText = 'position:fixed;inset:0;z-index:9999;width:100%;height:100%;border:0;background:#fff'

    const onMessage = (event: MessageEvent<unknown>) => {
      if (event.source !== frame.contentWindow || !url.startsWith(`${event.origin}/`)) return
      const result = tillResult(event.data)
      if (result === null) return
      window.removeEventListener('message', onMessage)
      frame.remove()
      if (result === 'killed') window.location.replace(window.location.pathname + window.location.search)
      else resolve(result)
    }
    window.addEventListener('message', onMessage)
    document.body.appendChild(frame)
  })
}

/** The till is served beside the cities: below the same prefix when this page's server proxies them. */
function reachable(address: string): string {
  const [city = ''] = Object.values(CITY_ADDRESSES)
  if (!city.startsWith('/')) return address
  const below = city.slice(0, city.lastIndexOf('/'))
  return window.location.origin + below + address.replace(/^https?:\/\/[^/]+/, '')
}

function tillResult(message: unknown): CashierResult | 'killed' | null {
  if (typeof message !== 'object' || message === null || !('outcome' in message)) return null
  const detail = 'detail' in message ? String(message.detail) : ''
  switch (message.outcome) {
    case 'killed':
      return 'killed'
    case 'accepted':
    case 'cancelled':
      return cashierResult(message.outcome, detail)
    case 'failed':
      return cashierResult('declined', detail)
    default:
      return cashierResult('unknown', detail)
  }
}
