import type { CashierKind } from '../../contract/wire/types.gen'
import type { StatementLine } from '../cashiers/cashier'
import { isNoAnswer } from '../cashiers/errors'
import { noteFailure, type Service } from '../service'
import { addDays, dayOf, momentOf, secondsAfter } from '../words'
import { learn } from './advance'
import { pauseAfter } from './due'
import { cashierKinds } from './notifications'
import { ask } from './vendor'

/** When on the next day both vendors have written a statement. */
const READY_AT = '10:05'
/** How far back what was never read is read; further back the vendors' own consoles have it. */
const MOST_DAYS = 3
/** Orders of a statement that are looked for with one question. */
const AT_ONCE = 500
/** After how long another instance may read a statement that one did not finish. */
const LEASE_SECONDS = 300

type Due = { city_id: string; vendor: CashierKind; next_day: string; due_at: Date; looks: number }

/**
 * Reads each vendor's statement of the day once it is written: money for an order that had ended, and whose notification got lost, is found
 * there and goes back like any that arrives after the end. An open order needs none: it is asked about all along. Instances share the work.
 */
export async function readStatements(service: Service, signal?: AbortSignal): Promise<void> {
  await begin(service)
  while (!signal?.aborted) {
    const due = await take(service)
    if (due === null) return
    const { city_id: cityId, vendor, next_day: day } = due
    try {
      const lines = (await service.cashiers.of(cityId, vendor)?.statement(day)) ?? []
      await findAll(
        service,
        due,
        lines.filter(({ kind }) => kind === 'paid'),
      )
      await set(service, due, nextOf(service, day))
    } catch (error) {
      noteFailure(service, 'statements', error, { city: cityId, vendor, day })
      const at = secondsAfter(service.clock.now(), 60 * pauseAfter(due.looks))
      await set(service, due, { due_at: at, looks: due.looks + 1 })
    }
  }
}

/** A vendor that is new here is read from yesterday on. */
async function begin({ database, cities, cashiers, clock }: Service): Promise<void> {
  const known = await database.db.selectFrom('vendor_statements').select(['city_id', 'vendor']).execute()
  const isKnown = (cityId: string, kind: CashierKind) =>
    known.some(({ city_id, vendor }) => city_id === cityId && vendor === kind)
  const yesterday = addDays(dayOf(clock.now()), -1)
  const fresh = cities.flatMap(({ id }) =>
    cashierKinds
      .filter((kind) => !isKnown(id, kind) && cashiers.of(id, kind) !== null)
      .map((vendor) => ({ city_id: id, vendor, next_day: yesterday, due_at: readyAt(yesterday) })),
  )
  if (fresh.length === 0) return
  await database.db
    .insertInto('vendor_statements')
    .values(fresh)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const readyAt = (day: string): Date => momentOf(addDays(day, 1), READY_AT)

function nextOf({ clock }: Service, day: string) {
  const oldest = addDays(dayOf(clock.now()), -MOST_DAYS)
  const next = addDays(day, 1)
  const next_day = next < oldest ? oldest : next
  return { next_day, due_at: readyAt(next_day), looks: 0 }
}

async function take({ database, clock }: Service): Promise<Due | null> {
  const now = clock.now()
  return database.transaction(async (trx) => {
    const due = await trx
      .selectFrom('vendor_statements')
      .selectAll()
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (due === undefined) return null
    const due_at = secondsAfter(now, LEASE_SECONDS)
    await trx
      .updateTable('vendor_statements')
      .set({ due_at })
      .where('city_id', '=', due.city_id)
      .where('vendor', '=', due.vendor)
      .execute()
    return { ...due, due_at }
  })
}

/** Unless its time ran out and another instance has it. */
const set = ({ database }: Service, due: Due, values: { next_day?: string; due_at: Date; looks: number }) =>
  database.db
    .updateTable('vendor_statements')
    .set(values)
    .where('city_id', '=', due.city_id)
    .where('vendor', '=', due.vendor)
    .where('due_at', '=', due.due_at)
    .execute()

/** Each order on its own: one that cannot be read is noted, one whose vendor does not answer is read again. @throws where `isNoAnswer`. */
async function findAll(service: Service, { city_id: cityId, vendor }: Due, lines: StatementLine[]): Promise<void> {
  let fault: unknown = null
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    const references = lines.slice(at, at + AT_ONCE).map(({ reference }) => reference)
    const payments = await service.database.db
      .selectFrom('payments')
      .selectAll()
      .where('city_id', '=', cityId)
      .where('reference', 'in', references)
      .where('cashier', '=', vendor)
      .execute()
    const strange = new Set(references).size - payments.length
    if (strange > 0) service.log.warn({ city: cityId, vendor, strange }, 'a statement has orders that are not ours')
    // Money for the others is seen while they are open.
    for (const payment of payments.filter(({ state }) => state === 'closed' || state === 'failed')) {
      await ask(service, payment)
        .then((answer) => learn(service, payment, answer))
        .catch((error: unknown) => {
          if (isNoAnswer(error)) fault = error
          else noteFailure(service, 'statements', error, { city: cityId, vendor })
        })
    }
  }
  if (fault !== null) throw fault
}
