import { useCallback, useMemo } from 'react'
import { type Bill, isPayable, payableFen } from '@/domain/bill'
import type { CityId } from '@/domain/ids'
import { hasFeature, type Manifest } from '@/domain/manifest'
import type { Fen } from '@/domain/money'
import type { Instant } from '@/domain/time'
import { readDue } from '@/pages/read-due'
import { type Load, useLoad } from '@/pages/use-load'
import { known, useManifest } from '@/pages/use-manifest'
import { useMore } from '@/pages/use-more'
import { useWhileVisible } from '@/pages/use-visible'
import { type Page, services } from '@/services'
import { type City, findCity } from '@/services/cities'
import type { ServiceError } from '@/services/errors'
import { stores } from '@/stores'
import { type AccountDue, inOrder } from './account-due'
import { type Elsewhere, useElsewhere } from './use-elsewhere'

/** What all accounts of a city owe together. It may be old, and says so. */
export type Due =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError }
  | {
      readonly status: 'known'
      readonly totalFen: Fen
      readonly count: number
      readonly asOf: Instant
      readonly isOld: boolean
    }

export type BillsPage =
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
      readonly hasMore: boolean
      readonly readMore: () => Promise<void>
      readonly reload: () => Promise<void>
    }

function dueOf(load: Load<Page<Bill>>): Due {
  if (load.status !== 'ready') return load
  const payable = load.value.items.filter(isPayable)
  return {
    status: 'known',
    totalFen: payableFen(payable),
    count: payable.length,
    asOf: load.asOf ?? load.value.asOf,
    isOld: load.refreshError !== undefined,
  }
}

export function useBills(): BillsPage {
  const id = useWhileVisible(stores.city, (state) => state.city)
  const city = id === null ? null : findCity(id)
  const [manifestLoad] = useManifest(id)
  const manifest = known(manifestLoad)
  const [accounts, reloadAccounts] = useLoad(
    id,
    () => services.accounts.list(id as CityId),
    () => services.accounts.keptList(id as CityId),
  )
  const [due, reloadDue] = useLoad(
    id,
    () => readDue(id as CityId),
    () => services.bills.keptList(id as CityId, { due: true }),
  )
  const { items, hasMore, readMore } = useMore(known(accounts), (cursor) =>
    services.accounts.list(id as CityId, cursor),
  )
  const hasAnswered =
    accounts.status === 'failed' ||
    (accounts.status === 'ready' && (accounts.asOf === undefined || accounts.refreshError !== undefined))
  const [elsewhere, reloadElsewhere] = useElsewhere(id, hasAnswered)
  const reload = useCallback(async () => {
    await Promise.all([reloadAccounts(), reloadDue()])
    await reloadElsewhere()
  }, [reloadAccounts, reloadDue, reloadElsewhere])
  const bills = known(due)
  const rows = useMemo(() => inOrder(items, bills?.items ?? []), [items, bills])

  if (city === null) return { status: 'no-city' }
  if (manifest && !hasFeature(manifest, 'accounts')) return { status: 'not-offered', city, manifest }
  if (accounts.status === 'loading') return { status: 'loading', city }
  if (accounts.status === 'failed') return { status: 'failed', city, error: accounts.error, reload }
  if (items.length === 0) return { status: 'none', city, manifest, elsewhere, reload }
  return { status: 'accounts', city, manifest, rows, due: dueOf(due), elsewhere, hasMore, readMore, reload }
}
