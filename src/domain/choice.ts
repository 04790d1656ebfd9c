import { type Bill, isPayable } from './bill'
import type { Intent } from './journal'
import { type Biller, billerOf, isAsleep, type Manifest, takesPayments } from './manifest'
import type { Fen } from './money'
import type { Price } from './price'
import { billProgress, type PaymentProgress } from './standing'

/** As many bills as one payment may hold. */
export const mostBills = 20

/** What stands against paying all that is chosen. */
export type Bar =
  | { readonly kind: 'read-only' | 'none-chosen' | 'too-many' }
  | { readonly kind: 'asleep'; readonly biller: Biller }
  | { readonly kind: 'above-limit'; readonly biller: Biller; readonly maxFen: Fen }

/** Null: nothing does. Without a manifest the city decides. `nowMs` is the server's time. */
export const barOf = (count: number, { shares }: Price, manifest: Manifest | null, nowMs: number): Bar | null => {
  if (manifest && !takesPayments(manifest)) return { kind: 'read-only' }
  if (count === 0) return { kind: 'none-chosen' }
  if (count > mostBills) return { kind: 'too-many' }
  const closed = shares.find(({ biller }) => isAsleep(biller, nowMs))
  if (closed) return { kind: 'asleep', biller: closed.biller }
  const over = shares.find(({ isOverLimit }) => isOverLimit)
  return over ? { kind: 'above-limit', biller: over.biller, maxFen: over.biller.paying?.maxFen ?? 0 } : null
}

/** Why a bill cannot be chosen beside others, where the city does not explain it itself. */
export type BarredBy = PaymentProgress | 'asleep' | 'confirm-first' | 'top-up' | 'above-limit' | 'status'

/** Null: it can be chosen. `nowMs` is the server's time. */
export const barredBy = (
  bill: Bill,
  { intents, manifest, nowMs }: { intents: readonly Intent[]; manifest: Manifest | null; nowMs: number },
): BarredBy | null => {
  const progress = billProgress(bill, intents)
  if (progress) return progress
  const biller = manifest && billerOf(manifest, bill.billerId)
  if (biller && isAsleep(biller, nowMs)) return 'asleep'
  if (bill.decision?.confirmed === false) return 'confirm-first'
  if (bill.status === 'top-up') return 'top-up'
  if (!isPayable(bill)) return 'status'
  const maxFen = biller?.paying?.maxFen
  return maxFen && bill.amountFen > maxFen ? 'above-limit' : null
}
