import type { CityId, HallId, TicketId } from '@/domain/ids'
import { useEffectWhileVisible } from '@/lifecycle/use-visible'
import { services } from '@/services'
import { ticketsOf } from '@/services/tickets'
import { useLoad } from './use-load'

/** How often a queue is read while its page is visible. */
const everyMs = 15_000

/** Numbers that the citizen took, newest first. Null: not to be read. */
export const useTickets = (city: CityId | null) =>
  useLoad(city && [city], services.of(ticketsOf).list, services.of(ticketsOf).cachedList)

/** One number, and where it stands. Readable without network. */
export const useTicket = (city: CityId, ticket: TicketId) =>
  useLoad([city, ticket], services.of(ticketsOf).get, services.of(ticketsOf).cached)

/** A hall's queue of today. */
export const useTicketLine = (city: CityId, hall: HallId) => useLoad([city, hall], services.of(ticketsOf).line)

/** Reads it again and again while `isOn` and the page is visible. */
export function useLive(isOn: boolean, refresh: () => Promise<void>): void {
  useEffectWhileVisible(() => {
    if (!isOn) return
    const timer = setInterval(() => void refresh(), everyMs)
    return () => clearInterval(timer)
  }, [isOn, refresh])
}
