import { createStore } from 'zustand/vanilla'
import {
  type BillSelection,
  type CheckoutEvent,
  type CheckoutState,
  type CreateResult,
  type PaymentDraft,
  reduceCheckout,
} from '@/domain/checkout'
import type { CityId } from '@/domain/ids'
import { openIntentsOfBills } from '@/domain/journal'
import type { ServiceError } from '@/services/errors'
import type { Paying } from '../parts/create-paying'

/** One checkout: its state, and the effects that its events begin. */
export function createCheckoutStore(paying: Paying, city: CityId, selection: readonly BillSelection[]) {
  const { stores } = paying
  const ids = selection.map(({ bill }) => bill)
  const openIntents = () => openIntentsOfBills(stores.journal.getState().intents, city, ids)
  const isOtherCity = () => {
    const chosen = stores.city.getState().city
    return chosen !== null && chosen !== city
  }
  const store = createStore<CheckoutState<ServiceError>>()(() => ({
    status: openIntents().length > 0 ? 'settling' : 'open',
    question: null,
    problem: null,
  }))
  const dispatch = (event: CheckoutEvent<ServiceError>): CheckoutState<ServiceError> => {
    store.setState(reduceCheckout(store.getState(), event), true)
    return store.getState()
  }
  return {
    store,
    read: () => paying.readBills(city, selection),
    /** On mount and on every show: what became of earlier intents is found out before anything is offered. */
    async settle(): Promise<void> {
      if (openIntents().length > 0 && dispatch({ kind: 'settling' }).status === 'settling')
        await paying.settleEarlier(city, selection)
      dispatch({ kind: 'settled' })
    },
    /** Null when a tap creates nothing: a second one, or one that asks first. */
    async pay(draft: PaymentDraft): Promise<CreateResult<ServiceError> | null> {
      const before = store.getState()
      const state = dispatch({ kind: 'pay', draft, isOtherCity: isOtherCity() })
      if (state === before || state.status !== 'creating') return null
      const result = await paying.createPayment(draft, (payment) => dispatch({ kind: 'cashier-opened', payment }))
      dispatch(result)
      return result
    },
    decline: () => dispatch({ kind: 'declined' }),
    cashierSilent: () => dispatch({ kind: 'cashier-silent' }),
  }
}
