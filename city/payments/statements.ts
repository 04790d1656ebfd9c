import type { Service } from '../service'
import { secondsAfter } from '../words'
import { apply } from './advance'
import { lockPayment } from './rows'

/** When a vendor's statement of what it took is read. */
const STATEMENT_SECONDS = 86_400

/**
 * The next day's statements: what a vendor took for an order that had ended, and whose letter got lost, is found there and goes
 * back like any money that arrives after the end. An open order needs none: it is asked about all along.
 */
export async function readStatements(service: Service): Promise<void> {
  const { db } = service.database
  const taken = await service.cashiers.takenUntil(db, secondsAfter(service.clock.now(), -STATEMENT_SECONDS))
  if (taken.length === 0) return
  const missed = await db
    .selectFrom('payments')
    .select(['id', 'reference'])
    .where('reference', 'in', taken)
    .where('state', 'in', ['closed', 'failed'])
    .execute()
  for (const { id, reference } of missed) {
    await service.database.transaction(async (trx) =>
      apply(service, trx, await lockPayment(trx, id), await service.cashiers.query(trx, reference)),
    )
  }
}
