import { useCallback, useRef, useState } from 'react'
import type { Account } from '@/domain/account'
import { type Bill, isBeingPaid, payableRange } from '@/domain/bill'
import type { BillId, CityId, IdempotencyKey, PaymentId } from '@/domain/ids'
import { openIntentFor } from '@/domain/journal'
import { type Biller, billerOf, hasFeature, isAsleep, takesActions } from '@/domain/manifest'
import type { Fen } from '@/domain/money'
import type { Instant } from '@/domain/time'
import { useTick } from '@/lifecycle/use-tick'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { useLoad, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'
import { stores } from '@/stores'

/** The one thing to do with a bill now; each is an answer to "may it be paid?". */
export type NextStep =
  /** `all`: the whole of it fits into one payment. `part`: an amount may be chosen. */
  | {
      readonly next: 'pay' | 'top-up'
      readonly all: boolean
      readonly part: boolean
      readonly minFen: Fen
      readonly maxFen: Fen
    }
  /** The decision behind it has to be read first. */
  | { readonly next: 'confirm' }
  /** A payment of this citizen covers it: look at that one, whatever else is true. */
  | { readonly next: 'see-payment'; readonly payment: PaymentId; readonly because: 'open' | 'paying' | 'settled' }
  /** An order was sent and its answer never came; it is being looked for. */
  | { readonly next: 'wait' }
  | {
      readonly next: 'nothing'
      readonly because:
        | 'paying-other'
        | 'settled-other'
        | 'not-payable'
        | 'kept-only'
        | 'read-only'
        | 'above-limit'
        | 'asleep'
    }

export type BillPage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | {
      readonly status: 'bill'
      readonly bill: Bill
      readonly account: Account | null
      readonly biller: Biller | null
      /** Set when it is a kept copy, because the biller was not reached. */
      readonly keptAsOf: Instant | null
      readonly next: NextStep
      readonly reload: () => Promise<void>
      readonly confirmDecision: () => Promise<void>
      readonly confirmError: ServiceError | null
    }

export type KnownBill = Extract<BillPage, { status: 'bill' }>

function nextStep(
  bill: Bill,
  options: {
    open: PaymentId | 'unnamed' | null
    isKept: boolean
    isReadOnly: boolean
    isAsleep: boolean
    limitFen: Fen | undefined
  },
): NextStep {
  const { open, isKept, isReadOnly, limitFen = Number.MAX_SAFE_INTEGER } = options
  if (open !== null)
    return open === 'unnamed' ? { next: 'wait' } : { next: 'see-payment', payment: open, because: 'open' }
  if (bill.payment !== undefined && isBeingPaid(bill))
    return { next: 'see-payment', payment: bill.payment.id, because: 'open' }
  if (bill.paymentId !== undefined && (bill.status === 'paying' || bill.status === 'settled'))
    return { next: 'see-payment', payment: bill.paymentId, because: bill.status }
  if (bill.status === 'paying') return { next: 'nothing', because: 'paying-other' }
  if (bill.status === 'settled') return { next: 'nothing', because: 'settled-other' }
  if (bill.status === 'unlisted') return { next: 'nothing', because: 'not-payable' }
  const range = payableRange(bill)
  const toConfirm = bill.decision?.confirmed === false
  if (range === null && !toConfirm) return { next: 'nothing', because: 'not-payable' }
  if (isKept) return { next: 'nothing', because: 'kept-only' }
  if (isReadOnly) return { next: 'nothing', because: 'read-only' }
  if (options.isAsleep) return { next: 'nothing', because: 'asleep' }
  if (range === null || toConfirm) return { next: 'confirm' }
  const { minFen } = range
  const maxFen = Math.min(range.maxFen, limitFen)
  if (maxFen < minFen) return { next: 'nothing', because: 'above-limit' }
  const isTopUp = bill.status === 'top-up'
  const all = !isTopUp && bill.amountFen <= maxFen
  return { next: isTopUp ? 'top-up' : 'pay', all, part: minFen < maxFen || !all, minFen, maxFen }
}

export function useBill(city: CityId, id: BillId): BillPage {
  const [load, reload] = useLoad<Bill>(
    `${city} ${id}`,
    () => services.bills.get(city, id),
    () => services.bills.kept(city, id),
  )
  const [manifestLoad] = useManifest(city)
  const bill = valueOf(load)
  const [account] = useLoad(bill && `${city} ${bill.accountId}`, () =>
    services.accounts.get(city, (bill as Bill).accountId),
  )
  const intent = useWhileVisible(stores.journal, (journal) => openIntentFor(journal.intents, city, [id]))
  const [confirmError, setConfirmError] = useState<ServiceError | null>(null)
  const attempt = useRef<{ version: number; key: IdempotencyKey } | null>(null)
  const version = bill?.version

  const confirmDecision = useCallback(async () => {
    if (version === undefined) return
    if (attempt.current?.version !== version) attempt.current = { version, key: services.newIdempotencyKey() }
    try {
      await services.bills.confirmDecision(city, id, version, attempt.current.key)
      setConfirmError(null)
    } catch (thrown) {
      setConfirmError(asServiceError(thrown))
    }
    // Also after a refusal: what was read may not be what stands there now.
    await reload()
  }, [city, id, version, reload])

  useTick()

  if (load.status === 'loading') return { status: 'loading' }
  if (load.status === 'failed') return { status: 'failed', error: load.error, reload }
  const manifest = valueOf(manifestLoad)
  const biller = manifest && billerOf(manifest, load.value.billerId)
  const isKept = load.isKept || load.refreshError !== undefined
  const isReadOnly = manifest !== null && !(takesActions(manifest) && hasFeature(manifest, 'payments'))
  const open = intent && (intent.paymentId ?? 'unnamed')
  return {
    status: 'bill',
    bill: load.value,
    account: valueOf(account),
    biller,
    keptAsOf: load.refreshError ? load.asOf : null,
    next: nextStep(load.value, {
      open,
      isKept,
      isReadOnly,
      isAsleep: biller !== null && isAsleep(biller, services.serverNow(city)),
      limitFen: biller?.paying?.maxFen,
    }),
    reload,
    confirmDecision,
    confirmError,
  }
}
