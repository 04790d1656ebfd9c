import type { StoreApi } from 'zustand/vanilla'
import type { IdempotencyKey } from '@/domain/ids'
import { type JournalEntry, nextStepFor, openEntries } from '@/domain/journal'
import { readInstant } from '@/domain/time'
import type { Services } from '@/services'
import type { JournalState } from './journal'

/** An order sent just now may still be on its way to the city, although its answer was given up. */
const mayStillArriveMs = 120_000

export interface Reconciler {
  /**
   * Asks each open intent's city, strongly, how its payment stands. Call it at launch and on every show; it costs nothing
   * while there is nothing open. Calls that meet share one run. What a city does not answer stays open and is asked about
   * the next time; it never rejects.
   */
  reconcile(): Promise<void>
  /** Whether an intent's payment was read since the app was launched: what was noted before may be older than the money. */
  hasRead(key: IdempotencyKey): boolean
}

/** Finishes the stories of open intents, so that an app killed in the cashier finds out what became of the money. */
export function createReconciler(
  journal: StoreApi<JournalState>,
  { bills, payments, serverNow }: Pick<Services, 'bills' | 'payments' | 'serverNow'>,
): Reconciler {
  let running: Promise<void> | null = null
  const read = new Set<IdempotencyKey>()

  const readPayment = async ({ key, cityId }: JournalEntry, paymentId: NonNullable<JournalEntry['paymentId']>) => {
    const payment = await payments.get(cityId, paymentId)
    read.add(key)
    journal.getState().settle(key, payment, serverNow(cityId))
  }

  /**
   * The answer to the order never came. Its bills know whether a payment of this citizen is under way or settled them;
   * sending the order again would find it too, but might also place one that nobody wants any more.
   */
  const find = async (entry: JournalEntry) => {
    for (const { billId } of entry.bills) {
      const { paymentId } = await bills.get(entry.cityId, billId)
      if (paymentId !== undefined) return readPayment(entry, paymentId)
    }
    const now = serverNow(entry.cityId)
    const ageMs = Math.abs(now - (readInstant(entry.createdAt) ?? 0))
    if (ageMs > mayStillArriveMs) journal.getState().drop(entry.key, now)
  }

  const run = async () => {
    const open = openEntries(journal.getState().entries)
    for (const entry of open) {
      try {
        if (nextStepFor(entry) === 'find-by-key') await find(entry)
        else if (entry.paymentId !== undefined) await readPayment(entry, entry.paymentId)
      } catch {
        // Not known yet, so it stays open: "no answer" is never taken for "no money".
      }
    }
    const first = open[0]
    if (first) journal.getState().tidy(serverNow(first.cityId))
  }

  return {
    reconcile() {
      running ??= run().finally(() => {
        running = null
      })
      return running
    },
    hasRead: (key) => read.has(key),
  }
}
