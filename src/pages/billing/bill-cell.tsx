import { memo } from 'react'
import { Cell } from '@/components/cell'
import type { TagTone } from '@/components/tag'
import { type Bill, type BillStatus, daysUntilDue } from '@/domain/bill'
import { asId, type BillId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import { dayOf, formatDate } from '@/domain/time'
import { routes } from '@/pages/routes'
import { platform } from '@/platform'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { bills } from '@/text/bills'

export const statusTone: Readonly<Record<BillStatus, TagTone>> = {
  due: 'brand',
  overdue: 'bad',
  paying: 'info',
  settled: 'plain',
  'top-up': 'info',
  'not-payable': 'warn',
}

/** One bill in a list: what it is for, how much, and how it stands. */
export const BillCell = memo(function BillCell({ bill }: { bill: Bill }) {
  const words = useText(bills)
  const language = useLanguage()
  const today = dayOf(services.serverNow(bill.cityId))
  const days = daysUntilDue(bill, today)
  const isOpen = bill.status === 'due' || bill.status === 'overdue'
  const due = bill.dueOn && isOpen ? words.dueOn(formatDate(bill.dueOn, language, today)) : undefined
  return (
    <Cell
      title={bill.title}
      tag={bill.status === 'settled' ? undefined : words.status[bill.status]}
      tagTone={statusTone[bill.status]}
      note={bill.status === 'overdue' && days !== null && days < 0 ? words.overdueBy(-days) : due}
      value={formatFen(bill.amountFen, { symbol: true })}
      valueTone={bill.status === 'overdue' ? 'bad' : 'ink'}
      valueNote={bill.status === 'settled' ? words.status.settled : undefined}
      id={bill.id}
      onTap={(id) => platform.navigation.to(routes.bill({ city: bill.cityId, bill: asId<BillId>(id) }))}
    />
  )
})
