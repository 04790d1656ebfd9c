import type { StoreApi } from 'zustand/vanilla'
import type { IdempotencyKey } from '@/domain/ids'
import { type Intent, mayStillArrive, nextStepFor, openIntents } from '@/domain/journal'
import type { Services } from '@/services'
import { isRefusal } from '@/services/errors'
import type { JournalState } from './journal'

export interface Reconciler {
  /**
   * Asks each open intent's city, strongly, how its payment stands. Call it at launch and on every show; it costs nothing
   * while there is nothing open. What gets no response stays open until the next time; it never rejects.
   */
  reconcile(): Promise<void>
  /** The same for one intent only, before anything else is offered for its bills. */
  reconcileOne(key: IdempotencyKey): Promise<void>
  /** Whether an intent's payment was read since the app was launched: what is stored may be older than the money. */
  hasRead(key: IdempotencyKey): boolean
}

/** Finishes the stories of open intents, so that an app killed in the cashier finds out what became of the money. */
export function createReconciler(
  journal: StoreApi<JournalState>,
  { payments, serverNow }: Pick<Services, 'payments' | 'serverNow'>,
): Reconciler {
  const running = new Map<IdempotencyKey, Promise<void>>()
  const read = new Set<IdempotencyKey>()

  const ask = async (intent: Intent) => {
    const { key, cityId, paymentId } = intent
    try {
      // A request without a response is found by its key. Sending it again would find it too, but might also create a payment
      // that is no longer wanted.
      const payment = paymentId ? await payments.get(cityId, paymentId) : await payments.find(cityId, key)
      read.add(key)
      journal.getState().settle(key, payment, serverNow(cityId))
    } catch (error) {
      // No response never means "no money": it stays open. Only a city that does not know the key, once the request cannot
      // arrive any more, ends it; and then only if no cashier was opened.
      const isUnknown = paymentId === undefined && isRefusal(error, 'not-found')
      const now = serverNow(cityId)
      if (isUnknown && !mayStillArrive(intent, now)) journal.getState().drop(key, now)
    }
  }

  /** Calls that meet share one question. */
  const askOnce = (intent: Intent): Promise<void> => {
    const pending = running.get(intent.key)
    if (pending) return pending
    const asking = ask(intent).finally(() => running.delete(intent.key))
    running.set(intent.key, asking)
    return asking
  }

  return {
    async reconcile() {
      const open = openIntents(journal.getState().intents)
      await Promise.all(open.map(askOnce))
      const [any] = journal.getState().intents
      if (any) journal.getState().tidy(serverNow(any.cityId))
    },
    async reconcileOne(key) {
      const intent = journal.getState().intents.find((other) => other.key === key)
      if (intent && nextStepFor(intent) !== 'nothing') await askOnce(intent)
    },
    hasRead: (key) => read.has(key),
  }
}
