import type { CityId, HallId } from '@/domain/ids'
import type { Day } from '@/domain/time'
import { services } from '@/services'
import type { AppointmentItems } from '@/services/slots'
import { useLoad } from './use-load'

/** Days of a hall with what is free on them; always asked again. Null `items`: it is not known yet for what. */
export const useDays = (city: CityId, hall: HallId, items: AppointmentItems | null) =>
  useLoad(items && ([city, hall, items] as const), services.slots.days)

/** Times of a day; always asked again. */
export const useTimes = (city: CityId, hall: HallId, items: AppointmentItems | null, day: Day | null) =>
  useLoad(items && day !== null ? ([city, hall, items, day] as const) : null, services.slots.list)
