import type { CityId, HallId } from '@/domain/ids'
import type { Day } from '@/domain/time'
import { services } from '@/services'
import type { AppointmentItems } from '@/services/slots'
import { slotsOf } from '@/services/slots'
import { useLoad } from './use-load'

/** For what, and for how many. */
export interface VisitQuestion {
  readonly items: AppointmentItems
  readonly persons: number
}

/** Days of a hall with what is free on them; always asked again. Null: it is not known yet for what. */
export const useDays = (city: CityId, hall: HallId, visit: VisitQuestion | null) =>
  useLoad(visit && ([city, hall, visit.items, visit.persons] as const), services.of(slotsOf).days)

/** Times of a day; always asked again. */
export const useTimes = (city: CityId, hall: HallId, visit: VisitQuestion | null, day: Day | null) =>
  useLoad(
    visit && day !== null ? ([city, hall, visit.items, day, visit.persons] as const) : null,
    services.of(slotsOf).list,
  )
