import { useState } from 'react'
import { openIntents } from '@/domain/journal'
import { countKept, type KeptKind, keptKind, keptKinds } from '@/domain/kept'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { platform } from '@/platform'
import { stores } from '@/stores'

export interface PhonePage {
  readonly kept: readonly { readonly kind: KeptKind; readonly count: number }[]
  /** Payments without a result: their notes stay, whatever is cleared. */
  readonly openPayments: number
  /** Without a kind, all. */
  readonly clear: (kind?: KeptKind) => void
}

/** What the phone keeps, as it is now. */
export function usePhonePage(): PhonePage {
  const intents = useWhileVisible(stores.journal, (journal) => journal.intents)
  const names = useWhileVisible(stores.session, (session) => session.names)
  const [, setCleared] = useState(0)
  // Of these two the key stays while nothing is in it.
  const held = { payments: intents.length, names: Object.keys(names).length }
  const counts = { ...countKept(platform.storage.keys()), ...held }
  return {
    kept: keptKinds.map((kind) => ({ kind, count: counts[kind] })).filter(({ count }) => count > 0),
    openPayments: openIntents(intents).length,
    clear(kind) {
      stores.clear(kind && ((key) => keptKind(key) === kind))
      setCleared((times) => times + 1)
    },
  }
}
