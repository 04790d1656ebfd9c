import { type Appointment, isOutcome } from '@/domain/appointment'
import type { CityId } from '@/domain/ids'
import { type Load, useLoad } from '@/pages/use-load'
import { services } from '@/services'
import { useCity } from '@/stores'

export interface Visits {
  readonly city: CityId | null
  readonly list: Load<{ readonly upcoming: readonly Appointment[]; readonly past: readonly Appointment[] }>
  /** False when the city's manifest says that it takes no bookings. */
  readonly takesBookings: boolean
  readonly reload: () => Promise<void>
}

const parted = (items: readonly Appointment[]) => ({
  upcoming: items.filter((visit) => !isOutcome(visit.state)),
  past: items.filter((visit) => isOutcome(visit.state)),
})

export function useAppointments(): Visits {
  const city = useCity((state) => state.city)
  const manifest = city ? services.manifest.kept(city)?.value : undefined
  const takesBookings = !manifest || manifest.features.includes('appointments')
  const [list, reload] = useLoad(
    takesBookings ? city : null,
    async () => parted((await services.appointments.list(city as CityId)).items),
    () => {
      const kept = services.appointments.keptList(city as CityId)
      return kept && { asOf: kept.asOf, value: parted(kept.value.items) }
    },
  )
  return { city, list, takesBookings, reload }
}
