import { type Bill, isBeingPaid, payableRange } from './bill'
import type { PaymentId } from './ids'
import { type Intent, openIntentsOfBills } from './journal'
import { type VerifiedLevel, verifiable } from './level'
import { billerOf, isAsleep, type Manifest, takesPayments } from './manifest'
import type { Fen } from './money'

/** The one thing to do with a bill now. */
export type BillStep =
  /** `all`: the whole of it fits into one payment. `part`: an amount may be chosen. */
  | {
      readonly kind: 'pay' | 'top-up'
      readonly all: boolean
      readonly part: boolean
      readonly minFen: Fen
      readonly maxFen: Fen
    }
  /** The decision behind it must be confirmed first. */
  | { readonly kind: 'confirm' }
  /** Only whom the city knows so far may read and confirm the decision. */
  | { readonly kind: 'verify'; readonly level: VerifiedLevel }
  /** A payment of this citizen covers it: it is shown, whatever else is true. */
  | { readonly kind: 'see-payment'; readonly payment: PaymentId; readonly because: 'open' | 'paying' | 'settled' }
  /** A request to pay it was sent and got no response; its payment is being looked for. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'nothing'; readonly because: NothingBecause }

export type NothingBecause =
  | 'paying-other'
  | 'settled-other'
  | 'not-payable'
  | 'cached-only'
  | 'read-only'
  | 'above-limit'
  | 'asleep'

/**
 * Decides it. `intents` are this phone's; a `manifest` that is not known (null) bars nothing; `isCached`: the bill is a
 * cached copy; `nowMs` is the server's time.
 */
export const billStep = (
  bill: Bill,
  {
    intents,
    manifest,
    isCached,
    nowMs,
  }: { intents: readonly Intent[]; manifest: Manifest | null; isCached: boolean; nowMs: number },
): BillStep => {
  const [open] = openIntentsOfBills(intents, bill.cityId, [bill.id])
  if (open && open.paymentId === undefined) return { kind: 'wait' }
  if (open?.paymentId !== undefined) return { kind: 'see-payment', payment: open.paymentId, because: 'open' }
  if (bill.payment !== undefined && isBeingPaid(bill))
    return { kind: 'see-payment', payment: bill.payment.id, because: 'open' }
  if (bill.paymentId !== undefined && (bill.status === 'paying' || bill.status === 'settled'))
    return { kind: 'see-payment', payment: bill.paymentId, because: bill.status }
  const nothing = (because: NothingBecause): BillStep => ({ kind: 'nothing', because })
  if (bill.status === 'paying') return nothing('paying-other')
  if (bill.status === 'settled') return nothing('settled-other')
  if (bill.status === 'unlisted') return nothing('not-payable')
  const range = payableRange(bill)
  const toConfirm = bill.decision?.confirmed === false
  if (range === null && !toConfirm) return nothing('not-payable')
  if (isCached) return nothing('cached-only')
  if (manifest && !takesPayments(manifest)) return nothing('read-only')
  const biller = manifest && billerOf(manifest, bill.billerId)
  if (biller && isAsleep(biller, nowMs)) return nothing('asleep')
  const level = verifiable(bill.decision?.level)
  if (toConfirm && level !== null) return { kind: 'verify', level }
  if (range === null || toConfirm) return { kind: 'confirm' }
  const { minFen } = range
  const maxFen = Math.min(range.maxFen, biller?.paying?.maxFen ?? Number.MAX_SAFE_INTEGER)
  if (maxFen < minFen) return nothing('above-limit')
  const isTopUp = bill.status === 'top-up'
  const all = !isTopUp && bill.amountFen <= maxFen
  return { kind: isTopUp ? 'top-up' : 'pay', all, part: minFen < maxFen || !all, minFen, maxFen }
}

/** What is wrong with a typed amount; null when it may be paid. `amountFen` is null when what was typed is no amount. */
export const amountProblem = (
  { minFen, maxFen }: Extract<BillStep, { kind: 'pay' | 'top-up' }>,
  amountFen: Fen | null,
): 'not-an-amount' | 'too-low' | 'too-high' | null => {
  if (amountFen === null) return 'not-an-amount'
  if (amountFen < minFen) return 'too-low'
  return amountFen > maxFen ? 'too-high' : null
}
