import { useDidShow } from '@tarojs/taro'
import { type RefObject, useCallback, useEffect, useMemo, useState } from 'react'
import type { BillId, CityId } from '@/domain/ids'
import { type JournalEntry, openEntries } from '@/domain/journal'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { stores } from '@/stores'
import { reconcileEntry } from '@/stores/reconcile'

const openFor = (entries: readonly JournalEntry[], city: CityId, bills: readonly BillId[]): JournalEntry[] =>
  openEntries(entries).filter(
    (entry) => entry.cityId === city && entry.bills.some(({ billId }) => bills.includes(billId)),
  )

/**
 * The earlier intents for these bills whose end nobody has seen. Their city is asked about them on mount and on every show,
 * before anything else is offered; not while this page itself is at it (`isPlacing`).
 */
export function useEarlier(city: CityId, bills: readonly BillId[], isPlacing: RefObject<boolean>) {
  const entries = useWhileVisible(stores.journal, (journal) => journal.entries)
  const open = useMemo(() => openFor(entries, city, bills), [entries, city, bills])
  const [isSettling, setSettling] = useState(open.length > 0)
  const check = useCallback(async () => {
    if (isPlacing.current) return
    const now = openFor(stores.journal.getState().entries, city, bills)
    setSettling(now.length > 0)
    if (now.length === 0) return
    await Promise.all(now.map(({ key }) => reconcileEntry(key)))
    setSettling(false)
  }, [city, bills, isPlacing])
  useEffect(() => {
    void check()
  }, [check])
  useDidShow(() => void check())
  return { open, isSettling, check }
}
