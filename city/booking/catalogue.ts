import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type {
  GetHallData,
  GetHallResponses,
  GetItemData,
  GetItemResponses,
  Hall,
  Item,
  ListHallsData,
  ListHallsResponses,
  ListItemsData,
  ListItemsResponses,
  Material,
  Question,
} from '../../contract/wire/types.gen'
import type { Tables } from '../database/tables'
import { type Context, operation } from '../http/operation'
import { readPage, type SortKey } from '../http/pages'
import { problem } from '../http/problem'
import { waitingIn } from '../tickets/line'
import { ticketRulesBody } from '../tickets/rules'
import { addDays, dayOf, instant, say, timeOf } from '../words'
import type { MaterialSeed, QuestionSeed } from './materials'
import { hallDayOn } from './slot-plan'

type HallRow = Selectable<Tables['halls']>
type ItemRow = Selectable<Tables['items']>
type Surroundings = Pick<Context, 'city' | 'language' | 'now' | 'service'>

const daysOfNotice = 60

const dayAt = (hall: HallRow, day: string) =>
  hallDayOn(day, { hours: hall.hours, maintenance: hall.maintenance, ownDays: hall.own_days })

/** None while the hall is closed: its machine is off. Where the city itself gives the numbers, it counts those who wait. */
function queueOf(hall: HallRow, { now: clock, service }: Surroundings, waiting: number | undefined): Hall['queue'] {
  const now = clock()
  const time = timeOf(now)
  const today = dayAt(hall, dayOf(now))
  const open = today.closed === null && today.hours.some((range) => range.from <= time && time < range.to)
  if (open && waiting !== undefined) return { waiting, countedAt: instant(now) }
  const counted = open ? service.queues.waiting({ cityId: hall.city_id, id: hall.id, queue: hall.queue }) : null
  return counted ? { waiting: counted.count, countedAt: instant(counted.countedAt) } : undefined
}

/** The days of the next two months on which a hall is not as its weekdays say. */
function otherDaysOf(hall: HallRow, context: Surroundings): Pick<Hall, 'closedDays' | 'openDays'> {
  const closedDays: Hall['closedDays'] = []
  const openDays: NonNullable<Hall['openDays']> = []
  for (let ahead = 0; ahead < daysOfNotice; ahead += 1) {
    const day = addDays(dayOf(context.now()), ahead)
    const at = dayAt(hall, day)
    if (at.closed === null) {
      if (at.reason) openDays.push({ day, hours: at.hours, reason: say(at.reason, context.language) })
    } else if (!at.isWeekly) closedDays.push({ day, reason: say(at.closed, context.language) })
  }
  return { closedDays, ...(openDays.length > 0 && { openDays }) }
}

const givesTickets = (hall: HallRow, { city }: Pick<Context, 'city'>): boolean =>
  hall.tickets !== null && city.features.includes('tickets')

async function hallBodies(halls: readonly HallRow[], context: Context): Promise<Hall[]> {
  const giving = halls.filter((hall) => givesTickets(hall, context)).map(({ id }) => id)
  const waiting = await waitingIn(context.db, context.cityId, giving, context.now())
  return halls.map((hall) =>
    hallBody(hall, context, giving.includes(hall.id) ? (waiting.get(hall.id) ?? 0) : undefined),
  )
}

function hallBody(hall: HallRow, context: Surroundings, waiting: number | undefined): Hall {
  const queue = context.city.features.includes('queue') ? queueOf(hall, context, waiting) : undefined
  return {
    id: hall.id,
    cityId: hall.city_id,
    name: say(hall.name, context.language),
    district: say(hall.district, context.language),
    address: say(hall.address, context.language),
    phone: hall.phone,
    latitude: hall.latitude,
    longitude: hall.longitude,
    hours: hall.hours,
    ...otherDaysOf(hall, context),
    ...(hall.tickets && givesTickets(hall, context) && { tickets: ticketRulesBody(hall.tickets) }),
    ...(queue && { queue }),
  }
}

export const materialsBody = (materials: MaterialSeed[], context: Pick<Context, 'language'>): Material[] =>
  materials.map(({ id, name, note, required, when, ifMissing }) => ({
    id,
    name: say(name, context.language),
    ...(note && { note: say(note, context.language) }),
    required,
    ...(when && { when: when.map(({ questionId, optionIds }) => ({ questionId, optionIds: [...optionIds] })) }),
    ...(ifMissing && { ifMissing: say(ifMissing, context.language) }),
  }))

