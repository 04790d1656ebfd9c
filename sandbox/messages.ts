import type { Database } from '../city/database/database'
import type { Messages } from '../city/ports'
import type { SandboxClock } from './clock'
import { own } from './tables'

/** The hosts' messages to people: kept as letters, which the control page shows. */
export const createMessages = (database: Database, clock: SandboxClock): Messages => ({
  async send({ cityId, id, subject, title, text }) {
    await own(database.db)
      .insertInto('letters')
      .values({
        city_id: cityId,
        id,
        subject,
        title: JSON.stringify(title),
        text: JSON.stringify(text),
        shown_at: clock.now(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  },
})
