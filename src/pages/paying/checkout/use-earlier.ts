import { useDidShow } from '@tarojs/taro'
import { type RefObject, useCallback, useEffect, useMemo, useState } from 'react'
import type { BillId, CityId } from '@/domain/ids'
import { type Intent, openIntents } from '@/domain/journal'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { stores } from '@/stores'
import { reconcileIntent } from '@/stores/reconcile'

const openFor = (intents: readonly Intent[], city: CityId, bills: readonly BillId[]): Intent[] =>
  openIntents(intents).filter(
    (intent) => intent.cityId === city && intent.bills.some(({ billId }) => bills.includes(billId)),
  )

/**
 * The earlier intents for these bills whose end nobody has seen. Their city is asked about them on mount and on every show,
 * before anything else is offered; not while this page itself is at it (`isPlacing`).
 */
export function useEarlier(city: CityId, bills: readonly BillId[], isPlacing: RefObject<boolean>) {
  const intents = useWhileVisible(stores.journal, (journal) => journal.intents)
  const open = useMemo(() => openFor(intents, city, bills), [intents, city, bills])
  const [isSettling, setSettling] = useState(open.length > 0)
  const check = useCallback(async () => {
    if (isPlacing.current) return
    const now = openFor(stores.journal.getState().intents, city, bills)
    setSettling(now.length > 0)
    if (now.length === 0) return
    await Promise.all(now.map(({ key }) => reconcileIntent(key)))
    setSettling(false)
  }, [city, bills, isPlacing])
  useEffect(() => {
    void check()
  }, [check])
  useDidShow(() => void check())
  return { open, isSettling, check }
}
