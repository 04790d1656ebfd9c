import type { CityId } from '@/domain/ids'
import { type ClockReading, type ServerClock, serverNow, setClock, UNSET_CLOCK } from '@/domain/time'

/** Each city's clock, relative to the phone's. */
export interface Clocks {
  of(city: CityId): ServerClock
  now(city: CityId): number
  read(city: CityId, reading: ClockReading): void
}

export function createClocks(phoneNow: () => number): Clocks {
  const clocks = new Map<CityId, ServerClock>()
  const of = (city: CityId) => clocks.get(city) ?? UNSET_CLOCK
  return {
    of,
    now: (city) => serverNow(of(city), phoneNow()),
    read: (city, reading) => void clocks.set(city, setClock(of(city), reading)),
  }
}
