import { useMemo } from 'react'
import type { Bill } from '@/domain/bill'
import { withoutPaid } from '@/domain/standing'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { stores } from '@/stores'

/** Those of a list that have to be paid, by what this phone has noted since the list was made. */
export function useUnpaid(bills: readonly Bill[]): readonly Bill[] {
  const intents = useWhileVisible(stores.journal, (journal) => journal.intents)
  return useMemo(() => withoutPaid(bills, intents), [bills, intents])
}
