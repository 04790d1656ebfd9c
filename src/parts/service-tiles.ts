import type { GridItem } from '@/components/grid'
import type { Account } from '@/domain/account'
import { type Bill, isPayable } from '@/domain/bill'
import type { BillKind } from '@/domain/bill-kind'
import { type BillerId, type CityId, readId } from '@/domain/ids'
import { hasFeature, type Manifest, takesActions } from '@/domain/manifest'
import { routes, tabs } from '@/routes'
import { billIcon } from './bill-kinds'

interface Words {
  kinds: Record<BillKind, string>
  book: string
  halls: string
  payments: string
  paused: string
  dueCount: (count: number) => string
}

/**
 * The city's services by its manifest: a tile for each kind of bill, then visits. Its id tells where it leads:
 * `kind:electricity:hz-electricity`, `book`, `halls`, `payments`.
 */
export function serviceTiles(manifest: Manifest, t: Words, due: readonly Bill[] = []): GridItem[] {
  const tiles: GridItem[] = []
  const paused = takesActions(manifest) ? undefined : t.paused
  if (hasFeature(manifest, 'accounts'))
    for (const biller of manifest.billers) {
      // Unlisted kinds may differ from each other: each biller has its own tile then, with its name.
      const isUnlisted = biller.kind === 'unlisted'
      if (!isUnlisted && tiles.some((tile) => tile.id.startsWith(`kind:${biller.kind}:`))) continue
      const isOf = (bill: Bill) => (isUnlisted ? bill.billerId === biller.id : bill.kind === biller.kind)
      const count = due.filter((bill) => isOf(bill) && isPayable(bill)).length
      tiles.push({
        id: `kind:${biller.kind}:${biller.id}`,
        icon: billIcon[biller.kind],
        label: isUnlisted ? biller.name : t.kinds[biller.kind],
        note: count > 0 ? t.dueCount(count) : undefined,
        noteTone: 'warn',
      })
    }
  if (hasFeature(manifest, 'appointments')) {
    tiles.push({ id: 'book', icon: 'calendar-check', label: t.book, note: paused })
    tiles.push({ id: 'halls', icon: 'building', label: t.halls })
  }
  if (hasFeature(manifest, 'payments')) tiles.push({ id: 'payments', icon: 'history', label: t.payments })
  return tiles
}

/**
 * Where a tile leads. A kind of bill leads to its account when one is bound, to the bills when several are, and to binding
 * one when none is; `accounts` are the cached ones.
 */
export function targetOf(
  id: string,
  city: CityId,
  accounts: readonly Pick<Account, 'id' | 'kind' | 'billerId'>[],
): string {
  const [what, kind, biller] = id.split(':')
  if (what === 'book') return routes.find({ city })
  if (what === 'halls') return routes.halls({ city })
  if (what === 'payments') return routes.payments({ city })
  const [first, ...others] = accounts.filter((account) =>
    kind === 'unlisted' ? account.billerId === biller : account.kind === kind,
  )
  if (first) return others.length > 0 ? tabs.bills : routes.account({ city, account: first.id })
  return routes.bind({ city, biller: readId<BillerId>(biller) ?? undefined })
}
