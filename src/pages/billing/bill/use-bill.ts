import { useCallback, useState } from 'react'
import type { Account } from '@/domain/account'
import type { Bill } from '@/domain/bill'
import { type BillStep, billStep } from '@/domain/bill-step'
import type { BillId, CityId } from '@/domain/ids'
import type { VerifiedLevel } from '@/domain/level'
import { type Biller, billerOf } from '@/domain/manifest'
import type { Instant } from '@/domain/time'
import { useStepUp } from '@/lifecycle/step-up'
import { useIntent } from '@/lifecycle/use-intent'
import { useServerNow } from '@/lifecycle/use-server-now'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { useAccount } from '@/queries/use-accounts'
import { useBill } from '@/queries/use-bills'
import { valueOf } from '@/queries/use-load'
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
      /** Set for a cached copy, because the biller was not reached. */
      readonly keptAsOf: Instant | null
      readonly step: BillStep
      readonly reload: () => Promise<void>
      readonly confirmDecision: () => Promise<void>
      /** Verifies the citizen, so that they can read the decision. */
      readonly verify: (level: VerifiedLevel) => Promise<unknown>
      readonly confirmError: ServiceError | null
    }

export type LoadedBill = Extract<BillPage, { status: 'bill' }>

export function useBillPage(city: CityId, id: BillId): BillPage {
  const [load, reload] = useBill(city, id)
  const [manifestLoad] = useManifest(city)
  const bill = valueOf(load)
  const [account] = useAccount(city, bill?.accountId ?? null)
  const intents = useWhileVisible(stores.journal, (journal) => journal.intents)
  const [confirmError, setConfirmError] = useState<ServiceError | null>(null)
  const intent = useIntent()
  const version = bill?.version

  const confirmDecision = useCallback(async () => {
    if (version === undefined) return
    try {
      await services.bills.confirmDecision(city, id, version, intent.keyOf(version))
      setConfirmError(null)
    } catch (thrown) {
      setConfirmError(asServiceError(thrown))
    }
    // Also after a refusal: what was read may not be what stands there now.
    await reload()
  }, [city, id, version, reload, intent])

  const stepUp = useStepUp(reload)
  const nowMs = useServerNow(city)

  if (load.status === 'loading') return { status: 'loading' }
  if (load.status === 'failed') return { status: 'failed', error: load.error, reload }
  const manifest = valueOf(manifestLoad)
  const biller = manifest && billerOf(manifest, load.value.billerId)
  const isCached = load.isCached || load.refreshError !== undefined
  return {
    status: 'bill',
    bill: load.value,
    account: valueOf(account),
    biller,
    keptAsOf: load.refreshError ? load.asOf : null,
    step: billStep(load.value, { intents, manifest, isCached, nowMs }),
    reload,
    confirmDecision,
    verify: (level) => stepUp({ city, level, purpose: load.value.title }),
    confirmError,
  }
}
