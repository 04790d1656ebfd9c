import { useMemo } from 'react'
import type { CityId } from '@/domain/ids'
import type { PaymentSummary } from '@/domain/payment'
import { dayOf, type Instant, msOf } from '@/domain/time'
import type { Load } from '@/queries/use-load'
import { usePayments } from '@/queries/use-payments'
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

/** Payments by the month of their creation, in Shanghai time; newest first, as they come. */
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

export function usePaymentsPage(city: CityId): PaymentsPage {
  const { load, items, hasMore, moreError, readMore, reload } = usePayments(city)
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
