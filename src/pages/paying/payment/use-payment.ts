import { useCallback, useMemo, useRef, useState } from 'react'
import type { Strong } from '@/domain/consistency'
import type { CityId, PaymentId } from '@/domain/ids'
import type { Intent } from '@/domain/journal'
import {
  actionsFor,
  advance,
  hasRefunds,
  type Payment,
  type PaymentAction,
  type PaymentState,
  paymentRule,
  stateAfterCashier,
} from '@/domain/payment'
import type { Refund } from '@/domain/receipt'
import { standingOf } from '@/domain/standing'
import { instantOf } from '@/domain/time'
import { useEffectWhileVisible, useWhileVisible } from '@/lifecycle/use-visible'
import { whenConnected } from '@/lifecycle/when-connected'
import { type Load, useLoad } from '@/queries/use-load'
import { services } from '@/services'
import { asServiceError, isRefusal, type ServiceError } from '@/services/errors'
import { stores } from '@/stores'
import { openIntentOf, openIntentsFor, silenceMs, throughCashier } from '../parts/cashier'
import { usePolling } from './use-polling'

/** What an act of the citizen's ended in, when it did not end well. */
export type Trouble =
  | { readonly kind: 'not-opened' | 'not-closed'; readonly error: ServiceError }
  /** No room to write the payment down; `openWithoutJournal` goes on all the same. */
  | { readonly kind: 'no-room' }

export type PaymentPage =
  | { readonly status: 'loading' }
  | {
      readonly status: 'failed'
      readonly error: ServiceError
      /** This phone knows of it, so it will be asked about again. */
      readonly isNoted: boolean
      readonly check: () => Promise<void>
    }
  | {
      readonly status: 'payment'
      readonly payment: Strong<Payment>
      /** What may be said of it: the server's state, with the cashier's word where the server still waits. */
      readonly shown: PaymentState
      readonly actions: readonly PaymentAction[]
      /** The server's time of the last answer. */
      readonly checkedMs: number
      /** The last question had no answer. */
      readonly checkError: ServiceError | null
      readonly refunds: Load<readonly Refund[]> | null
      readonly isInCashier: boolean
      readonly trouble: Trouble | null
      readonly check: () => Promise<void>
      /** Opens the cashier of this very order, for the first time or again. */
      readonly openCashier: () => Promise<void>
      readonly openWithoutJournal: () => Promise<void>
      readonly close: () => Promise<void>
      readonly dismiss: () => void
    }

interface Read {
  readonly payment: Strong<Payment>
  readonly checkedMs: number
  /** When it was asked for, counted with the closings of the cashier: which came first is what matters. */
  readonly turn: number
}

/** `closedOn` is the turn on which it closed or went silent. */
interface Cashier {
  readonly isOpen: boolean
  readonly closedOn: number
}

/** What may be said. What was asked for before the cashier closed says nothing about the money now. */
function shownState({ payment, turn }: Read, intent: Intent | null, { closedOn }: Cashier): PaymentState {
  if (turn < closedOn) return stateAfterCashier(payment, 'unknown')
  return intent?.cashier === undefined ? payment.state : stateAfterCashier(payment, intent.cashier)
}

function newerOf(one: Read | null, other: Read | null): Read | null {
  if (one === null || other === null) return one ?? other
  const later = one.payment.version - other.payment.version || one.turn - other.turn
  return later > 0 ? one : other
}

/** The intent that this phone has noted, or one for an order that was made elsewhere and is paid from here. */
const intentOf = (payment: Strong<Payment>): Intent =>
  openIntentOf(stores.journal.getState().intents, payment.cityId, payment.id) ?? {
    key: services.newIdempotencyKey(),
    cityId: payment.cityId,
    bills: payment.bills.map(({ billId, version }) => ({ billId, version })),
    amountFen: payment.amountFen,
    createdAt: instantOf(services.serverNow(payment.cityId)),
    paymentId: payment.id,
    state: payment.state,
  }

/** Money that should go back and did not: people are needed. The refunds themselves tell it of a city that does not. */
export const hasFailedRefund = ({ payment, refunds }: Extract<PaymentPage, { status: 'payment' }>): boolean =>
  standingOf(
    payment,
    payment.refund === 'failed' ||
      (refunds?.status === 'ready' && refunds.value.some(({ state }) => state === 'failed')),
  ) === 'refund-failed'

