import { Notice } from '@/components/notice'
import { daysUntilDue } from '@/domain/bill'
import { dayOf } from '@/domain/time'
import { services } from '@/services'
import { useText } from '@/text'
import { billing } from '@/text/billing'
import type { BillPage } from './use-bill'

/** Why the button below is what it is, or why there is none. */
export function NextNotice({ page }: { page: Extract<BillPage, { status: 'bill' }> }) {
  const { bill: words } = useText(billing)
  const { bill, next } = page
  const days = daysUntilDue(bill, dayOf(services.serverNow(bill.cityId)))
  if (next.next === 'pay')
    return bill.status === 'overdue' && days !== null && days < 0 ? (
      <Notice tone="bad">{words.overdue(-days)}</Notice>
    ) : null
  if (next.next === 'see-payment')
    return next.because !== 'paying' ? null : (
      <Notice tone="warn" icon="hourglass" title={words.payingMine}>
        {words.payingMineText}
      </Notice>
    )
  if (next.next === 'wait') return null
  switch (next.because) {
    case 'paying-other':
      return (
        <Notice tone="warn" icon="users" title={words.payingOther}>
          {words.payingOtherText}
        </Notice>
      )
    case 'settled-other':
      return (
        <Notice tone="ok" title={words.settled}>
          {words.settledOther}
        </Notice>
      )
    case 'not-payable':
      return (
        <Notice tone="warn" title={words.notPayable}>
          {bill.notPayable ?? words.notPayableText}
        </Notice>
      )
    case 'kept-only':
      // While the fresh one is on its way there is nothing to say yet.
      return page.keptAsOf === null ? null : (
        <Notice tone="warn" icon="wifi-off" title={words.keptOnly}>
          {words.keptOnlyText}
        </Notice>
      )
    case 'read-only':
      return <Notice tone="warn">{words.readOnly}</Notice>
  }
}
