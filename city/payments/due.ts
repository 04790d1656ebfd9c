import type { CashierKind } from '../../contract/wire/types.gen'
import { VendorUnavailable } from '../cashiers/errors'
import { noteFailure, type Service } from '../service'
import { secondsAfter } from '../words'
import { advance } from './advance'
import { cashierKinds } from './notifications'
import type { PaymentKey } from './rows'

/** How many an instance takes at once, and after how long another may have those that it did not finish. */
const BATCH = 50
const LEASE_SECONDS = 60
const PAUSE_SECONDS = 5
const LONGEST_PAUSE_SECONDS = 600
/** How many of one vendor's payments are on their way at the same time. */
const LANES = 4

/** 5 s after the first look without a change, then twice as long each time, up to 10 minutes. */
export const pauseAfter = (looks: number): number =>
  Math.min(PAUSE_SECONDS * 2 ** Math.min(looks, 10), LONGEST_PAUSE_SECONDS)

/**
 * Looks at every payment whose time has come, found by that time, each on its own: one that fails is put off and delays nobody, and a vendor
 * that does not answer holds up its own payments only. Instances share the work: each takes those that no other has. One that is asked to stop
 * ends the looks that it is at and gives back the rest.
 */
export async function sweepPayments(service: Service, signal?: AbortSignal): Promise<void> {
  await Promise.all(cashierKinds.map((kind) => sweepVendor(service, kind, signal)))
}

async function sweepVendor(service: Service, kind: CashierKind, signal?: AbortSignal): Promise<void> {
  let isAway = false
  for (;;) {
    const now = service.clock.now()
    const taken = await take(service, kind, now)
    const left = [...taken]
    const work = async () => {
      while (!signal?.aborted) {
        const next = left.shift()
        if (next === undefined) return
        // Who needs the vendor would wait as long for nothing: their time comes again. Who is paid needs only the biller.
        if (!isAway || next.state === 'paid') isAway = (await look(service, next)) || isAway
        await putOff(service, next, now, next.looks)
      }
    }
    await Promise.all(Array.from({ length: LANES }, work))
    if (left.length > 0) await giveBack(service, left, now)
    if (taken.length < BATCH || isAway || signal?.aborted) return
  }
}

/** True when the vendor is away. */
async function look(service: Service, key: PaymentKey): Promise<boolean> {
  try {
    await advance(service, key)
    return false
  } catch (error) {
    noteFailure(service, 'payments', error, { payment: key.id })
    return error instanceof VendorUnavailable && (error.because === 'connection' || error.because === 'timeout')
  }
}

const take = ({ database }: Service, kind: CashierKind, now: Date) =>
  database.db
    .updateTable('payments')
    .set({ look_at: secondsAfter(now, LEASE_SECONDS) })
    .where((eb) =>
      eb(
        eb.refTuple('city_id', 'id'),
        'in',
        eb
          .selectFrom('payments')
          .select(['city_id', 'id'])
          .where('cashier', '=', kind)
          .where('look_at', '<=', now)
          .orderBy('look_at')
          .limit(BATCH)
          .forUpdate()
          .skipLocked()
          .$asTuple('city_id', 'id'),
      ),
    )
    .returning(['city_id', 'id', 'looks', 'state'])
    .execute()

/** Only one that the look has not changed: a change says itself when the next look is due. */
async function putOff({ database }: Service, { city_id, id }: PaymentKey, now: Date, looks: number): Promise<void> {
  await database.db
    .updateTable('payments')
    .set({ look_at: secondsAfter(now, pauseAfter(looks)), looks: looks + 1 })
    .where((eb) => eb.and({ city_id, id }))
    .where('look_at', '=', secondsAfter(now, LEASE_SECONDS))
    .execute()
}

/** What was taken and not begun is due at once, for another instance. */
async function giveBack({ database }: Service, rest: readonly PaymentKey[], now: Date): Promise<void> {
  await database.db
    .updateTable('payments')
    .set({ look_at: now })
    .where((eb) => eb.or(rest.map(({ city_id, id }) => eb.and({ city_id, id }))))
    .where('look_at', '=', secondsAfter(now, LEASE_SECONDS))
    .execute()
}
