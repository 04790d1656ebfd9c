import { useCallback, useMemo, useRef, useState } from 'react'
import { isBeingPaid } from '@/domain/bill'
import type { CityId, PaymentId } from '@/domain/ids'
import type { Intent } from '@/domain/journal'
import { hasFeature, takesActions } from '@/domain/manifest'
import { type Price, priceOf } from '@/domain/price'
import { leave } from '@/lifecycle/leave'
import { useEffectWhileVisible, useWhileVisible } from '@/lifecycle/use-visible'
import { useLoad } from '@/queries/use-load'
import { type BillSelection, routes } from '@/routes'
import type { ServiceError } from '@/services/errors'
import { stores } from '@/stores'
import { silenceMs } from '../parts/cashier'
import { type Facts, type Line, readFacts } from './lines'
import { type Ask, isIntentOf, type Order, orderOf, placeOrder } from './place-order'
import { useEarlier } from './use-earlier'

export type Checkout =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  /** What became of an earlier order for these bills is being found out. */
  | { readonly status: 'settling' }
  /** Nobody knows yet, and what is ordered now would be another order. */
  | { readonly status: 'still-open'; readonly check: () => Promise<void> }
  /** The bills have a payment, so that one is shown and no other is started. */
  | { readonly status: 'elsewhere'; readonly payment: PaymentId }
  | { readonly status: 'cashier' }
  /** None of them can be paid. */
  | { readonly status: 'closed'; readonly lines: readonly Line[] }
  | {
      readonly status: 'ready'
      readonly city: CityId
      readonly cityName: string
      /** Each with what would be paid of it. */
      readonly lines: readonly Line[]
      /** Asked for, and not part of the payment. */
      readonly leftOut: readonly Line[]
      readonly price: Price
      readonly isReadOnly: boolean
      /** Why holder and address must be checked first (M8), and of which bills. */
      readonly warn: { readonly why: 'first' | 'someone-else'; readonly lines: readonly Line[] } | null
      readonly ask: Ask | null
      readonly problem: ServiceError | null
      readonly pay: () => Promise<void>
      /** Answers the question with yes, or puts it away. */
      readonly agree: () => Promise<void>
      readonly decline: () => void
    }

interface Looking {
  readonly phase: 'looking'
  readonly ask: Ask | null
  readonly problem: ServiceError | null
  readonly isPlacing: boolean
}
type Phase = Looking | { readonly phase: 'cashier' } | { readonly phase: 'done'; readonly payment: PaymentId }

const LOOKING: Looking = { phase: 'looking', ask: null, problem: null, isPlacing: false }

function useGoTo(city: CityId, payment: PaymentId | null): void {
  useEffectWhileVisible(() => {
    if (payment !== null) void leave.replace(routes.payment({ city, payment }))
    return undefined
  }, [city, payment])
}

export function useCheckout(city: CityId, wanted: readonly BillSelection[]): Checkout {
  const ids = useMemo(() => wanted.map(({ bill }) => bill), [wanted])
  const [load, reload] = useLoad<Facts>(`${city} ${ids.join()}`, () => readFacts(city, wanted))
  const [phase, setPhase] = useState<Phase>(LOOKING)
  const inCashier = useRef<PaymentId | null>(null)
  const isPlacing = useRef(false)
  const earlier = useEarlier(city, ids, isPlacing)
  const isOtherCity = useWhileVisible(stores.city, (chosen) => chosen.city !== null && chosen.city !== city)

  const place = useCallback(
    async (order: Order) => {
      // The button is guarded too; this is the money.
      if (isPlacing.current) return
      if (isOtherCity && !order.knowsCity)
        return setPhase({ ...LOOKING, ask: { kind: 'other-city', order: { ...order, knowsCity: true } } })
      isPlacing.current = true
      setPhase((now) => (now.phase === 'looking' ? { ...now, problem: null, isPlacing: true } : now))
      const placed = await placeOrder(order, (payment) => {
        inCashier.current = payment
        setPhase({ phase: 'cashier' })
      })
      isPlacing.current = false
      inCashier.current = null
      if (placed.kind === 'payment') return setPhase({ phase: 'done', payment: placed.payment })
      setPhase({ phase: 'looking', ask: placed.ask, problem: placed.problem, isPlacing: false })
      if (placed.isOutdated) await reload()
    },
    [reload, isOtherCity],
  )

  useEffectWhileVisible(() => {
    const payment = inCashier.current
    if (payment === null) return undefined
    const timer = setTimeout(() => {
      if (inCashier.current === payment) setPhase({ phase: 'done', payment })
    }, silenceMs)
    return () => clearTimeout(timer)
  }, [])

  const facts = load.status === 'ready' ? load.value : null
  const elsewhere = earlier.isSettling ? null : elsewhereOf(phase, earlier.open, facts)
  useGoTo(city, elsewhere)

  if (elsewhere !== null) return { status: 'elsewhere', payment: elsewhere }
  if (phase.phase !== 'looking') return { status: 'cashier' }
  if (earlier.isSettling) return { status: 'settling' }
  if (load.status === 'loading') return { status: 'loading' }
  if (load.status === 'failed') return { status: 'failed', error: load.error, reload }
  const order = orderOf(city, load.value)
  const { lines } = order
  // An order that nobody has answered goes on with its own key, or is waited for.
  if (
    !phase.isPlacing &&
    earlier.open.some(
      (intent) => !isIntentOf({ ...order, acknowledgeRecent: intent.acknowledgeRecent === true }, intent),
    )
  )
    return { status: 'still-open', check: earlier.check }
  if (lines.length === 0) return { status: 'closed', lines: load.value.lines }
  const { manifest } = load.value
  const { ask, problem } = phase
  return {
    status: 'ready',
    city,
    cityName: manifest.name,
    lines,
    leftOut: load.value.lines.filter(({ leftOut }) => leftOut !== null),
    price: priceOf(lines, manifest.billers),
    isReadOnly: !(takesActions(manifest) && hasFeature(manifest, 'payments')),
    warn: warnOf(lines),
    ask,
    problem,
    pay: () => place(order),
    agree: () => (ask ? place(ask.order) : Promise.resolve()),
    decline: () => setPhase(LOOKING),
  }
}

/** The payment that these bills have already, wherever that is known from. Not while this page itself is making one. */
function elsewhereOf(phase: Phase, open: readonly Intent[], facts: Facts | null): PaymentId | null {
  if (phase.phase === 'done') return phase.payment
  if (phase.phase === 'cashier' || phase.isPlacing) return null
  const noted = open.find(({ paymentId }) => paymentId !== undefined)?.paymentId
  const moving = facts?.lines.find(({ bill }) => isBeingPaid(bill))?.bill.payment?.id
  return (
    noted ??
    moving ??
    facts?.lines.find(({ bill }) => bill.status === 'paying' && bill.paymentId)?.bill.paymentId ??
    null
  )
}

/** A stranger's bill is noticed by holder and address; the first time, they must be said to have been checked. */
function warnOf(lines: readonly Line[]): { why: 'first' | 'someone-else'; lines: readonly Line[] } | null {
  const first = lines.filter(({ account }) => !account.paidBefore)
  if (first.length > 0) return { why: 'first', lines: first }
  const others = lines.filter(({ account }) => account.relation === 'someone-else')
  return others.length > 0 ? { why: 'someone-else', lines: others } : null
}
