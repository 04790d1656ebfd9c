import { createStore } from 'zustand/vanilla'
import type { Strong } from '@/domain/consistency'
import type { BillId, CityId, IdempotencyKey, PaymentId } from '@/domain/ids'
import type { Payment } from '@/domain/payment'
import {
  type PaymentPageEvent,
  type PaymentPageState,
  type PaymentRead,
  reducePayment,
  unreadPayment,
} from '@/domain/payment-page'
import { asServiceError, isRefusal, type ServiceError } from '@/services/errors'
import type { Paying } from '../parts/create-paying'

/** One payment page: its state, and the effects of what the citizen does there. */
export function createPaymentStore(
  { services, throughCashier, noteIntent, settle }: Paying,
  city: CityId,
  id: PaymentId,
) {
  const { payments, newIdempotencyKey } = services
  const store = createStore<PaymentPageState<ServiceError>>()(() => unreadPayment)
  const dispatch = (event: PaymentPageEvent<ServiceError>) => {
    store.setState(reducePayment(store.getState(), event), true)
  }

  /** Merges a strong read and settles the journal. */
  async function read(request: () => Promise<Strong<Payment>>): Promise<PaymentRead | null> {
    const requestClock = store.getState().clock
    const payment = await request()
    dispatch({ kind: 'read', payment, requestClock, checkedMs: services.serverNow(city) })
    const { read } = store.getState()
    if (read) settle(read.payment)
    return read
  }

  return {
    store,
    read: () => read(() => payments.get(city, id)),

    /** Opens the cashier of this very payment, for the first time or again. True: the payment must be read again. */
    async openCashier({ acceptsNoJournal = false } = {}): Promise<boolean> {
      const shown = store.getState().read?.payment
      if (shown === undefined) return false
      dispatch({ kind: 'act-began' })
      const intent = noteIntent(shown, acceptsNoJournal)
      if (intent === null) {
        dispatch({ kind: 'failed', trouble: { kind: 'no-room' } })
        return false
      }
      try {
        const start = await payments.openCashier(city, id, newIdempotencyKey(), shown)
        await read(async () => start.payment)
        if (start.cashier === null) return true
        dispatch({ kind: 'cashier-opened' })
        const reported = await throughCashier(intent, start.payment, start.cashier)
        dispatch({ kind: 'cashier-closed' })
        if (reported) await read(async () => reported)
      } catch (thrown) {
        // Money may have moved: the server's state decides.
        if (!isRefusal(thrown, 'payment-not-open'))
          dispatch({ kind: 'failed', trouble: { kind: 'not-opened', error: asServiceError(thrown) } })
      }
      return true
    },

    /** Gives the payment up. Read it afterwards. */
    async close(): Promise<void> {
      dispatch({ kind: 'act-began' })
      try {
        await read(() => payments.close(city, id, newIdempotencyKey()))
      } catch (thrown) {
        if (!isRefusal(thrown, 'payment-not-open'))
          dispatch({ kind: 'failed', trouble: { kind: 'not-closed', error: asServiceError(thrown) } })
      }
    },

    /** Asks for the money of one bill back. True when the city has taken it in: read it afterwards otherwise. */
    async recall(bill: BillId, key: IdempotencyKey): Promise<boolean> {
      dispatch({ kind: 'act-began' })
      try {
        await read(() => payments.recall(city, id, bill, key))
        return true
      } catch (thrown) {
        dispatch({ kind: 'failed', trouble: { kind: 'not-recalled', error: asServiceError(thrown) } })
        return false
      }
    },

    cashierSilent: () => dispatch({ kind: 'cashier-closed' }),
    dismiss: () => dispatch({ kind: 'dismissed' }),
  }
}
