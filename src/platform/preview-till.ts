import { answer, openCashier } from './cashier-answers'
import type { CashierAnswer } from './types'

/**
 * The sandbox's simulated till, over the preview. Only `index.h5.ts` imports this file, so it cannot ship.
 * The till's page posts `{ outcome, detail }` to its parent: `accepted`, `cancelled`, `failed`, `unknown`, or `killed`,
 * which plays an app killed in the cashier: no answer, and the preview starts anew.
 */
export function openTill(address: string): Promise<CashierAnswer> {
  const url = reachable(address)
  return openCashier((tell) => {
    const frame = document.createElement('iframe')
    frame.src = url
    frame.title = 'Simulated till'
    frame.setAttribute('role', 'dialog')
    frame.style.cssText = 'position:fixed;inset:0;z-index:9999;width:100%;height:100%;border:0;background:#fff'

    const heard = (event: MessageEvent<unknown>) => {
      if (event.source !== frame.contentWindow || !url.startsWith(`${event.origin}/`)) return
      const said = tillAnswer(event.data)
      if (said === null) return
      window.removeEventListener('message', heard)
      frame.remove()
      if (said === 'killed') window.location.replace(window.location.pathname + window.location.search)
      else tell(said)
    }
    window.addEventListener('message', heard)
    document.body.appendChild(frame)
  })
}

/** The till is beside the cities: where this page's own server hands on what they are asked, it is below there as well. */
function reachable(address: string): string {
  const [city = ''] = Object.values(CITY_ADDRESSES)
  if (!city.startsWith('/')) return address
  const below = city.slice(0, city.lastIndexOf('/'))
  return window.location.origin + below + address.replace(/^https?:\/\/[^/]+/, '')
}

function tillAnswer(message: unknown): CashierAnswer | 'killed' | null {
  if (typeof message !== 'object' || message === null || !('outcome' in message)) return null
  const detail = 'detail' in message ? String(message.detail) : ''
  switch (message.outcome) {
    case 'killed':
      return 'killed'
    case 'accepted':
    case 'cancelled':
      return answer(message.outcome, detail)
    case 'failed':
      return answer('declined', detail)
    default:
      return answer('unknown', detail)
  }
}
