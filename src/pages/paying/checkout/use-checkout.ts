import { useDidShow } from '@tarojs/taro'
import { useEffect, useMemo } from 'react'
import { type BillSelection, type CheckoutView, type Question, viewCheckout } from '@/domain/checkout'
import type { CityId, PaymentId } from '@/domain/ids'
import { openIntentsOfBills } from '@/domain/journal'
import { go } from '@/lifecycle/go'
import { useServerNow } from '@/lifecycle/use-server-now'
import { useEffectWhileVisible, useWhileVisible } from '@/lifecycle/use-visible'
import { useLoad, valueOf } from '@/queries/use-load'
import { routes } from '@/routes'
import type { ServiceError } from '@/services/errors'
import { stores } from '@/stores'
import { paying, silenceMs } from '../parts/paying'
import { createCheckoutStore } from './checkout-store'

export type Checkout =
  | Exclude<CheckoutView, { status: 'ready' | 'still-open' | 'unread' }>
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | { readonly status: 'still-open'; readonly check: () => Promise<void> }
  | (Extract<CheckoutView, { status: 'ready' }> & {
      readonly city: CityId
      readonly cityName: string
      readonly question: Question | null
      readonly problem: ServiceError | null
      readonly pay: () => Promise<void>
      /** Answers the question with yes, or puts it away. */
      readonly agree: () => Promise<void>
      readonly decline: () => void
    })

function useGoToPayment(city: CityId, payment: PaymentId | null): void {
  useEffectWhileVisible(() => {
    if (payment !== null) void go.replace(routes.payment({ city, payment }))
    return undefined
  }, [city, payment])
}

export function useCheckout(city: CityId, selection: readonly BillSelection[]): Checkout {
  const checkout = useMemo(() => createCheckoutStore(paying, city, selection), [city, selection])
  const state = useWhileVisible(checkout.store, (now) => now)
  const intents = useWhileVisible(stores.journal, (journal) => journal.intents)
  const ids = useMemo(() => selection.map(({ bill }) => bill), [selection])
  const [load, reload] = useLoad([city, selection], checkout.read)
  const nowMs = useServerNow(city)

  useEffect(() => {
    void checkout.settle()
  }, [checkout])
  useDidShow(() => void checkout.settle())

  useEffectWhileVisible(() => {
    const before = checkout.store.getState()
    if (before.status !== 'cashier') return undefined
    const timer = setTimeout(() => {
      if (checkout.store.getState() === before) checkout.cashierSilent()
    }, silenceMs)
    return () => clearTimeout(timer)
  }, [checkout])

  const bills = valueOf(load)
  const open = openIntentsOfBills(intents, city, ids)
  const view = viewCheckout(state, { city, open, bills, nowMs })
  useGoToPayment(city, view.status === 'elsewhere' ? view.payment : null)

  if (view.status === 'unread') return load.status === 'failed' ? { ...load, reload } : { status: 'loading' }
  if (view.status === 'still-open') return { ...view, check: checkout.settle }
  if (view.status !== 'ready') return view
  const { question, problem } = 'question' in state ? state : { question: null, problem: null }
  const pay = async (draft = view.draft) => {
    const result = await checkout.pay(draft)
    if (result?.kind === 'not-created' && result.isOutdated) await reload()
  }
  return {
    ...view,
    city,
    cityName: bills?.manifest.name ?? '',
    question,
    problem,
    pay: () => pay(),
    agree: () => (question ? pay(question.draft) : Promise.resolve()),
    decline: checkout.decline,
  }
}
