import { useMemo, useRef } from 'react'
import { type Bill, payableFen } from '@/domain/bill'
import type { CityId } from '@/domain/ids'
import type { Fen } from '@/domain/money'
import { withoutPaid } from '@/domain/standing'
import type { Instant } from '@/domain/time'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { readAccounts } from '@/queries/use-accounts'
import { cachedDueBills, readDueBills } from '@/queries/use-bills'
import { useLoad } from '@/queries/use-load'
import { type Page, services } from '@/services'
import { type City, findCity, isOpen } from '@/services/cities'
import { stores } from '@/stores'
import { type AccountDue, inOrder } from './account-due'

/** The accounts of a city that is not the present one. */
export interface Elsewhere {
  readonly city: City
  readonly rows: readonly AccountDue[]
  /** There are more accounts or bills than were read. */
  readonly isPart: boolean
  /** Null when it is not known: that is not "nothing due". */
  readonly totalFen: Fen | null
  /** Set when refreshing it failed. */
  readonly oldAsOf: Instant | null
  /** The city has just responded. */
  readonly isAnswered: boolean
}

const cachedOf = (id: CityId, isOld: boolean): Elsewhere | null => {
  const city = findCity(id)
  const accounts = services.accounts.cachedList(id)
  if (!city || !accounts || accounts.value.items.length === 0) return null
  const due = cachedDueBills(id)
  return {
    ...elsewhereOf(city, accounts.value, due?.value ?? null),
    oldAsOf: isOld ? accounts.asOf : null,
    isAnswered: false,
  }
}

const elsewhereOf = (city: City, accounts: Page<AccountDue['account']>, due: Page<Bill> | null): Elsewhere => ({
  city,
  rows: inOrder(accounts.items, due?.items ?? [], stores.journal.getState().intents),
  isPart: accounts.next !== null || (due !== null && due.next !== null),
  // Of a part there is no total.
  totalFen: due && due.next === null ? payableFen(withoutPaid(due.items, stores.journal.getState().intents)) : null,
  oldAsOf: null,
  isAnswered: due !== null,
})

/** One request for a city without accounts, two for one with them. */
async function read(id: CityId): Promise<Elsewhere | null> {
  const city = findCity(id)
  if (!city) return null
  try {
    const accounts = await readAccounts(id)
    if (accounts.items.length === 0) return null
    const due = await readDueBills(id).catch(() => null)
    return elsewhereOf(city, accounts, due)
  } catch {
    // A city without any response so far is shown as failed, not as one without accounts.
    return services.accounts.cachedList(id)
      ? cachedOf(id, true)
      : { city, rows: [], isPart: false, totalFen: null, oldAsOf: null, isAnswered: false }
  }
}

/**
 * The citizen's accounts in other cities of their choice. The cached ones are shown at once; the cities are read once the present
 * one has responded, and those without an account not again on this page.
 */
export function useElsewhere(current: CityId | null, isReady: boolean): [readonly Elsewhere[], () => Promise<void>] {
  const recents = useWhileVisible(stores.city, (state) => state.recents)
  const ids = useMemo(() => recents.filter((id) => id !== current && isOpen(id)), [recents, current])
  const cached = useMemo(() => ids.map((id) => cachedOf(id, false)), [ids])
  const without = useRef(new Set<CityId>())
  // Accounts are added to the present city.
  if (current !== null) without.current.delete(current)
  const [first, ...others] = ids
  const [load, reload] = useLoad(isReady && first ? [first, ...others] : null, (...ids) =>
    Promise.all(
      ids
        .filter((id) => !without.current.has(id))
        .map(async (id) => {
          const found = await read(id)
          if (found === null) without.current.add(id)
          return found
        }),
    ),
  )
  const found = load.status === 'ready' ? load.value : cached
  return [found.filter((one): one is Elsewhere => one !== null && ids.indexOf(one.city.id) >= 0), reload]
}
