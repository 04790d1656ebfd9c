import { useCallback, useRef, useState } from 'react'
import type { Account } from '@/domain/account'
import type { Bill } from '@/domain/bill'
import { type BillStep, billStep } from '@/domain/bill-step'
import type { BillId, CityId, IdempotencyKey } from '@/domain/ids'
import { type Biller, billerOf } from '@/domain/manifest'
import type { Instant } from '@/domain/time'
import { useTick } from '@/lifecycle/use-tick'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { useLoad, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'
import { stores } from '@/stores'

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
      readonly step: BillStep
      readonly reload: () => Promise<void>
      readonly confirmDecision: () => Promise<void>
      readonly confirmError: ServiceError | null
    }

export type LoadedBill = Extract<BillPage, { status: 'bill' }>

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
  const intents = useWhileVisible(stores.journal, (journal) => journal.intents)
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
  return {
    status: 'bill',
    bill: load.value,
    account: valueOf(account),
    biller,
    keptAsOf: load.refreshError ? load.asOf : null,
    step: billStep(load.value, { intents, manifest, isKept, nowMs: services.serverNow(city) }),
    reload,
    confirmDecision,
    confirmError,
  }
}
