import type { Account } from '@/domain/account'
import { type Bill, payableFen, sortBills } from '@/domain/bill'
import type { Fen } from '@/domain/money'

/** An account and what is known to be open on it. */
export interface AccountDue {
  readonly account: Account
  readonly payableFen: Fen
  /** The most urgent first; empty when none is known. */
  readonly bills: readonly Bill[]
}

/** Accounts in the order in which they want to be dealt with: overdue, due soonest, under way, none known. */
export function inOrder(accounts: readonly Account[], bills: readonly Bill[]): AccountDue[] {
  const sorted = sortBills(bills)
  const rows = accounts.map((account) => {
    const own = sorted.filter((bill) => bill.accountId === account.id)
    return { account, bills: own, payableFen: payableFen(own) }
  })
  const place = ({ bills: [first] }: AccountDue) => (first ? sorted.indexOf(first) : sorted.length)
  return rows
    .map((row, index) => ({ row, index }))
    .sort((a, b) => place(a.row) - place(b.row) || a.index - b.index)
    .map(({ row }) => row)
}
