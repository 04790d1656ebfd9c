import { useCallback, useMemo, useState } from 'react'
import type { Account } from '@/domain/account'
import { type Bill, isPayable, sortBills } from '@/domain/bill'
import type { BillId, CityId } from '@/domain/ids'
import { type Biller, billerOf, hasFeature, isAsleep, type Manifest, takesActions } from '@/domain/manifest'
import type { Fen } from '@/domain/money'
import { type Price, priceOf } from '@/domain/price'
import { billLine, type Line } from '@/domain/standing'
import type { Instant } from '@/domain/time'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { readAll } from '@/queries/read-all'
import { readDue } from '@/queries/read-due'
import { type Load, useLoad, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { mostBills } from '@/routes'
import { type Page, services } from '@/services'
import type { ServiceError } from '@/services/errors'
import { stores } from '@/stores'

export interface Row {
  readonly bill: Bill
  readonly account: Account | null
}

/** Why a bill cannot be chosen, where the city's own words do not say it. */
export type Barred = Row & { readonly because: Line | 'asleep' | 'confirm-first' | 'top-up' | 'above-limit' | 'status' }

/** What stands against paying what is chosen. */
export type Bar =
  | { readonly bar: 'none-chosen' | 'too-many' | 'read-only' | 'offline' }
  | { readonly bar: 'above-limit'; readonly biller: Biller; readonly maxFen: Fen }

export type ChoosePage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | {
      readonly status: 'bills'
      readonly payable: readonly Row[]
      readonly barred: readonly Barred[]
      readonly chosen: readonly BillId[]
      /** Bills and fees together. */
      readonly totalFen: Fen
      readonly feeFen: Fen
      readonly bar: Bar | null
      readonly asOf: Instant
      readonly load: Extract<Load<Page<Bill>>, { status: 'ready' }>
      readonly toggle: (id: string) => void
      readonly chooseAll: () => void
      readonly clear: () => void
      readonly reload: () => Promise<void>
    }

const barOf = (count: number, { shares }: Price, manifest: Manifest | null): Bar | null => {
  if (manifest && !(takesActions(manifest) && hasFeature(manifest, 'payments'))) return { bar: 'read-only' }
  if (count === 0) return { bar: 'none-chosen' }
  if (count > mostBills) return { bar: 'too-many' }
  const over = shares.find(({ isOverLimit }) => isOverLimit)
  return over ? { bar: 'above-limit', biller: over.biller, maxFen: over.biller.paying?.maxFen ?? 0 } : null
}

export function useChoose(city: CityId): ChoosePage {
  const [due, reload] = useLoad(
    city,
    () => readDue(city),
    () => services.bills.keptList(city, { due: true }),
  )
  const [accounts] = useLoad(
    city,
    () => readAll((cursor) => services.accounts.list(city, cursor)),
    () => services.accounts.keptList(city),
  )
  const [manifestLoad] = useManifest(city)
  const manifest = valueOf(manifestLoad)
  const intents = useWhileVisible(stores.journal, (journal) => journal.intents)
  const [wanted, setWanted] = useState<readonly string[]>([])

  const bills = valueOf(due)?.items
  const owners = valueOf(accounts)?.items
  const { payable, barred } = useMemo(() => {
    const payable: Row[] = []
    const barred: Barred[] = []
    const now = services.serverNow(city)
    const isClosed = ({ billerId }: Bill) => {
      const biller = manifest && billerOf(manifest, billerId)
      return biller !== null && isAsleep(biller, now)
    }
    for (const bill of sortBills(bills ?? [])) {
      const row = { bill, account: owners?.find(({ id }) => id === bill.accountId) ?? null }
      const limitFen = manifest && billerOf(manifest, bill.billerId)?.paying?.maxFen
      const line = billLine(bill, intents)
      const because = line
        ? line
        : isClosed(bill)
          ? 'asleep'
          : bill.decision?.confirmed === false
            ? 'confirm-first'
            : bill.status === 'top-up'
              ? 'top-up'
              : !isPayable(bill)
                ? 'status'
                : limitFen && bill.amountFen > limitFen
                  ? 'above-limit'
                  : null
      if (because === null) payable.push(row)
      else barred.push({ ...row, because })
    }
    return { payable, barred }
  }, [bills, owners, manifest, intents, city])

  const toggle = useCallback((id: string) => {
    setWanted((now) => (now.indexOf(id) >= 0 ? now.filter((other) => other !== id) : [...now, id]))
  }, [])
  if (due.status !== 'ready') return due.status === 'failed' ? { ...due, reload } : due

  // What was chosen may have been paid elsewhere since.
  const chosen = payable.map(({ bill }) => bill).filter(({ id }) => wanted.indexOf(id) >= 0)
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
    bar: isOld ? { bar: 'offline' } : barOf(chosen.length, price, manifest),
    asOf: due.value.asOf,
    load: due,
    toggle,
    chooseAll: () => setWanted(payable.slice(0, mostBills).map(({ bill }) => bill.id)),
    clear: () => setWanted([]),
    reload,
  }
}
