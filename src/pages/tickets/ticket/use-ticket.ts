import { useState } from 'react'
import type { CityId, TicketId } from '@/domain/ids'
import { newerTicket, type Ticket, ticketRule } from '@/domain/ticket'
import { useIntent } from '@/lifecycle/use-intent'
import { useServerNow } from '@/lifecycle/use-server-now'
import { useLive, useTicket } from '@/queries/use-tickets'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'
import { ticketsOf } from '@/services/tickets'

export type TicketPage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | {
      readonly status: 'ready'
      readonly ticket: Ticket
      readonly nowMs: number
      /** False when it is not known to be given back. */
      readonly giveBack: () => Promise<boolean>
    }

/** One number, live while its page is visible; readable without network. */
export function useTicketPage(city: CityId, id: TicketId): TicketPage {
  const [load, reload, refresh] = useTicket(city, id)
  const [changed, setChanged] = useState<Ticket | null>(null)
  const intent = useIntent()
  const nowMs = useServerNow(city)
  // A response that was on its way while it was given back must not bring it back.
  const ticket = load.status === 'ready' ? (changed ? newerTicket(changed, load.value) : load.value) : null
  useLive(ticket !== null && ticketRule[ticket.state].isOpen, refresh)
  if (load.status === 'loading') return load
  if (load.status === 'failed' || ticket === null) return { ...load, reload } as TicketPage
  const giveBack = async () => {
    try {
      setChanged(await services.of(ticketsOf).giveBack(city, id, intent.keyOf({ id })))
      return true
    } catch {
      await reload()
      return false
    }
  }
  return { status: 'ready', ticket, nowMs, giveBack }
}
