import type { Database } from '../../database/database'
import { secondsAfter } from '../../words'

/** Remembers when a payment was sent to a system that books twice what it is told twice. */
export type Attempts = {
  /**
   * True for the one caller, in all instances, who may send now: nobody has sent it yet, or the last time was more than `quietSeconds`
   * ago. For everybody else it counts as sent from then on.
   */
  claim(attempt: { cityId: string; billerId: string; serial: string; quietSeconds: number }): Promise<boolean>
}

/** In the city's database, by the clock of the machines: an old system forgets in real minutes. */
export const attemptsIn = ({ db }: Database): Attempts => ({
  async claim({ cityId, billerId, serial, quietSeconds }) {
    const now = new Date()
    const claimed = await db
      .insertInto('biller_attempts')
      .values({ city_id: cityId, biller_id: billerId, serial, sent_at: now })
      .onConflict((conflict) =>
        conflict
          .columns(['city_id', 'biller_id', 'serial'])
          .doUpdateSet({ sent_at: now })
          .where('biller_attempts.sent_at', '<', secondsAfter(now, -quietSeconds)),
      )
      .executeTakeFirst()
    return Boolean(claimed.numInsertedOrUpdatedRows)
  },
})
