import type { Account } from '@/domain/account'
import type { Bill } from '@/domain/bill'
import { type BillStep, billStep } from '@/domain/bill-step'
import type { BillId, CityId } from '@/domain/ids'
import { type Biller, billerOf } from '@/domain/manifest'
import { useServerNow } from '@/lifecycle/use-server-now'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { useAccount } from '@/queries/use-accounts'
import { useLoad, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'
import { stores } from '@/stores'

export type FoundBillPage =
  | { readonly status: 'loading' | 'gone' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | {
      readonly status: 'bill'
      readonly bill: Bill
      readonly account: Account | null
      readonly biller: Biller | null
      readonly step: BillStep
      readonly reload: () => Promise<void>
    }

export type LoadedBill = Extract<FoundBillPage, { status: 'bill' }>

/** A found bill as its biller has it now; nothing of it is cached. `gone`: the finding has expired, or was never this citizen's. */
export function useFoundBill(city: CityId, id: BillId): FoundBillPage {
  const [load, reload] = useLoad([city, id], (...args): Promise<Bill> => services.bills.get(...args))
  const [manifestLoad] = useManifest(city)
  const bill = valueOf(load)
  const [account] = useAccount(city, bill?.accountId ?? null)
  const intents = useWhileVisible(stores.journal, (journal) => journal.intents)
  const nowMs = useServerNow(city)
  const error = load.status === 'failed' ? load.error : load.status === 'ready' ? load.refreshError : undefined
  if (error?.code === 'not-found') return { status: 'gone' }
  if (load.status === 'loading') return { status: 'loading' }
  if (load.status === 'failed') return { status: 'failed', error: load.error, reload }
  const manifest = valueOf(manifestLoad)
  return {
    status: 'bill',
    bill: load.value,
    account: valueOf(account),
    biller: manifest && billerOf(manifest, load.value.billerId),
    step: billStep(load.value, { intents, manifest, isCached: load.refreshError !== undefined, nowMs }),
    reload,
  }
}
