import type { Database } from '../city/database/database'
import type { Messages } from '../city/ports'
import type { SandboxClock } from './clock'
import type { Faults } from './faults'
import { own } from './tables'

/** The hosts' messages to people: kept as letters, which the control page shows. Granted by everybody unless a fault says otherwise. */
export const createMessages = (database: Database, clock: SandboxClock, faults: Faults): Messages => ({
  async send({ cityId, id, subject, title, text }) {
    if (faults.isOn('messages-down', { cityId })) throw new Error('the host takes no messages')
    if (faults.isOn('messages-refused', { cityId })) return 'refused'
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
    return 'sent'
  },
})
