import type { AppointmentState } from '../../contract/wire/types.gen'
import type { City } from '../catalogue'
import { problem } from '../http/problem'
import { tellOfCancellation, tellOfChange } from '../messages/texts'
import { cityOf, type Service } from '../service'
import { holdsNow, lockCitizen, lockSlots, placesOf } from './locks'
import { settleByClock } from './no-shows'
import { joinQueue } from './queue'
import { changeVisit, countNoShow, excuseNoShow } from './visit-end'
import { fillSlot, walkIn } from './walk-ins'

/** What the hall's staff may make of a visit. The hall may correct a no-show; other ends stay. */
const byHall: Record<AppointmentState, readonly AppointmentState[]> = {
  confirmed: ['checked-in', 'served', 'cancelled-by-hall', 'no-show', 'excused', 'expired'],
  'checked-in': ['served', 'cancelled-by-hall', 'no-show', 'excused', 'expired'],
  'no-show': ['excused', 'served'],
  'cancelled-by-citizen': ['excused'],
  served: [],
  expired: [],
  'cancelled-by-hall': [],
  excused: [],
}

type Staff = Pick<Service, 'database' | 'clock' | 'cities' | 'queues'>

async function cityOfSlot(service: Staff, slotId: string): Promise<City> {
  const slot = await service.database.db
    .selectFrom('slots')
    .select('city_id')
    .where('city_id', 'in', idsOf(service.cities))
    .where('id', '=', slotId)
    .executeTakeFirst()
  if (!slot) throw problem('not-found')
  return cityOf(service, slot.city_id)
}

const idsOf = (cities: readonly City[]): string[] => cities.map(({ id }) => id)

/** People at the counter take all places of a slot but `free`. */
export async function fillSlotByHall(service: Staff, slotId: string, free = 0) {
  const city = await cityOfSlot(service, slotId)
  return fillSlot(service.database, city.id, slotId, free, holdsNow(city, service.clock.now()))
}

/** People who come together take a number at the hall's door. */
export async function walkInAtHall(service: Staff, slotId: string, persons = 1) {
  const city = await cityOfSlot(service, slotId)
  return walkIn(service.database, city.id, slotId, service.clock.now(), persons)
}

/** The hall's staff check a citizen in, serve, cancel, mark as absent or excuse. */
export async function changeVisitByHall(service: Staff, id: string, state: AppointmentState) {
  return service.database.transaction(async (trx) => {
    const find = () =>
      trx
        .selectFrom('appointments')
        .selectAll()
        .where('city_id', 'in', idsOf(service.cities))
        .where('id', '=', id)
        .executeTakeFirstOrThrow(() => problem('not-found'))
    const found = await find()
    await lockCitizen(trx, found.city_id, found.citizen_id)
    const now = service.clock.now()
    const city = cityOf(service, found.city_id)
    await settleByClock(trx, city, found.citizen_id, now)
    // The citizen's lock may have waited for a swap: only now is it sure which slot.
    await lockSlots(trx, city.id, placesOf(await find()), holdsNow(city, now))
    const visit = await find()
    if (visit.state === state) return { id, state }
    if (!byHall[visit.state].includes(state)) throw problem('appointment-not-open')
    // In maintenance nobody is marked as absent.
    if (state === 'no-show' && city.mode === 'read-only') throw problem('city-read-only')
    await changeVisit(trx, visit, state, now)
    if (state === 'cancelled-by-hall') await tellOfCancellation(trx, visit, now)
    if (state === 'no-show' || state === 'excused') await tellOfChange(trx, visit, state, now)
    if (state === 'checked-in') await joinQueue(trx, service.queues, visit, now)
    if (state === 'no-show') await countNoShow(trx, visit, 'absent', now)
    else if (state === 'excused' || state === 'served') await excuseNoShow(trx, visit.city_id, visit.id, now)
    return { id, state }
  })
}
