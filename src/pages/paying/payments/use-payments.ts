import { useMemo } from 'react'
import type { CityId } from '@/domain/ids'
import type { PaymentSummary } from '@/domain/payment'
import { dayOf, type Instant, msOf } from '@/domain/time'
import { useList } from '@/queries/use-list'
import type { Load } from '@/queries/use-load'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'

export interface Month {
  readonly year: number
  readonly month: number
  readonly payments: readonly PaymentSummary[]
}

export type PaymentsPage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | { readonly status: 'none'; readonly load: Load<unknown>; readonly reload: () => Promise<void> }
  | {
      readonly status: 'payments'
      readonly months: readonly Month[]
      readonly asOf: Instant
      readonly hasMore: boolean
      readonly moreFailed: boolean
      readonly readMore: () => Promise<void>
      readonly reload: () => Promise<void>
    }

/** Payments by the month, in Shanghai, in which they were begun. They come newest first and stay so. */
export function byMonth(payments: readonly PaymentSummary[]): Month[] {
  const months: { year: number; month: number; payments: PaymentSummary[] }[] = []
  for (const payment of payments) {
    const [year = 0, month = 0] = dayOf(msOf(payment.createdAt)).split('-').map(Number)
    const last = months[months.length - 1]
    if (last && last.year === year && last.month === month) last.payments.push(payment)
    else months.push({ year, month, payments: [payment] })
  }
  return months
}

export function usePayments(city: CityId): PaymentsPage {
  const { load, items, hasMore, moreError, readMore, reload } = useList(
    city,
    (cursor) => services.payments.list(city, cursor),
    () => services.payments.keptList(city),
  )
  const months = useMemo(() => byMonth(items), [items])
  if (load.status === 'loading') return { status: 'loading' }
  if (load.status === 'failed') return { status: 'failed', error: load.error, reload }
  if (items.length === 0) return { status: 'none', load, reload }
  return {
    status: 'payments',
    months,
    asOf: load.value.asOf,
    hasMore,
    moreFailed: moreError !== null,
    readMore,
    reload,
  }
}
