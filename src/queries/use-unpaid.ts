import { useMemo } from 'react'
import type { Bill } from '@/domain/bill'
import { withoutPaid } from '@/domain/standing'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { stores } from '@/stores'

/** The bills of a list that are still to be paid, by this phone's journal. */
export function useUnpaid(bills: readonly Bill[]): readonly Bill[] {
  const intents = useWhileVisible(stores.journal, (journal) => journal.intents)
  return useMemo(() => withoutPaid(bills, intents), [bills, intents])
}
