import { useCallback, useMemo, useState } from 'react'
import type { Account } from '@/domain/account'
import { type Bill, sortBills } from '@/domain/bill'
import { type Bar, type BarredBy, barOf, barredBy, mostBills } from '@/domain/choice'
import type { BillId, CityId } from '@/domain/ids'
import type { Fen } from '@/domain/money'
import { priceOf } from '@/domain/price'
import type { Instant } from '@/domain/time'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { useAccounts } from '@/queries/use-accounts'
import { useDueBills } from '@/queries/use-bills'
import { type Load, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { type Page, services } from '@/services'
import type { ServiceError } from '@/services/errors'
import { stores } from '@/stores'

export interface Row {
  readonly bill: Bill
  readonly account: Account | null
}

export type BarredRow = Row & { readonly because: BarredBy }

export type ChoosePage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | {
      readonly status: 'bills'
      readonly payable: readonly Row[]
      readonly barred: readonly BarredRow[]
      readonly chosen: readonly BillId[]
      /** Bills and fees together. */
      readonly totalFen: Fen
      readonly feeFen: Fen
      /** `offline`: the list could not be brought up to date. */
      readonly bar: Bar | { readonly kind: 'offline' } | null
      readonly asOf: Instant
      readonly load: Extract<Load<Page<Bill>>, { status: 'ready' }>
      readonly toggle: (id: string) => void
      readonly chooseAll: () => void
      readonly clear: () => void
      readonly reload: () => Promise<void>
    }

export function useChoose(city: CityId): ChoosePage {
  const [due, reload] = useDueBills(city)
  const [accounts] = useAccounts(city)
  const [manifestLoad] = useManifest(city)
  const manifest = valueOf(manifestLoad)
  const intents = useWhileVisible(stores.journal, (journal) => journal.intents)
  const [selection, setSelection] = useState<readonly string[]>([])

  const bills = valueOf(due)?.items
  const owners = valueOf(accounts)?.items
  const { payable, barred } = useMemo(() => {
    const payable: Row[] = []
    const barred: BarredRow[] = []
    const nowMs = services.serverNow(city)
    for (const bill of sortBills(bills ?? [])) {
      const row = { bill, account: owners?.find(({ id }) => id === bill.accountId) ?? null }
      const because = barredBy(bill, { intents, manifest, nowMs })
      if (because === null) payable.push(row)
      else barred.push({ ...row, because })
    }
    return { payable, barred }
  }, [bills, owners, manifest, intents, city])

  const toggle = useCallback((id: string) => {
    setSelection((now) => (now.indexOf(id) >= 0 ? now.filter((other) => other !== id) : [...now, id]))
  }, [])
  if (due.status !== 'ready') return due.status === 'failed' ? { ...due, reload } : due

  // What was chosen may have been paid elsewhere since.
  const chosen = payable.map(({ bill }) => bill).filter(({ id }) => selection.indexOf(id) >= 0)
  const price = priceOf(
    chosen.map((bill) => ({ bill, amountFen: bill.amountFen })),
    manifest?.billers ?? [],
  )
  const isOld = due.refreshError !== undefined
  return {
    status: 'bills',
    payable,
    barred,
    chosen: chosen.map(({ id }) => id),
    totalFen: price.totalFen,
    feeFen: price.feeFen,
    bar: isOld ? { kind: 'offline' } : barOf(chosen.length, price, manifest, services.serverNow(city)),
    asOf: due.value.asOf,
    load: due,
    toggle,
    chooseAll: () => setSelection(payable.slice(0, mostBills).map(({ bill }) => bill.id)),
    clear: () => setSelection([]),
    reload,
  }
}
