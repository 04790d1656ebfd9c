import type { Account } from '@/domain/account'
import { type Bill, isPayable } from '@/domain/bill'
import type { BillId, CityId, PaymentId } from '@/domain/ids'
import { openEntryFor } from '@/domain/journal'
import { type Biller, billerOf, hasFeature, takesActions } from '@/domain/manifest'
import type { Instant } from '@/domain/time'
import { useLoad } from '@/pages/use-load'
import { known, useManifest } from '@/pages/use-manifest'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'
import { useJournal } from '@/stores'

/** The one thing to do with a bill now; each is an answer to "may it be paid?". */
export type NextStep =
  | { readonly next: 'pay' }
  /** A payment of this citizen covers it: look at that one, whatever else is true. */
  | { readonly next: 'see-payment'; readonly payment: PaymentId; readonly because: 'open' | 'paying' | 'settled' }
  /** An order was sent and its answer never came; it is being looked for. */
  | { readonly next: 'wait' }
  | {
      readonly next: 'nothing'
      readonly because: 'paying-other' | 'settled-other' | 'not-payable' | 'kept-only' | 'read-only'
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
    }

function nextStep(
  bill: Bill,
  options: { open: PaymentId | 'unnamed' | null; isKept: boolean; isReadOnly: boolean },
): NextStep {
  const { open, isKept, isReadOnly } = options
  if (open !== null)
    return open === 'unnamed' ? { next: 'wait' } : { next: 'see-payment', payment: open, because: 'open' }
  if (bill.paymentId !== undefined && (bill.status === 'paying' || bill.status === 'settled'))
    return { next: 'see-payment', payment: bill.paymentId, because: bill.status }
  if (bill.status === 'paying') return { next: 'nothing', because: 'paying-other' }
  if (bill.status === 'settled') return { next: 'nothing', because: 'settled-other' }
  if (bill.status === 'not-payable' || !isPayable(bill)) return { next: 'nothing', because: 'not-payable' }
  if (isKept) return { next: 'nothing', because: 'kept-only' }
  return isReadOnly ? { next: 'nothing', because: 'read-only' } : { next: 'pay' }
}

export function useBill(city: CityId, id: BillId): BillPage {
  const [load, reload] = useLoad<Bill>(
    `${city} ${id}`,
    () => services.bills.get(city, id),
    () => services.bills.kept(city, id),
  )
  const [manifestLoad] = useManifest(city)
  const bill = known(load)
  const [account] = useLoad(bill && `${city} ${bill.accountId}`, () =>
    services.accounts.get(city, (bill as Bill).accountId),
  )
  const entry = useJournal((journal) => openEntryFor(journal.entries, city, [id]))
  if (load.status === 'loading') return { status: 'loading' }
  if (load.status === 'failed') return { status: 'failed', error: load.error, reload }
  const manifest = known(manifestLoad)
  const isKept = load.asOf !== undefined || load.refreshError !== undefined
  const isReadOnly = manifest !== null && !(takesActions(manifest) && hasFeature(manifest, 'payments'))
  return {
    status: 'bill',
    bill: load.value,
    account: known(account),
    biller: manifest && billerOf(manifest, load.value.billerId),
    keptAsOf: load.refreshError ? (load.asOf ?? load.value.asOf) : null,
    next: nextStep(load.value, { open: entry && (entry.paymentId ?? 'unnamed'), isKept, isReadOnly }),
    reload,
  }
}
