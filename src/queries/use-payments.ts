import type { CityId, PaymentId, ReceiptId } from '@/domain/ids'
import { services } from '@/services'
import { receiptsOf } from '@/services/receipts'
import { useList } from './use-list'
import { useLoad } from './use-load'

/** Payments of a city, newest first, page by page. */
export const usePayments = (city: CityId) => useList([city], services.payments.list, services.payments.cachedList)

/** Null `payment`: there is none to read. */
export const usePayment = (city: CityId, payment: PaymentId | null) =>
  useLoad(payment && [city, payment], services.payments.get)

export const useReceipt = (city: CityId, receipt: ReceiptId) =>
  useLoad([city, receipt], services.of(receiptsOf).get, services.of(receiptsOf).cached)
