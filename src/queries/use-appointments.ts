import { isOutcome } from '@/domain/appointment'
import type { AppointmentId, CityId } from '@/domain/ids'
import { services } from '@/services'
import { useList } from './use-list'
import { useLoad } from './use-load'

const upcoming = { upcoming: true }

/** All that lie ahead, then what has been, page by page. */
export const useAppointments = (city: CityId | null) =>
  useList(
    city && [city],
    (city, cursor) => services.appointments.list(city, {}, cursor),
    (city) => services.appointments.cachedList(city) ?? services.appointments.cachedList(city, upcoming),
    (appointments) => appointments.some(({ state }) => isOutcome(state)),
  )

export const useUpcomingAppointments = (city: CityId | null) =>
  useLoad(
    city && [city],
    (city) => services.appointments.list(city, upcoming),
    (city) => services.appointments.cachedList(city, upcoming),
  )

/** Null `appointment`: there is none to read. */
export const useAppointment = (city: CityId, appointment: AppointmentId | null) =>
  useLoad(appointment && [city, appointment], services.appointments.get, services.appointments.cached)
