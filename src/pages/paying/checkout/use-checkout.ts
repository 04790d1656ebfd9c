import { useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Account } from '@/domain/account'
import { type Bill, isPayable } from '@/domain/bill'
import type { Strong } from '@/domain/consistency'
import type { BillId, CityId, PaymentId } from '@/domain/ids'
import { openEntryFor } from '@/domain/journal'
import { type Biller, billerOf, hasFeature, type Manifest, takesActions } from '@/domain/manifest'
import { routes } from '@/pages/routes'
import { useLoad } from '@/pages/use-load'
import { platform } from '@/platform'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'
import { useJournal } from '@/stores'
import { silenceMs } from '../cashier'
import { type Ask, type Order, placeOrder } from './place-order'

interface Facts {
  readonly bill: Strong<Bill>
  readonly account: Account
  readonly manifest: Manifest
}

export type Checkout =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  /** The bill has a payment, so that one is shown and no other is started. */
  | { readonly status: 'elsewhere'; readonly payment: PaymentId }
  | { readonly status: 'cashier' }
  | { readonly status: 'closed'; readonly bill: Bill; readonly because: 'settled' | 'paying-other' | 'not-payable' }
  | {
      readonly status: 'ready'
      readonly bill: Bill
      readonly account: Account
      readonly biller: Biller | null
      readonly isReadOnly: boolean
      /** Why holder and address must be checked first (M8). */
      readonly warn: 'first' | 'someone-else' | null
      readonly ask: Ask | null
      readonly problem: ServiceError | null
      readonly pay: () => Promise<void>
      /** Answers the question with yes, or puts it away. */
      readonly agree: () => Promise<void>
      readonly decline: () => void
    }

type Phase =
  | {
      readonly phase: 'looking'
      readonly ask: Ask | null
      readonly problem: ServiceError | null
      readonly isPlacing: boolean
    }
  | { readonly phase: 'cashier' }
  | { readonly phase: 'done'; readonly payment: PaymentId }

const LOOKING: Phase = { phase: 'looking', ask: null, problem: null, isPlacing: false }

async function readFacts(city: CityId, id: BillId): Promise<Facts> {
  const [bill, manifest] = await Promise.all([services.bills.get(city, id), services.manifest.get(city)])
  const account = await services.accounts.get(city, bill.accountId)
  return { bill, account, manifest }
}

function useGoTo(city: CityId, payment: PaymentId | null): void {
  useEffect(() => {
    if (payment !== null) void platform.navigation.replace(routes.payment({ city, payment }))
  }, [city, payment])
}

export function useCheckout(city: CityId, id: BillId): Checkout {
  const [load, reload] = useLoad<Facts>(`${city} ${id}`, () => readFacts(city, id))
  const [phase, setPhase] = useState<Phase>(LOOKING)
  const entry = useJournal((journal) => openEntryFor(journal.entries, city, [id]))
  const inCashier = useRef<PaymentId | null>(null)
  const isPlacing = useRef(false)

  const place = useCallback(
    async (order: Order) => {
      // The button is guarded too; this is the money.
      if (isPlacing.current) return
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
    [reload],
  )

  useDidShow(() => {
    const payment = inCashier.current
    if (payment === null) return
    setTimeout(() => {
      if (inCashier.current === payment) setPhase({ phase: 'done', payment })
    }, silenceMs)
  })

  const facts = load.status === 'ready' ? load.value : null
  const elsewhere = elsewhereOf(phase, entry?.paymentId, facts?.bill)
  useGoTo(city, elsewhere)

  if (elsewhere !== null) return { status: 'elsewhere', payment: elsewhere }
  if (phase.phase !== 'looking') return { status: 'cashier' }
  if (load.status === 'loading') return { status: 'loading' }
  if (load.status === 'failed') return { status: 'failed', error: load.error, reload }
  const { bill, account, manifest } = load.value
  if (!isPayable(bill)) return { status: 'closed', bill, because: whyClosed(bill) }
  const { ask, problem } = phase
  return {
    status: 'ready',
    bill,
    account,
    biller: billerOf(manifest, bill.billerId),
    isReadOnly: !(takesActions(manifest) && hasFeature(manifest, 'payments')),
    warn: !account.paidBefore ? 'first' : account.relation === 'someone-else' ? 'someone-else' : null,
    ask,
    problem,
    pay: () => place({ bill, acknowledgeRecent: false, withoutJournal: false }),
    agree: () => (ask ? place(ask.order) : Promise.resolve()),
    decline: () => setPhase(LOOKING),
  }
}

/** The payment that this bill has already, wherever that is known from. Not while this page itself is making one. */
function elsewhereOf(phase: Phase, noted: PaymentId | undefined, bill: Bill | undefined): PaymentId | null {
  if (phase.phase === 'done') return phase.payment
  if (phase.phase === 'cashier' || phase.isPlacing) return null
  if (noted !== undefined) return noted
  return bill?.status === 'paying' ? (bill.paymentId ?? null) : null
}

function whyClosed(bill: Bill): 'settled' | 'paying-other' | 'not-payable' {
  if (bill.status === 'settled') return 'settled'
  return bill.status === 'paying' ? 'paying-other' : 'not-payable'
}
