import type { Hall } from '@/domain/hall'
import type { CityId } from '@/domain/ids'
import { hasFeature } from '@/domain/manifest'
import { isTicketEnd, type Ticket } from '@/domain/ticket'
import { useHalls } from '@/queries/use-halls'
import { type Load, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { useLive, useTickets } from '@/queries/use-tickets'
import type { Page } from '@/services'

export interface TicketListPage {
  /** False where the city gives no numbers. */
  readonly isOffered: boolean
  readonly load: Load<readonly Ticket[]>
  readonly halls: Load<Page<Hall>>
  readonly reload: () => Promise<unknown>
  readonly open: readonly Ticket[]
  readonly earlier: readonly Ticket[]
  /** Where a number can be taken, but for those where the citizen has one. */
  readonly giving: readonly Hall[]
}

/** The citizen's numbers, and the halls that give one. */
export function useTicketList(city: CityId): TicketListPage {
  const manifest = valueOf(useManifest(city)[0])
  const isOffered = manifest === null || hasFeature(manifest, 'tickets')
  const [load, reload, refresh] = useTickets(isOffered ? city : null)
  const [halls, reloadHalls] = useHalls(city)
  const tickets = valueOf(load) ?? []
  const open = tickets.filter(({ state }) => !isTicketEnd(state))
  useLive(open.length > 0, refresh)
  return {
    isOffered,
    load,
    halls,
    reload: () => Promise.all([reload(), reloadHalls()]),
    open,
    earlier: tickets.filter(({ state }) => isTicketEnd(state)),
    giving: (valueOf(halls)?.items ?? []).filter(
      ({ id, tickets }) => tickets && !open.some((ticket) => ticket.hall.id === id),
    ),
  }
}
