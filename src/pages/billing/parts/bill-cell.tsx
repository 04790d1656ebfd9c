import { memo } from 'react'
import { Cell } from '@/components/cell'
import type { TagTone } from '@/components/tag'
import { type Bill, type BillStatus, daysUntilDue } from '@/domain/bill'
import { asId, type BillId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import { billProgress, type PaymentProgress } from '@/domain/standing'
import { dayOf, formatDate } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { routes } from '@/routes'
import { services } from '@/services'
import { stores } from '@/stores'
import { useLanguage, useText } from '@/text'
import { bills } from '@/text/bills'

export const statusTone: Readonly<Record<BillStatus, TagTone>> = {
  due: 'brand',
  overdue: 'bad',
  paying: 'info',
  settled: 'plain',
  'top-up': 'info',
  'not-payable': 'warn',
  unlisted: 'warn',
}

/** The text of a bill's status; one whose decision must be confirmed first is not simply "not payable". */
export function useStatus(): (bill: Bill) => string {
  const { status, toConfirm } = useText(bills)
  return (bill) =>
    bill.status === 'not-payable' && bill.decision?.confirmed === false ? toConfirm : status[bill.status]
}

/** How a payment for it stands, which counts for more than its own status: from the phone's journal or from the city. */
export const useBillProgress = (bill: Bill): PaymentProgress | null =>
  useWhileVisible(stores.journal, ({ intents }) => billProgress(bill, intents))

export const progressTone: Readonly<Record<PaymentProgress, TagTone>> = {
  checking: 'warn',
  unfinished: 'info',
  paid: 'info',
  refunding: 'info',
  refundFailed: 'bad',
}

/** When it is due, while that matters. */
function useDue(bill: Bill): string | undefined {
  const t = useText(bills)
  const language = useLanguage()
  const today = dayOf(services.serverNow(bill.cityId))
  const days = daysUntilDue(bill, today)
  if (bill.status === 'overdue' && days !== null && days < 0) return t.overdueBy(-days)
  const isOpen = bill.status === 'due' || bill.status === 'overdue'
  return bill.dueOn && isOpen ? t.dueOn(formatDate(bill.dueOn, language, today)) : undefined
}

const open = (bill: Bill) => (id: string) => go(routes.bill({ city: bill.cityId, bill: asId<BillId>(id) }))

/** What is left to pay, or what a meter holds. */
function useValue(bill: Bill): string {
  const { balance } = useText(bills)
  const yuan = (fen: number) => formatFen(fen, { symbol: true })
  return bill.topUp ? balance(yuan(bill.topUp.balanceFen)) : yuan(bill.amountFen)
}

/** One bill in a list: what it is for, how much, and how it stands. */
export const BillCell = memo(function BillCell({ bill }: { bill: Bill }) {
  const t = useText(bills)
  const status = useStatus()
  const progress = useBillProgress(bill)
  const due = useDue(bill)
  return (
    <Cell
      title={bill.title}
      tag={progress ? t.progress[progress] : bill.status === 'settled' ? undefined : status(bill)}
      tagTone={progress ? progressTone[progress] : statusTone[bill.status]}
      note={progress ? undefined : due}
      value={useValue(bill)}
      valueTone={!progress && bill.status === 'overdue' ? 'bad' : 'ink'}
      valueNote={bill.status === 'settled' ? t.status.settled : undefined}
      id={bill.id}
      onTap={open(bill)}
    />
  )
})

/** A bill in a long list, of a fixed height; `of` is whose it is. */
export const BillRow = memo(function BillRow({ bill, of }: { bill: Bill; of: string | undefined }) {
  const t = useText(bills)
  const status = useStatus()
  const due = useDue(bill)
  const progress = useBillProgress(bill)
  return (
    <Cell
      title={bill.title}
      note={[progress ? t.progress[progress] : (due ?? status(bill)), of ?? bill.accountLabel]
        .filter(Boolean)
        .join(' · ')}
      value={useValue(bill)}
      valueTone={!progress && bill.status === 'overdue' ? 'bad' : bill.status === 'settled' ? 'quiet' : 'ink'}
      id={bill.id}
      onTap={open(bill)}
    />
  )
})
