import { useCallback, useEffect, useMemo, useState } from 'react'
import { useOnce } from '@/components/once'
import type { Bill } from '@/domain/bill'
import type { BillKind } from '@/domain/bill-kind'
import type { AccountId, CityId } from '@/domain/ids'
import { billerOf, type Manifest } from '@/domain/manifest'
import type { Instant } from '@/domain/time'
import { charactersOf, normalise, searchFor } from '@/domain/typed'
import { useAccounts } from '@/queries/use-accounts'
import { useList } from '@/queries/use-list'
import { type Load, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { type Page, services } from '@/services'
import type { Cached } from '@/services/client'
import type { ServiceError } from '@/services/errors'

export type Status = 'all' | 'open' | 'settled'
export type Kind = BillKind | 'all'

export interface Filter {
  readonly status: Status
  readonly kind: Kind
  readonly text: string
}

export type Listed =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | {
      readonly status: 'bills'
      readonly bills: readonly Bill[]
      readonly asOf: Instant
      readonly load: Load<unknown>
      readonly moreError: ServiceError | null
      readonly readMore: () => void
      readonly reload: () => Promise<void>
    }

export type LoadedBills = Extract<Listed, { status: 'bills' }>

export interface BillListPage {
  readonly listed: Listed
  readonly filter: Filter
  /** Those that the city has billers for. */
  readonly kinds: readonly BillKind[]
  /** As typed; it is looked for once the citizen pauses. */
  readonly typed: string
  readonly type: (text: string) => void
  readonly change: (change: Partial<Filter>) => void
  /** Whose a bill is: the citizen's own word for the account, or its number. */
  readonly ownerOf: (bill: Bill) => string | undefined
}

/** As long as the contract lets a search be. */
const longestText = 40

/** A pause in typing that means "look for it". */
const pauseMs = 400

/** The same filter on the cached list, for when the city cannot be asked. */
function fits(bill: Bill, { status, kind, text }: Filter, manifest: Manifest | null): boolean {
  if (status !== 'all' && (bill.status === 'settled') !== (status === 'settled')) return false
  if (kind !== 'all' && bill.kind !== kind) return false
  return searchFor(text)(`${bill.title} ${(manifest && billerOf(manifest, bill.billerId)?.name) ?? ''}`)
}

export function useBillList(city: CityId, account: AccountId | undefined): BillListPage {
  const [manifestLoad] = useManifest(city)
  const manifest = valueOf(manifestLoad)
  const [filter, setFilter] = useState<Filter>({ status: 'all', kind: 'all', text: '' })
  const [typed, setTyped] = useState('')
  useEffect(() => {
    const text = charactersOf(normalise('search', typed)).slice(0, longestText).join('')
    const timer = setTimeout(() => setFilter((now) => (now.text === text ? now : { ...now, text })), pauseMs)
    return () => clearTimeout(timer)
  }, [typed])

  const { status, kind, text } = filter
  const filters = {
    account,
    due: status === 'all' ? undefined : status === 'open',
    kind: kind === 'all' ? undefined : kind,
    text: text || undefined,
  }
  const cached = (): Cached<Page<Bill>> | null => {
    const same = services.bills.cachedList(city, filters)
    if (same) return same
    const all = services.bills.cachedList(city, { account })
    if (!all) return null
    const items = all.value.items.filter((bill) => fits(bill, filter, manifest))
    // No match in a part of the list proves nothing about the rest.
    return items.length > 0 ? { ...all, value: { ...all.value, items, next: null } } : null
  }
  const list = useList([city, filters], services.bills.list, cached)
  const { load, reload } = list
  const readMore = useOnce(list.readMore)
  const [accounts] = useAccounts(city)
  const owners = valueOf(accounts)?.items
  const ownerOf = useCallback(
    (bill: Bill) => {
      const owner = owners?.find(({ id }) => id === bill.accountId)
      return owner?.nickname || owner?.maskedNumber
    },
    [owners],
  )
  const kinds = useMemo(() => Array.from(new Set((manifest?.billers ?? []).map((biller) => biller.kind))), [manifest])
  return {
    filter,
    kinds,
    typed,
    type: setTyped,
    ownerOf,
    change: (change) => setFilter((now) => ({ ...now, ...change })),
    listed:
      load.status === 'ready'
        ? {
            status: 'bills',
            bills: list.items,
            asOf: load.value.asOf,
            load,
            moreError: list.moreError,
            readMore,
            reload,
          }
        : load.status === 'failed'
          ? { ...load, reload }
          : load,
  }
}
