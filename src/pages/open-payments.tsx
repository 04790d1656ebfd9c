import { useDidShow } from '@tarojs/taro'
import { useEffect, useMemo } from 'react'
import { Notice } from '@/components/notice'
import type { BillId, CityId } from '@/domain/ids'
import { type JournalEntry, openEntries } from '@/domain/journal'
import { formatFen } from '@/domain/money'
import { leave } from '@/pages/leave'
import { stores } from '@/stores'
import { hasReadSinceLaunch, reconcileJournal } from '@/stores/reconcile'
import { useText } from '@/text'
import { bills } from '@/text/bills'
import { routes } from './routes'
import { useWhileVisible } from './use-visible'

/** More than these at once help nobody; the list of payments has all. */
const mostShown = 3

interface Props {
  /** Only those of this bill. */
  bill?: { readonly city: CityId; readonly id: BillId }
}

/**
 * The payments whose end nobody has seen yet, above everything else that a page offers. Each show of the page asks their
 * cities again, so that after a crash or a dead network the story finishes by itself.
 */
export function OpenPayments({ bill }: Props) {
  const entries = useWhileVisible(stores.journal, (journal) => journal.entries)
  useReconcile()
  const open = useMemo(() => openEntries(entries).reverse(), [entries])
  const shown = bill
    ? open.filter((entry) => entry.cityId === bill.city && entry.bills.some(({ billId }) => billId === bill.id))
    : open.slice(0, mostShown)
  return (
    <>
      {shown.map((entry) => (
        <OpenPayment key={entry.key} entry={entry} />
      ))}
    </>
  )
}

function OpenPayment({ entry }: { entry: JournalEntry }) {
  const words = useText(bills)
  const { cityId, paymentId } = entry
  const amount = formatFen(entry.amountFen, { symbol: true })
  const kind = kindOf(entry)
  return (
    <Notice
      tone={kind === 'checking' ? 'warn' : 'info'}
      icon={kind === 'checking' ? 'hourglass' : 'clock'}
      title={words[kind](amount)}
      action={paymentId ? words.seePayment : words.checkNow}
      onAction={() => (paymentId ? leave.to(routes.payment({ city: cityId, payment: paymentId })) : reconcileJournal())}
    >
      {words[`${kind}Text`]}
    </Notice>
  )
}

/** What may be said from what was last seen; in doubt that it is being checked. */
function kindOf({ key, state }: JournalEntry): 'checking' | 'unfinished' | 'paid' | 'refunding' {
  if (state === 'paid' || state === 'refunding') return state
  const isWaiting = (state === 'created' || state === 'cashier-open') && hasReadSinceLaunch(key)
  return isWaiting ? 'unfinished' : 'checking'
}

/** Finishes the stories of open payments now and on every show of the page. */
export function useReconcile(): void {
  useEffect(() => {
    void reconcileJournal()
  }, [])
  useDidShow(() => {
    void reconcileJournal()
  })
}
