import type { City } from '../../city/catalogue'
import type { Db } from '../../city/database/database'
import { hallSeed } from './halls'
import { type ItemSeed, items } from './items'

const all: Record<keyof typeof items, ItemSeed> = items

/** What one can come for in each sandbox city; a few differ from the others' rules. */
const cityItems: Record<string, ItemSeed[]> = {
  330100: [
    all.idCard,
    all.household,
    all.newborn,
    all.estate,
    all.mortgage,
    all.socialCard,
    all.fundRent,
    all.fundLoan,
    all.business,
    all.businessChange,
    all.passport,
    all.permit,
    all.medical,
    all.deedTax,
  ],
  510100: [
    all.idCard,
    all.newborn,
    all.estate,
    all.mortgage,
    { ...all.socialCard, feeFen: 2000 },
    all.unemployment,
    all.fundRent,
    all.fundLoan,
    all.business,
    all.passport,
    all.permit,
    all.medical,
    all.licence,
  ],
  230100: [
    { ...all.idCard, durationMinutes: 20 },
    all.household,
    all.socialCard,
    all.pension,
    all.unemployment,
    all.fundLoan,
    all.business,
    { ...all.estate, durationMinutes: 60 },
    all.deedTax,
    all.medical,
    all.rental,
    all.heating,
  ],
  460200: [
    all.idCard,
    all.household,
    all.socialCard,
    all.pension,
    all.business,
    all.businessChange,
    all.estate,
    all.medical,
    all.licence,
  ],
}

/** Puts a city's halls, counters and items into empty tables. Places follow when somebody looks at them. */
export async function seedBooking(db: Db, city: Pick<City, 'id'>): Promise<void> {
  const cityId = city.id
  const halls = hallSeed[cityId] ?? []
  const served = cityItems[cityId] ?? []
  if (halls.length === 0) return
  await db
    .insertInto('halls')
    .values(
      halls.map((hall, position) => ({
        city_id: cityId,
        id: hall.id,
        position,
        name: JSON.stringify(hall.name),
        district: JSON.stringify(hall.district),
        address: JSON.stringify(hall.address),
        phone: hall.phone,
        latitude: hall.latitude,
        longitude: hall.longitude,
        hours: JSON.stringify(hall.hours),
        maintenance: hall.maintenance ? JSON.stringify(hall.maintenance) : null,
        own_days: JSON.stringify(hall.ownDays ?? []),
        queue: hall.queue,
        tickets: hall.tickets ? JSON.stringify(hall.tickets) : null,
      })),
    )
    .execute()
  await db
    .insertInto('items')
    .values(
      served.map((item, position) => ({
        city_id: cityId,
        id: item.id,
        position,
        name: JSON.stringify(item.name),
        department: JSON.stringify(item.department),
        duration_minutes: item.durationMinutes,
        fee_fen: item.feeFen ?? null,
        note: item.note ? JSON.stringify(item.note) : null,
        materials: JSON.stringify(item.materials),
        questions: item.questions ? JSON.stringify(item.questions) : null,
        rules: item.rules ? JSON.stringify(item.rules) : null,
        document_kinds: item.documentKinds ? JSON.stringify(item.documentKinds) : null,
        monthly_limit: item.monthlyLimit ?? null,
        in_person: item.inPerson ?? false,
        level: item.level ?? null,
        life_events: item.lifeEvents ? JSON.stringify(item.lifeEvents) : null,
        visits_elsewhere: item.visitsElsewhere ?? 0,
      })),
    )
    .execute()
  const counters = halls.flatMap((hall) => hall.counters.map((counter) => ({ hall, counter })))
  await db
    .insertInto('counters')
    .values(
      counters.map(({ hall, counter }) => ({
        city_id: cityId,
        hall_id: hall.id,
        id: counter.id,
        slot_minutes: counter.slotMinutes,
        capacity: counter.capacity,
      })),
    )
    .execute()
  await db
    .insertInto('hall_items')
    .values(
      counters.flatMap(({ hall, counter }) =>
        served
          .filter((item) => item.counter === counter.id)
          .map((item) => ({
            city_id: cityId,
            hall_id: hall.id,
            item_id: item.id,
            counter_id: counter.id,
            persons_per_visit: Math.min(item.personsPerVisit ?? 1, counter.capacity),
          })),
      ),
    )
    .execute()
}
