import type { Payment, PaymentBill, Recall } from './payment'
import { isPast } from './time'

/** What asking for a bill's money back means now: it `stops`, or the biller `decides`. Null where there is nothing to ask for. */
const chances: Readonly<Record<PaymentBill['outcome'], 'stops' | 'decides' | null>> = {
  open: 'stops',
  credited: 'decides',
  'not-credited': null,
  refunded: null,
  unlisted: null,
}

/** The bills of a payment whose money can be asked back, once each, and how that stands. Only of one that is paid. */
export const recallable = ({ paidAt, bills }: Payment): { bill: PaymentBill; chance: 'stops' | 'decides' }[] =>
  paidAt === undefined
    ? []
    : bills.flatMap((bill) => {
        const chance = bill.recall ? null : chances[bill.outcome]
        return chance === null ? [] : [{ bill, chance }]
      })

/** The biller has not decided by the date that was promised: people have to ask. */
export const isRecallLate = ({ state, decideBy }: Recall, serverNowMs: number): boolean =>
  state === 'asked' && decideBy !== undefined && isPast(decideBy, serverNowMs)
