import { cashierResult, openCashier } from './cashier-results'
import type { CashierResult } from './types'

/**
 * The sandbox's simulated till, over the preview. Its page posts `{ outcome, detail }`: `accepted`, `cancelled`, `failed`, `unknown`, or
 * `killed`, which simulates an app killed in the cashier: no result, and the preview restarts.
 */
export const openTill = (address: string): Promise<CashierResult> =>
  openCashier((resolve) =>
    openPage(address, 'Simulated till', (message) => {
      const result = tillResult(message)
      if (result === 'killed') window.location.replace(window.location.pathname + window.location.search)
      else if (result !== null) resolve(result)
      return result !== null
    }),
  )

/** The sandbox's simulated verification. What its page says counts for nothing. */
export const openVerification = (address: string): Promise<'closed'> =>
  new Promise((resolve) =>
    openPage(address, 'Simulated verification', () => {
      resolve('closed')
      return true
    }),
  )

/** A page of the sandbox over the preview, until `isOver` says so of a message. Only `index.h5.ts` imports this file, so it cannot ship. */
function openPage(address: string, title: string, isOver: (message: unknown) => boolean): void {
  const url = reachable(address)
  const frame = document.createElement('iframe')
  frame.src = url
  frame.title = title
  frame.setAttribute('role', 'dialog')
  frame.style.cssText = 'position:fixed;inset:0;z-index:9999;width:100%;height:100%;border:0;background:#fff'

  const onMessage = (event: MessageEvent<unknown>) => {
    if (event.source !== frame.contentWindow || !url.startsWith(`${event.origin}/`)) return
    if (!isOver(event.data)) return
    window.removeEventListener('message', onMessage)
    frame.remove()
  }
  window.addEventListener('message', onMessage)
  document.body.appendChild(frame)
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
