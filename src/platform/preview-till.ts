import { answer, openCashier } from './cashier-answers'
import type { CashierAnswer } from './types'

/**
 * The sandbox's simulated till, over the preview. Only `index.h5.ts` imports this file, so it cannot ship.
 * The till's page posts `{ outcome, detail }` to its parent: `accepted`, `cancelled`, `failed`, `unknown`, or `killed`,
 * which plays an app killed in the cashier: no answer, and the preview starts anew.
 */
export function openTill(url: string): Promise<CashierAnswer> {
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
      if (said === 'killed') window.location.replace(window.location.pathname)
      else tell(said)
    }
    window.addEventListener('message', heard)
    document.body.appendChild(frame)
  })
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
