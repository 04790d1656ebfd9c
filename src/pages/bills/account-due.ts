import type { Account } from '@/domain/account'
import { type Bill, payableFen, sortBills } from '@/domain/bill'
import type { Intent } from '@/domain/journal'
import type { Fen } from '@/domain/money'
import { billProgress, type PaymentProgress, withoutPaid } from '@/domain/standing'

/** An account and its open bills, as far as known. */
export interface AccountDue {
  readonly account: Account
  readonly payableFen: Fen
  /** How many are to be paid. */
  readonly count: number
  /** How a payment for the first one stands, when none is to be paid. */
  readonly progress: PaymentProgress | null
  /** The most urgent first, those with a payment under way last. */
  readonly bills: readonly Bill[]
}

/** Accounts by urgency: overdue, due soonest, under way, none known. */
export function inOrder(
  accounts: readonly Account[],
  bills: readonly Bill[],
  intents: readonly Intent[],
): AccountDue[] {
  const sorted = sortBills(bills)
  const rows = accounts.map((account) => {
    const own = sorted.filter((bill) => bill.accountId === account.id)
    const unpaid = withoutPaid(own, intents)
    const [first] = own
    return {
      account,
      bills: [...unpaid, ...own.filter((bill) => !unpaid.includes(bill))],
      count: unpaid.length,
      payableFen: payableFen(unpaid),
      progress: unpaid.length === 0 && first ? billProgress(first, intents) : null,
    }
  })
  const rank = ({ bills: [first] }: AccountDue) => (first ? sorted.indexOf(first) : sorted.length)
  return rows
    .map((row, index) => ({ row, index }))
    .sort((a, b) => rank(a.row) - rank(b.row) || a.index - b.index)
    .map(({ row }) => row)
}
