import type { Account } from '@/domain/account'

import type { Bill } from '@/domain/bill'
import type { Strong } from '@/domain/consistency'
import type { AccountId, CityId } from '@/domain/ids'
import { type Biller, billerOf, type Manifest } from '@/domain/manifest'
import type { Fen } from '@/domain/money'
import { amountChoice } from '@/domain/price'
import type { BillSelection } from '@/routes'
import { services } from '@/services'

/** Why a bill is not part of the payment. */
export type LeftOut = 'settled' | 'paying-other' | 'not-payable' | 'no-amount'

/** A bill of the link as it is now, and what of it would be paid. */
export interface Line {
  readonly bill: Strong<Bill>
  readonly account: Account
  readonly biller: Biller | null
  readonly amountFen: Fen
  /** A part or a top-up: the city must be told the amount. */
  readonly isChosen: boolean
  /** A part was asked for, but the bill takes none: it is the whole now. */
  readonly isWholeInstead: boolean
  readonly leftOut: LeftOut | null
}

/** The bills of a link, with what is known of their city. */
export interface Facts {
  readonly lines: readonly Line[]
  readonly manifest: Manifest
}

/** Hosts send ten requests at a time and refuse or queue the rest. */
const together = 6

async function inTurns<A, B>(things: readonly A[], read: (thing: A) => Promise<B>): Promise<B[]> {
  const all: B[] = []
  for (let at = 0; at < things.length; at += together)
    all.push(...(await Promise.all(things.slice(at, at + together).map(read))))
  return all
}

/** Bills from their billers, accounts and manifest, all as they are now. */
export async function readFacts(city: CityId, wanted: readonly BillSelection[]): Promise<Facts> {
  const [bills, manifest] = await Promise.all([
    inTurns(wanted, ({ bill }) => services.bills.get(city, bill)),
    services.manifest.get(city),
  ])
  const ids = Array.from(new Set<AccountId>(bills.map(({ accountId }) => accountId)))
  const accounts = await inTurns(ids, (id) => services.accounts.get(city, id))
  const lines = bills.flatMap((bill, at) => {
    const account = accounts.find(({ id }) => id === bill.accountId)
    const wish = wanted[at]
    return account && wish ? [lineOf(bill, account, manifest, wish)] : []
  })
  return { lines, manifest }
}

/** What can be paid of a bill. The link proposed an amount; the bill decides. */
function lineOf(bill: Strong<Bill>, account: Account, manifest: Manifest, { amountFen }: BillSelection): Line {
  const line = { bill, account, biller: billerOf(manifest, bill.billerId), leftOut: null }
  const made = amountChoice(bill, amountFen)
  switch (made.choice) {
    case 'whole':
    case 'no-parts':
      return { ...line, amountFen: made.amountFen, isChosen: false, isWholeInstead: made.choice === 'no-parts' }
    case 'part':
    case 'top-up':
      return { ...line, amountFen: made.amountFen, isChosen: true, isWholeInstead: false }
    default: {
      const leftOut = made.choice === 'nothing' ? whyNot(bill) : 'no-amount'
      return { ...line, amountFen: 0, isChosen: false, isWholeInstead: false, leftOut }
    }
  }
}

function whyNot({ status }: Bill): LeftOut {
  if (status === 'paying') return 'paying-other'
  return status === 'not-payable' || status === 'top-up' ? 'not-payable' : 'settled'
}
