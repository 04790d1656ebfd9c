import { useCallback, useMemo, useState } from 'react'
import type { Account } from '@/domain/account'
import { type Bill, type History, type Lookup, sortBills } from '@/domain/bill'
import type { AccountId, CityId } from '@/domain/ids'
import { type Biller, billerOf, type Manifest, takesMandates } from '@/domain/manifest'
import type { Instant } from '@/domain/time'
import { normalise } from '@/domain/typed'
import { useIntent } from '@/lifecycle/use-intent'
import { platform } from '@/platform'
import { useAccount } from '@/queries/use-accounts'
import { useAccountBills, useHistory, useLookup } from '@/queries/use-bills'
import { type Load, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { services } from '@/services'
import { asServiceError, type ServiceError } from '@/services/errors'

export interface Listed {
  /** Not settled, as last read: shown when the biller itself cannot be asked. */
  readonly open: readonly Bill[]
  readonly settled: readonly Bill[]
  readonly asOf: Instant
  readonly load: Load<unknown>
  /** Earlier ones are in the list of all bills. */
  readonly hasMore: boolean
}

export type AccountPage =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: ServiceError; readonly reload: () => Promise<void> }
  | {
      readonly status: 'unbound'
      readonly account: Account
      readonly undoUntil: Instant
      readonly error: ServiceError | null
      readonly undo: () => Promise<void>
    }
  | {
      readonly status: 'account'
      readonly account: Account
      readonly biller: Biller | null
      readonly lookup: Load<Lookup>
      readonly lookUp: () => Promise<void>
      readonly history: Load<History>
      readonly reloadHistory: () => Promise<void>
      readonly listed: Listed | null
      readonly listError: ServiceError | null
      readonly reloadList: () => Promise<void>
      /** Resolves to what went wrong, or null. */
      readonly rename: (nickname: string) => Promise<ServiceError | null>
      readonly unbind: () => Promise<ServiceError | null>
      /** The messages that the citizen allowed at the host; none revokes. Resolves to what went wrong, or null. */
      readonly remind: (templates: readonly string[]) => Promise<ServiceError | null>
      /** Those that the host can ask for here. */
      readonly templates: readonly string[]
      /** The city brings new bills, or collects them. */
      readonly hasMandates: boolean
    }

/** Hosts take three at once. */
function templatesOf({ messages = {} }: Manifest): readonly string[] {
  return platform.messages ? (messages[platform.messages.templatesOf] ?? []).slice(0, 3) : []
}

interface Unbound {
  readonly undoUntil: Instant
  readonly error: ServiceError | null
}

export function useAccountPage(city: CityId, id: AccountId): AccountPage {
  const [manifest] = useManifest(city)
  const [load, reload] = useAccount(city, id)
  const [lookup, lookUp] = useLookup(city, id)
  const [list, reloadList] = useAccountBills(city, id)
  const [history, reloadHistory] = useHistory(city, id)
  const [changed, setChanged] = useState<Account | null>(null)
  const [unbound, setUnbound] = useState<Unbound | null>(null)

  const rename = useCallback(
    async (nickname: string) => {
      try {
        setChanged(await services.accounts.change(city, id, { nickname: normalise('line', nickname) }))
        return null
      } catch (thrown) {
        return asServiceError(thrown)
      }
    },
    [city, id],
  )
  const remind = useCallback(
    async (templates: readonly string[]) => {
      try {
        setChanged(await services.accounts.remind(city, id, templates))
        return null
      } catch (thrown) {
        return asServiceError(thrown)
      }
    },
    [city, id],
  )
  const unbind = useCallback(async () => {
    try {
      const { undoUntil } = await services.accounts.unbind(city, id)
      setUnbound({ undoUntil, error: null })
      return null
    } catch (thrown) {
      return asServiceError(thrown)
    }
  }, [city, id])
  const undoIntent = useIntent()
  const undo = useCallback(async () => {
    try {
      setChanged(await services.accounts.restore(city, id, undoIntent.keyOf(id)))
      undoIntent.end()
      setUnbound(null)
      await Promise.all([reload(), lookUp(), reloadList()])
    } catch (thrown) {
      setUnbound((now) => now && { ...now, error: asServiceError(thrown) })
    }
  }, [city, id, reload, lookUp, reloadList, undoIntent])

  const listed = useMemo<Listed | null>(() => {
    if (list.status !== 'ready') return null
    const { items, next, asOf } = list.value
    return {
      open: sortBills(items.filter((bill) => bill.status !== 'settled')),
      settled: sortBills(items.filter((bill) => bill.status === 'settled')),
      asOf,
      load: list,
      hasMore: next !== null,
    }
  }, [list])

  const account = changed?.id === id ? changed : valueOf(load)
  if (unbound && account) return { status: 'unbound', account, ...unbound, undo }
  if (account === null)
    return load.status === 'failed' ? { status: 'failed', error: load.error, reload } : { status: 'loading' }
  const known = valueOf(manifest)
  return {
    status: 'account',
    account,
    biller: known && billerOf(known, account.billerId),
    lookup,
    lookUp,
    history,
    reloadHistory,
    listed,
    listError: list.status === 'failed' ? list.error : null,
    reloadList,
    rename,
    unbind,
    remind,
    templates: known ? templatesOf(known) : [],
    hasMandates: known !== null && takesMandates(known, account.kind),
  }
}
