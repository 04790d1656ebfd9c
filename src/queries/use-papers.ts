import type { CityId, PaymentId } from '@/domain/ids'
import { services } from '@/services'
import { papersOf } from '@/services/papers'
import { useLoad } from './use-load'

/** The papers of a payment. Null: the city has none. */
export const usePapers = (city: CityId | null, payment: PaymentId) =>
  useLoad(city && [city, payment], services.of(papersOf).list)
