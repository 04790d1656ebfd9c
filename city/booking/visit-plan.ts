import type { DocumentKind, Level } from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { say, type Words } from '../words'
import { both } from './both'
import { bookingRules } from './rules'
import type { Schedule } from './slot-plan'
import type { FreeSlot } from './tables'

/** An item as a visit needs it. */
export type VisitItem = {
  id: string
  name: string
  words: Words
  monthlyLimit: number | null
  documentKinds: DocumentKind[] | null
  level: Level | null
  /** Nobody books it for somebody else. */
  inPerson: boolean
}

/** The counters of a visit one after the other, neighbours that are the same joined, and how many slots each takes. */
export type VisitPlan = {
  hall: Words
  items: VisitItem[]
  legs: { schedule: Schedule; slots: number }[]
  /** How many people may come in one visit. */
  personsPerVisit: number
}

/** Slots of one visit in the order of time. `free`: how many people have room in all of them. */
export type Run = { slots: [FreeSlot, ...FreeSlot[]]; free: number }

const readServed = (db: Db, cityId: string, hallId: string, itemIds: readonly string[]) =>
  db
    .selectFrom('hall_items as served')
    .innerJoin('halls', (join) =>
      join.onRef('halls.city_id', '=', 'served.city_id').onRef('halls.id', '=', 'served.hall_id'),
    )
    .innerJoin('counters', (join) =>
      join
        .onRef('counters.city_id', '=', 'served.city_id')
        .onRef('counters.hall_id', '=', 'served.hall_id')
        .onRef('counters.id', '=', 'served.counter_id'),
    )
    .innerJoin('items', (join) =>
      join.onRef('items.city_id', '=', 'served.city_id').onRef('items.id', '=', 'served.item_id'),
    )
    .select(['served.item_id', 'served.counter_id', 'counters.slot_minutes', 'counters.capacity'])
    .select([
      'halls.name as hall',
      'halls.hours',
      'halls.maintenance',
      'halls.own_days',
      'items.duration_minutes',
      'items.monthly_limit',
      'items.name',
    ])
    .select(['items.document_kinds', 'items.level', 'items.in_person', 'served.persons_per_visit'])
    .where('served.city_id', '=', cityId)
    .where('served.hall_id', '=', hallId)
    .where('served.item_id', 'in', [...itemIds])
    .execute()

/** What a visit to a hall for these items takes; throws when the hall does not serve them all or they are too many. */
export async function visitPlanOf(
  db: Db,
  context: Pick<Context, 'city' | 'cityId' | 'language'>,
  hallId: string,
  itemIds: readonly string[],
): Promise<VisitPlan> {
  if (new Set(itemIds).size < itemIds.length) {
    const twice = both('同一事项只需选择一次', 'Choose each service once')
    throw problem('invalid-fields', { fields: [{ field: 'moreItemIds', problem: say(twice, context.language) }] })
  }
  const most = bookingRules(context).itemsPerVisit ?? 1
  if (itemIds.length > most) {
    const detail = both(`一次预约最多办理 ${most} 个事项。`, `Up to ${most} services per visit.`)
    throw problem('booking-limit', { limit: 'visit-items', detail: say(detail, context.language) })
  }
  const rows = await readServed(db, context.cityId, hallId, itemIds)
  const joined: { schedule: Schedule; minutes: number }[] = []
  const items: VisitItem[] = []
  let personsPerVisit = Number.POSITIVE_INFINITY
  for (const itemId of itemIds) {
    const row = rows.find(({ item_id }) => item_id === itemId)
    if (!row) throw problem('not-found')
    items.push({
      id: itemId,
      name: say(row.name, context.language),
      words: row.name,
      monthlyLimit: row.monthly_limit,
      documentKinds: row.document_kinds,
      level: row.level,
      inPerson: row.in_person,
    })
    personsPerVisit = Math.min(personsPerVisit, row.persons_per_visit)
    const last = joined.at(-1)
    if (last?.schedule.counterId === row.counter_id) last.minutes += row.duration_minutes
    else {
      const schedule = {
        cityId: context.cityId,
        hallId,
        counterId: row.counter_id,
        slotMinutes: row.slot_minutes,
        capacity: row.capacity,
        hours: row.hours,
        maintenance: row.maintenance,
        ownDays: row.own_days,
      }
      joined.push({ schedule, minutes: row.duration_minutes })
    }
  }
  const legs = joined.map(({ schedule, minutes }) => ({
    schedule,
    slots: Math.ceil(minutes / schedule.slotMinutes),
  }))
  return { hall: rows[0]?.hall ?? both('', ''), items, legs, personsPerVisit }
}

/** Throws when a visit may not bring so many people. */
export function refusePersons(plan: VisitPlan, persons: number, context: Pick<Context, 'language'>): void {
  const most = plan.personsPerVisit
  if (persons <= most) return
  const detail =
    most === 1
      ? both('这个事项每次只能预约 1 人。', 'One person per visit for this service.')
      : both(`这个事项一次预约最多 ${most} 人。`, `Up to ${most} people per visit for this service.`)
  throw problem('booking-limit', { limit: 'visit-persons', detail: say(detail, context.language) })
}

/** 居民身份证换领、普通护照申领 */
export const namesOf = (items: readonly { name: string }[], context: Pick<Context, 'language'>): string =>
  items.map(({ name }) => name).join(context.language === 'en' ? ', ' : '、')

/**
 * The run of slots that a visit takes from its first one on, or null when the day has no room in its hours. At one counter
 * slots follow each other without a gap; the next counter's first begins when the visit gets there, or a short wait later.
 */
export function runFrom(plan: VisitPlan, slots: readonly FreeSlot[], first: FreeSlot): Run | null {
  const run: FreeSlot[] = []
  for (const { schedule, slots: count } of plan.legs) {
    const own = slots.filter((slot) => slot.counter_id === schedule.counterId && slot.day === first.day)
    for (let taken = 0; taken < count; taken += 1) {
      const before = run.at(-1)
      const from = (before?.ends_at ?? first.starts_at).getTime()
      const wait = before !== undefined && taken === 0 ? schedule.slotMinutes * 60_000 : 1
      const next = own.find((slot) => {
        const startsAt = slot.starts_at.getTime()
        return startsAt >= from && startsAt < from + wait
      })
      if (!next) return null
      run.push(next)
    }
  }
  const [start, ...rest] = run
  return start ? { slots: [start, ...rest], free: Math.min(...run.map(({ free }) => free)) } : null
}

/** Every run that a visit could take, by its first slot in the order of time. Slots are sorted by time. */
export function runsOf(plan: VisitPlan, slots: readonly FreeSlot[]): Run[] {
  const counterId = plan.legs[0]?.schedule.counterId
  return slots.flatMap((slot) => (slot.counter_id === counterId ? (runFrom(plan, slots, slot) ?? []) : []))
}

/** When the visit ends. */
export const endOf = (run: Run): Date =>
  run.slots.reduce((end, slot) => (slot.ends_at > end ? slot.ends_at : end), run.slots[0].ends_at)

export const isSingle = (plan: VisitPlan): boolean => plan.legs.length === 1 && plan.legs[0]?.slots === 1
