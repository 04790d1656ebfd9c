import type { Handlers } from '../http/operation'
import { noteFailure, type Service } from '../service'
import { expireTickets } from './line'
import { getTicket, getTicketLine, listTickets, returnTicket, takeTicket } from './operations'

export { callNext, endQueue, passTicket, stopTickets, takeAtMachine } from './calls'

export const ticketHandlers: Handlers = { getTicketLine, listTickets, takeTicket, getTicket, returnTicket }

/** Ends what is open of the days before, in every city. */
export async function sweepTickets(
  { cities, database, clock, ...service }: Service,
  signal?: AbortSignal,
): Promise<void> {
  for (const { id, features } of cities) {
    if (!features.includes('tickets') || signal?.aborted) continue
    await expireTickets(database.db, id, null, clock.now()).catch((error: unknown) =>
      noteFailure(service, 'tickets', error, { city: id }),
    )
  }
}