export function usePayment(city: CityId, id: PaymentId): PaymentPage {
  const newest = useRef<Strong<Payment> | null>(null)
  /** What an act was answered with, which may be newer than what was last read. */
  const [answered, setAnswered] = useState<Read | null>(null)
  const [cashier, setCashier] = useState<Cashier>({ isOpen: false, closedOn: 0 })
  const turns = useRef(0)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const intents = useWhileVisible(stores.journal, (journal) => journal.intents)
  const intent = useMemo(() => openIntentOf(intents, city, id), [intents, city, id])

  /** Takes in a strong answer, in whatever order answers come, and tells the journal. */
  const learn = useCallback(
    (payment: Strong<Payment>, turn: number): Read => {
      const before = newest.current?.id === id ? newest.current : null
      newest.current = advance(before, payment)
      const checkedMs = services.serverNow(city)
      const journal = stores.journal.getState()
      for (const { key } of openIntentsFor(journal.intents, newest.current))
        journal.settle(key, newest.current, checkedMs)
      return { payment: newest.current, checkedMs, turn }
    },
    [city, id],
  )
  const key = `${city} ${id}`
  const [load, reload, refresh] = useLoad<Read>(key, async () => {
    const turn = ++turns.current
    return learn(await services.payments.get(city, id), turn)
  })
  const read = load.status === 'ready' ? newerOf(load.value, answered) : null
  const shown = read && shownState(read, intent, cashier)

  const restart = usePolling(shown !== null && paymentRule[shown].polls && !cashier.isOpen, shown, refresh)
  const check = useCallback(async () => {
    restart()
    await reload()
  }, [reload, restart])

  const refundsKey = read && hasRefunds(read.payment) ? `${key} ${read.payment.version}` : null
  const [refunds] = useLoad(refundsKey, () => services.refunds.list(city, id, newest.current?.amountFen))

  const openCashier = useCallback(
    async (withoutJournal: boolean) => {
      const payment = newest.current
      if (payment === null) return
      setTrouble(null)
      const intent = intentOf(payment)
      if (!stores.journal.getState().write(intent) && !withoutJournal) return setTrouble({ kind: 'no-room' })
      try {
        const start = await services.payments.openCashier(city, id, services.newIdempotencyKey(), payment)
        setAnswered(learn(start.payment, ++turns.current))
        if (start.cashier !== null) {
          setCashier((now) => ({ ...now, isOpen: true }))
          const told = await throughCashier(intent, start.payment, start.cashier)
          setCashier({ isOpen: false, closedOn: ++turns.current })
          if (told) setAnswered(learn(told, ++turns.current))
        }
      } catch (thrown) {
        // Money may have moved meanwhile: what the server says now is the answer.
        if (!isRefusal(thrown, 'payment-not-open')) setTrouble({ kind: 'not-opened', error: asServiceError(thrown) })
      }
      await check()
    },
    [city, id, learn, check],
  )

  // A cashier that never answers must not keep the page: back here, the server is asked.
  const latest = useRef({ cashier, check })
  latest.current = { cashier, check }
  useEffectWhileVisible(() => {
    if (!latest.current.cashier.isOpen) return undefined
    const timer = setTimeout(() => {
      if (!latest.current.cashier.isOpen) return
      setCashier({ isOpen: false, closedOn: ++turns.current })
      void latest.current.check()
    }, silenceMs)
    return () => clearTimeout(timer)
  }, [])

  // "We check by ourselves once the network is back" is a promise.
  useEffectWhileVisible(() => whenConnected(() => void latest.current.check()), [])

  const close = useCallback(async () => {
    setTrouble(null)
    try {
      setAnswered(learn(await services.payments.close(city, id, services.newIdempotencyKey()), ++turns.current))
    } catch (thrown) {
      if (!isRefusal(thrown, 'payment-not-open')) setTrouble({ kind: 'not-closed', error: asServiceError(thrown) })
    }
    await check()
  }, [city, id, learn, check])

  if (load.status === 'failed') return { status: 'failed', error: load.error, isNoted: intent !== null, check }
  if (load.status === 'loading' || read === null || shown === null) return { status: 'loading' }
  return {
    status: 'payment',
    payment: read.payment,
    shown,
    actions: actionsFor(read.payment, services.serverNow(city), shown),
    checkedMs: read.checkedMs,
    checkError: load.refreshError ?? null,
    refunds: refundsKey === null ? null : refunds,
    isInCashier: cashier.isOpen,
    trouble,
    check,
    openCashier: () => openCashier(false),
    openWithoutJournal: () => openCashier(true),
    close,
    dismiss: () => setTrouble(null),
  }
}
