import { secondsAfter } from '../words'
import type { World } from '../world'
import { apply } from './advance'
import { lockPayment } from './rows'

/** When a vendor's statement of what it took is read. */
const STATEMENT_SECONDS = 86_400

/**
 * The next day's statements: what a vendor took for an order that had ended, and whose letter got lost, is found there and goes
 * back like any money that arrives after the end. An open order needs none: it is asked about all along.
 */
export async function readStatements(world: World): Promise<void> {
  const { db } = world.database
  const missed = await db
    .selectFrom('vendor_orders as v')
    .innerJoin('payments as p', 'p.id', 'v.payment_id')
    .select(['p.id', 'p.reference'])
    .where('v.state', '=', 'SUCCESS')
    .where('v.paid_at', '<=', secondsAfter(world.clock.now(), -STATEMENT_SECONDS))
    .where('p.state', 'in', ['closed', 'failed'])
    .limit(200)
    .execute()
  for (const { id, reference } of missed) {
    await world.database.transaction(async (trx) =>
      apply(world, trx, await lockPayment(trx, id), await world.vendors.query(trx, reference)),
    )
  }
}
