import { useCallback, useMemo } from 'react'
import type { Account } from '@/domain/account'
import { type Bill, isPayable, payableFen, sortBills } from '@/domain/bill'
import type { CityId } from '@/domain/ids'
import { hasFeature, type Manifest } from '@/domain/manifest'
import type { Fen } from '@/domain/money'
import type { Instant } from '@/domain/time'
import { type Load, useLoad } from '@/pages/use-load'
import { known, useManifest } from '@/pages/use-manifest'
import { useMore } from '@/pages/use-more'
import { type Page, services } from '@/services'
import { type City, findCity } from '@/services/cities'
import type { ServiceError } from '@/services/errors'
import { useCity } from '@/stores'

/** An account and what is known to be open on it. */
export interface AccountDue {
  readonly account: Account
  readonly payableFen: Fen
  /** The most urgent first; empty when none is known. */
  readonly bills: readonly Bill[]
}

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
  | { readonly status: 'none'; readonly city: City; readonly manifest: Manifest | null }
  | {
      readonly status: 'accounts'
      readonly city: City
      readonly manifest: Manifest | null
      readonly rows: readonly AccountDue[]
      readonly due: Due
      readonly hasMore: boolean
      readonly readMore: () => Promise<void>
      readonly reload: () => Promise<void>
    }

const mostPages = 20

/** All open bills of a city: one request, unless somebody has very many. A part of them would be a wrong total. */
async function readDue(city: CityId): Promise<Page<Bill>> {
  const first = await services.bills.list(city, { due: true })
  let { next } = first
  const items = [...first.items]
  for (let pages = 1; next !== null && pages < mostPages; pages += 1) {
    const page = await services.bills.list(city, { due: true }, next)
    items.push(...page.items)
    next = page.next
  }
  return { items, next, asOf: first.asOf }
}

/** Accounts in the order in which they want to be dealt with: overdue, due soonest, under way, none known. */
function inOrder(accounts: readonly Account[], bills: readonly Bill[]): AccountDue[] {
  const sorted = sortBills(bills)
  const rows = accounts.map((account) => {
    const own = sorted.filter((bill) => bill.accountId === account.id)
    return { account, bills: own, payableFen: payableFen(own) }
  })
  const place = ({ bills: [first] }: AccountDue) => (first ? sorted.indexOf(first) : sorted.length)
  return rows
    .map((row, index) => ({ row, index }))
    .sort((a, b) => place(a.row) - place(b.row) || a.index - b.index)
    .map(({ row }) => row)
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
  const id = useCity((state) => state.city)
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
  const reload = useCallback(async () => {
    await Promise.all([reloadAccounts(), reloadDue()])
  }, [reloadAccounts, reloadDue])
  const bills = known(due)
  const rows = useMemo(() => inOrder(items, bills?.items ?? []), [items, bills])

  if (city === null) return { status: 'no-city' }
  if (manifest && !hasFeature(manifest, 'accounts')) return { status: 'not-offered', city, manifest }
  if (accounts.status === 'loading') return { status: 'loading', city }
  if (accounts.status === 'failed') return { status: 'failed', city, error: accounts.error, reload }
  if (items.length === 0) return { status: 'none', city, manifest }
  return { status: 'accounts', city, manifest, rows, due: dueOf(due), hasMore, readMore, reload }
}
