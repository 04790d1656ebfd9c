import { noteFailure, type Service } from '../service'
import { secondsAfter } from '../words'
import { advance } from './advance'

/** How many an instance takes at once, and after how long another may have those that it did not finish. */
const BATCH = 50
const LEASE_SECONDS = 60
const PAUSE_SECONDS = 5
const LONGEST_PAUSE_SECONDS = 600

/** 5 s after the first look without a change, then twice as long each time, up to 10 minutes. */
const pauseAfter = (looks: number): number => Math.min(PAUSE_SECONDS * 2 ** Math.min(looks, 10), LONGEST_PAUSE_SECONDS)

/**
 * Looks at every payment whose time has come, found by that time, each on its own: one that fails is put off and delays nobody. Instances
 * share the work: each takes those that no other has. One that is asked to stop ends the look that it is at and gives back the rest.
 */
export async function sweepPayments(service: Service, signal?: AbortSignal): Promise<void> {
  for (;;) {
    const now = service.clock.now()
    const taken = await take(service, now)
    for (const [index, { id, looks }] of taken.entries()) {
      if (signal?.aborted) return giveBack(service, taken.slice(index), now)
      await advance(service, id).catch((error: unknown) => noteFailure(service, 'payments', error, { payment: id }))
      await putOff(service, id, now, looks)
    }
    if (taken.length < BATCH || signal?.aborted) return
  }
}

const take = ({ database }: Service, now: Date) =>
  database.db
    .updateTable('payments')
    .set({ look_at: secondsAfter(now, LEASE_SECONDS) })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('payments')
        .select('id')
        .where('look_at', '<=', now)
        .orderBy('look_at')
        .limit(BATCH)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'looks'])
    .execute()

/** Only one that the look has not changed: a change says itself when the next look is due. */
async function putOff({ database }: Service, id: string, now: Date, looks: number): Promise<void> {
  await database.db
    .updateTable('payments')
    .set({ look_at: secondsAfter(now, pauseAfter(looks)), looks: looks + 1 })
    .where('id', '=', id)
    .where('look_at', '=', secondsAfter(now, LEASE_SECONDS))
    .execute()
}

/** What was taken and not begun is due at once, for another instance. */
async function giveBack({ database }: Service, rest: readonly { id: string }[], now: Date): Promise<void> {
  await database.db
    .updateTable('payments')
    .set({ look_at: now })
    .where(
      'id',
      'in',
      rest.map(({ id }) => id),
    )
    .where('look_at', '=', secondsAfter(now, LEASE_SECONDS))
    .execute()
}
