import type { Account } from '@/domain/account'

import { type Bill, payableRange } from '@/domain/bill'
import type { Strong } from '@/domain/consistency'
import type { AccountId, CityId } from '@/domain/ids'
import { type Biller, billerOf, type Manifest } from '@/domain/manifest'
import { type Fen, sumFen } from '@/domain/money'
import type { Wanted } from '@/pages/routes'
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
export async function readFacts(city: CityId, wanted: readonly Wanted[]): Promise<Facts> {
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
function lineOf(bill: Strong<Bill>, account: Account, manifest: Manifest, { amountFen }: Wanted): Line {
  const line = { bill, account, biller: billerOf(manifest, bill.billerId), isWholeInstead: false, leftOut: null }
  const range = payableRange(bill)
  if (!range) return { ...line, amountFen: 0, isChosen: false, leftOut: whyNot(bill) }
  const fits = amountFen !== undefined && amountFen >= range.minFen && amountFen <= range.maxFen
  if (bill.status === 'top-up')
    return { ...line, amountFen: fits ? amountFen : 0, isChosen: true, leftOut: fits ? null : 'no-amount' }
  const isPart = fits && amountFen !== bill.amountFen
  if (isPart) return { ...line, amountFen, isChosen: true }
  return { ...line, amountFen: bill.amountFen, isChosen: false, isWholeInstead: amountFen !== undefined && !fits }
}

function whyNot({ status }: Bill): LeftOut {
  if (status === 'paying') return 'paying-other'
  return status === 'not-payable' || status === 'top-up' ? 'not-payable' : 'settled'
}

/** The part of a payment that one biller gets, with what it asks for it. */
export interface Share {
  readonly biller: Biller
  readonly billsFen: Fen
  readonly feeFen: Fen
  /** More than the biller takes at a time. */
  readonly isOverLimit: boolean
}

/** What the wallet would pay. A fee is taken once for each biller, however many of its bills there are. */
export interface Price {
  readonly billsFen: Fen
  readonly feeFen: Fen
  readonly totalFen: Fen
  readonly shares: readonly Share[]
}

export function priceOf(lines: readonly Line[]): Price {
  const billers = lines.flatMap(({ biller }) => biller ?? [])
  const shares = billers
    .filter((one, at) => billers.findIndex(({ id }) => id === one.id) === at)
    .map((biller): Share => {
      const billsFen = sumFen(lines.filter(({ bill }) => bill.billerId === biller.id).map(({ amountFen }) => amountFen))
      const { feeFen = 0, maxFen } = biller.paying ?? {}
      return { biller, billsFen, feeFen, isOverLimit: maxFen !== undefined && billsFen > maxFen }
    })
  const billsFen = sumFen(lines.map(({ amountFen }) => amountFen))
  const feeFen = sumFen(shares.map((share) => share.feeFen))
  return { billsFen, feeFen, totalFen: sumFen([billsFen, feeFen]), shares }
}
