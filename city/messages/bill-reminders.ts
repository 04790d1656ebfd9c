import { sql, type Transaction } from 'kysely'
import { boundBills } from '../billing/bound-bills'
import type { Tables } from '../database/tables'
import type { Service } from '../service'
import { addDays, dayOf, momentOf } from '../words'
import { withdrawMessages, writeMessage } from './outbox'

/** So many days before a bill is due. */
const DAYS_BEFORE = 3
const BATCH = 500

/** Reminders of an account's bills that are on their way stop. */
export async function withdrawBillReminders(
  trx: Transaction<Tables>,
  account: { city_id: string; citizen_id: string; biller_id: string; number: string },
  now: Date,
): Promise<void> {
  const bills = await trx
    .selectFrom('bills')
    .select('id')
    .where('city_id', '=', account.city_id)
    .where('biller_id', '=', account.biller_id)
    .where('number', '=', account.number)
    .where('settled_at', 'is', null)
    .execute()
  const aboutIds = bills.map(({ id }) => id)
  await withdrawMessages(
    trx,
    { cityId: account.city_id, citizenId: account.citizen_id, kind: 'bill-due', aboutIds },
    now,
  )
}

/** As `idOf` makes it. */
const reminderId = sql<string>`'bill-due/' || b.id || '/' || a.citizen_id`

/** Writes reminders of bills that will be due soon, to who asked for them about the account; each once. */
export async function remindOfBills({ database, clock, cities }: Service, signal?: AbortSignal): Promise<void> {
  for (const city of cities) {
    if (city.mode === 'read-only' || signal?.aborted) continue
    const now = clock.now()
    const today = dayOf(now)
    const due = await boundBills(database.db)
      .select(['b.id', 'b.title', 'b.due_on', 'a.citizen_id'])
      .where('b.city_id', '=', city.id)
      .where('b.settled_at', 'is', null)
      .where('b.due_on', '>=', today)
      .where('b.due_on', '<=', addDays(today, DAYS_BEFORE))
      .where(sql<boolean>`a.reminder_given and a.unbound_at is null`)
      // Looked up for each by its key: a join reads all that the city ever told.
      .where(
        ({ selectFrom }) =>
          selectFrom('messages as m')
            .select('m.id')
            .whereRef('m.city_id', '=', 'b.city_id')
            .where('m.id', '=', reminderId),
        'is',
        null,
      )
      .orderBy('b.due_on')
      .orderBy('b.id')
      .limit(BATCH)
      .execute()
    for (const { id, title, due_on: dueOn, citizen_id: citizenId } of due) {
      if (dueOn === null) continue
      await database.transaction((trx) =>
        writeMessage(
          trx,
          {
            cityId: city.id,
            citizenId,
            kind: 'bill-due',
            about: { kind: 'bill', id },
            which: citizenId,
            title: { zh: '账单快到期了', en: 'A bill is due soon' },
            text: { zh: `${title.zh}请在 ${dueOn} 前缴清。`, en: `${title.en}: please pay by ${dueOn}.` },
            sendAt: now,
            until: momentOf(addDays(dueOn, 1)),
          },
          now,
        ),
      )
    }
  }
}
