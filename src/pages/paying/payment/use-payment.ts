import { useCallback, useMemo, useRef } from 'react'
import type { BillId, CityId, PaymentId } from '@/domain/ids'
import { openIntentOf } from '@/domain/journal'
import { hasFeature } from '@/domain/manifest'
import { hasRefunds } from '@/domain/payment'
import { type PaymentView, type Trouble, viewPayment } from '@/domain/payment-page'
import type { Refund } from '@/domain/refund'
import { standingOf } from '@/domain/standing'
import { useIntent } from '@/lifecycle/use-intent'
import { usePolling } from '@/lifecycle/use-polling'
import { useEffectWhileVisible, useWhileVisible } from '@/lifecycle/use-visible'
import { whenConnected } from '@/lifecycle/when-connected'
import { type Load, useLoad } from '@/queries/use-load'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'
import { refundsOf } from '@/services/refunds'
import { stores } from '@/stores'
import { paying, silenceMs } from '../parts/paying'
import { createPaymentStore } from './payment-store'

export type PaymentPage =
  | { readonly status: 'loading' }
  | {
      readonly status: 'failed'
      readonly error: ServiceError
      /** In this phone's journal, so it will be read again. */
      readonly isNoted: boolean
      readonly reload: () => Promise<void>
    }
  | (PaymentView & {
      readonly status: 'payment'
      /** The server's time of the last response. */
      readonly checkedMs: number
      /** The last request had no response. */
      readonly checkError: ServiceError | null
      readonly refunds: Load<readonly Refund[]> | null
      readonly isInCashier: boolean
      readonly trouble: Trouble<ServiceError> | null
      readonly check: () => Promise<void>
      /** Opens the cashier of this very payment, for the first time or again. */
      readonly openCashier: () => Promise<void>
      readonly openWithoutJournal: () => Promise<void>
      readonly close: () => Promise<void>
      /** Asks for the money of one bill back; absent where the city takes no recalls. */
      readonly recall?: ((bill: BillId) => Promise<void>) | undefined
      readonly dismiss: () => void
    })

export type ShownPayment = Extract<PaymentPage, { status: 'payment' }>

/** Money that should go back and did not: people are needed. The refunds themselves show it where the payment does not. */
export const hasFailedRefund = ({ payment, refunds }: ShownPayment): boolean =>
  standingOf(
    payment,
    payment.refund === 'failed' ||
      (refunds?.status === 'ready' && refunds.value.some(({ state }) => state === 'failed')),
  ) === 'refund-failed'

export function usePaymentPage(city: CityId, id: PaymentId): PaymentPage {
  const page = useMemo(() => createPaymentStore(paying, city, id), [city, id])
  const state = useWhileVisible(page.store, (now) => now)
  const intents = useWhileVisible(stores.journal, (journal) => journal.intents)
  const intent = useMemo(() => openIntentOf(intents, city, id), [intents, city, id])
  const [load, reload, refresh] = useLoad([city, id], page.read)
  const view = load.status === 'ready' ? viewPayment(state, intent, services.serverNow(city)) : null

  const restart = usePolling(view?.polls === true, view?.shown ?? null, refresh)
  const check = useCallback(async () => {
    restart()
    await reload()
  }, [reload, restart])

  const refunded = view && hasRefunds(view.payment) ? view.payment : null
  const [refunds] = useLoad(refunded && [city, id, refunded.version], () =>
    services.of(refundsOf).list(city, id, refunded?.amountFen),
  )

  const manifest = services.manifest.cached(city)?.value
  const canRecall = manifest !== undefined && hasFeature(manifest, 'recalls')
  const intentToRecall = useIntent()

  // A cashier that never calls back must not block the page: back here, the server is asked.
  const latestCheck = useRef(check)
  latestCheck.current = check
  useEffectWhileVisible(() => {
    if (!page.store.getState().isInCashier) return undefined
    const timer = setTimeout(() => {
      if (!page.store.getState().isInCashier) return
      page.cashierSilent()
      void latestCheck.current()
    }, silenceMs)
    return () => clearTimeout(timer)
  }, [page])

  // "We check by ourselves once the network is back" is a promise.
  useEffectWhileVisible(() => whenConnected(() => void latestCheck.current()), [])

  if (load.status === 'failed') return { status: 'failed', error: load.error, isNoted: intent !== null, reload: check }
  if (load.status === 'loading' || view === null || state.read === null) return { status: 'loading' }
  const openCashier = async (acceptsNoJournal: boolean) => {
    if (await page.openCashier({ acceptsNoJournal })) await check()
  }
  const recall = async (bill: BillId) => {
    if (!(await page.recall(bill, intentToRecall.keyOf({ id, bill })))) await check()
  }
  return {
    status: 'payment',
    ...view,
    checkedMs: state.read.checkedMs,
    checkError: load.refreshError ?? null,
    refunds: refunded && refunds,
    isInCashier: state.isInCashier,
    trouble: state.trouble,
    check,
    openCashier: () => openCashier(false),
    openWithoutJournal: () => openCashier(true),
    close: async () => {
      await page.close()
      await check()
    },
    recall: canRecall ? recall : undefined,
    dismiss: page.dismiss,
  }
}