const questionsBody = (questions: QuestionSeed[], context: Pick<Context, 'language'>): Question[] =>
  questions.map(({ id, text, options }) => ({
    id,
    text: say(text, context.language),
    options: options.map((option) => ({ id: option.id, text: say(option.text, context.language) })),
  }))

/** Below it, who came might be recognised. */
const fewestVisits = 10

const recentVisits = (count: number) => (count < fewestVisits ? {} : { recentVisits: count })

const itemBody = (item: ItemRow, context: Surroundings): Item => ({
  id: item.id,
  name: say(item.name, context.language),
  department: say(item.department, context.language),
  durationMinutes: item.duration_minutes,
  ...(item.fee_fen === null ? {} : { feeFen: item.fee_fen }),
  ...(item.note && { note: say(item.note, context.language) }),
  materials: materialsBody(item.materials, context),
  ...(item.questions && { questions: questionsBody(item.questions, context) }),
  ...(item.rules && { rules: say(item.rules, context.language) }),
  ...(item.document_kinds && { documentKinds: item.document_kinds }),
  ...(item.in_person && { inPerson: true }),
  ...(item.monthly_limit !== null && { monthlyLimit: item.monthly_limit }),
  ...(item.level && { level: item.level }),
  ...(item.life_events && { lifeEvents: item.life_events }),
  ...recentVisits(item.visits_elsewhere + item.visits_counted),
})

/** As the city lists them. */
const inTheirOrder: readonly SortKey[] = [
  { by: sql`position`, type: 'number' },
  { by: sql`id`, type: 'text' },
]

export const listHalls = operation<ListHallsData, ListHallsResponses>(async ({ query }, context) => {
  let rows = context.db.selectFrom('halls').selectAll('halls').where('halls.city_id', '=', context.cityId)
  if (query.itemId !== undefined) {
    const { itemId } = query
    rows = rows.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('hall_items')
          .select('hall_items.hall_id')
          .whereRef('hall_items.city_id', '=', 'halls.city_id')
          .whereRef('hall_items.hall_id', '=', 'halls.id')
          .where('hall_items.item_id', '=', itemId),
      ),
    )
  }
  const page = await readPage(rows, inTheirOrder, query.cursor)
  return {
    status: 200,
    body: {
      items: await hallBodies(page.rows, context),
      ...(query.itemId ? { itemId: query.itemId } : {}),
      ...(page.next !== undefined && { next: page.next }),
      serverTime: instant(context.now()),
    },
  }
})

export const getHall = operation<GetHallData, GetHallResponses>(async ({ path }, context) => {
  const hall = await context.db
    .selectFrom('halls')
    .selectAll()
    .where('city_id', '=', context.cityId)
    .where('id', '=', path.hallId)
    .executeTakeFirst()
  if (!hall) throw problem('not-found')
  const [body] = await hallBodies([hall], context)
  if (!body) throw problem('internal')
  return { status: 200, body }
})

export const listItems = operation<ListItemsData, ListItemsResponses>(async ({ query }, context) => {
  let rows = context.db.selectFrom('items').selectAll('items').where('items.city_id', '=', context.cityId)
  if (query.hallId !== undefined) {
    const { hallId } = query
    rows = rows.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('hall_items')
          .select('hall_items.item_id')
          .whereRef('hall_items.city_id', '=', 'items.city_id')
          .whereRef('hall_items.item_id', '=', 'items.id')
          .where('hall_items.hall_id', '=', hallId),
      ),
    )
  }
  const page = await readPage(rows, inTheirOrder, query.cursor)
  return {
    status: 200,
    body: {
      items: page.rows.map((item) => itemBody(item, context)),
      ...(query.hallId ? { hallId: query.hallId } : {}),
      ...(page.next !== undefined && { next: page.next }),
      serverTime: instant(context.now()),
    },
  }
})

export const getItem = operation<GetItemData, GetItemResponses>(async ({ path }, context) => {
  const item = await context.db
    .selectFrom('items')
    .selectAll()
    .where('city_id', '=', context.cityId)
    .where('id', '=', path.itemId)
    .executeTakeFirst()
  if (!item) throw problem('not-found')
  return { status: 200, body: itemBody(item, context) }
})
