import { useCallback, useMemo } from 'react'
import type { Account } from '@/domain/account'
import { type Bill, isPayable, payableFen } from '@/domain/bill'
import type { Answered } from '@/domain/consistency'
import type { Intent } from '@/domain/journal'
import { hasFeature, type Manifest } from '@/domain/manifest'
import type { Fen } from '@/domain/money'
import { withoutPaid } from '@/domain/standing'
import type { Instant } from '@/domain/time'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { useAccounts } from '@/queries/use-accounts'
import { useDueBills } from '@/queries/use-bills'
import { type Load, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import type { Page } from '@/services'
import { type City, findCity } from '@/services/cities'
import type { ServiceError } from '@/services/errors'
import { stores } from '@/stores'
import { type AccountDue, inOrder } from './account-due'
import { type Elsewhere, useElsewhere } from './use-elsewhere'

/** What all accounts of a city owe together. */
export type Due =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError }
  | {
      readonly status: 'known'
      readonly totalFen: Fen
      readonly count: number
      readonly asOf: Instant
      /** Null without a fresh response: then more may be due. */
      readonly answered: Answered | null
      /** More is due than was read, so the total is too low. */
      readonly isPart: boolean
      /** Refreshing it failed. */
      readonly hasFailed: boolean
    }

export type BillsState =
  | { readonly status: 'no-city' }
  | { readonly status: 'loading'; readonly city: City }
  | {
      readonly status: 'failed'
      readonly city: City
      readonly error: ServiceError
      readonly reload: () => Promise<void>
    }
  | { readonly status: 'not-offered'; readonly city: City; readonly manifest: Manifest }
  | {
      readonly status: 'none'
      readonly city: City
      readonly manifest: Manifest | null
      readonly accounts: Load<unknown>
      readonly elsewhere: readonly Elsewhere[]
      readonly reload: () => Promise<void>
    }
  | {
      readonly status: 'accounts'
      readonly city: City
      readonly manifest: Manifest | null
      readonly rows: readonly AccountDue[]
      readonly due: Due
      readonly elsewhere: readonly Elsewhere[]
      /** There are more accounts than were read. */
      readonly isPart: boolean
      readonly reload: () => Promise<void>
    }

function dueOf(load: Load<Page<Bill>>, intents: readonly Intent[]): Due {
  if (load.status !== 'ready') return load
  const payable = withoutPaid(load.value.items, intents).filter(isPayable)
  return {
    status: 'known',
    totalFen: payableFen(payable),
    count: payable.length,
    asOf: load.value.asOf,
    answered: load.answered,
    isPart: load.value.next !== null,
    hasFailed: load.refreshError !== undefined,
  }
}

const none: readonly Account[] = []

export function useBills(): BillsState {
  const id = useWhileVisible(stores.city, (state) => state.city)
  const city = id === null ? null : findCity(id)
  const [manifestLoad] = useManifest(id)
  const manifest = valueOf(manifestLoad)
  const [accounts, reloadAccounts] = useAccounts(id)
  const [due, reloadDue] = useDueBills(id)
  const items = valueOf(accounts)?.items ?? none
  const hasAnswered =
    accounts.status === 'failed' || (accounts.status === 'ready' && !(accounts.isCached && !accounts.refreshError))
  const [elsewhere, reloadElsewhere] = useElsewhere(id, hasAnswered)
  const reload = useCallback(async () => {
    await Promise.all([reloadAccounts(), reloadDue()])
    await reloadElsewhere()
  }, [reloadAccounts, reloadDue, reloadElsewhere])
  const bills = valueOf(due)
  const intents = useWhileVisible(stores.journal, (journal) => journal.intents)
  const rows = useMemo(() => inOrder(items, bills?.items ?? [], intents), [items, bills, intents])

  if (city === null) return { status: 'no-city' }
  if (manifest && !hasFeature(manifest, 'accounts')) return { status: 'not-offered', city, manifest }
  if (accounts.status === 'loading') return { status: 'loading', city }
  if (accounts.status === 'failed') return { status: 'failed', city, error: accounts.error, reload }
  if (items.length === 0) return { status: 'none', city, manifest, accounts, elsewhere, reload }
  const isPart = accounts.value.next !== null
  return { status: 'accounts', city, manifest, rows, due: dueOf(due, intents), elsewhere, isPart, reload }
}
