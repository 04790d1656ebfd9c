import { Notice } from '@/components/notice'
import { daysUntilDue } from '@/domain/bill'
import { formatFen } from '@/domain/money'
import { dayOf } from '@/domain/time'
import { sayFailure } from '@/parts/failure'
import { services } from '@/services'
import { isRefusal } from '@/services/errors'
import { useText } from '@/text'
import { bill as billText } from '@/text/bill'
import { failures } from '@/text/failures'
import type { KnownBill } from './use-bill'

/** Why the button below is what it is, or why there is none. */
export function NextNotice({ page }: { page: KnownBill }) {
  const words = useText(billText)
  const { bill, biller, next } = page
  const days = daysUntilDue(bill, dayOf(services.serverNow(bill.cityId)))
  switch (next.next) {
    case 'pay':
    case 'top-up':
      return bill.status === 'overdue' && days !== null && days < 0 ? (
        <Notice tone="bad">{words.overdue(-days)}</Notice>
      ) : null
    case 'confirm':
      return <ConfirmNotice page={page} />
    case 'see-payment':
      return next.because !== 'paying' ? null : (
        <Notice tone="warn" icon="hourglass" title={words.payingMine}>
          {words.payingMineText}
        </Notice>
      )
    case 'wait':
      return null
  }
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
    case 'above-limit':
      return (
        <Notice tone="warn" title={words.notPayable}>
          {next.because === 'above-limit'
            ? words.aboveLimit(formatFen(biller?.paying?.maxFen ?? Number.NaN, { symbol: true }))
            : (bill.notPayable ?? (bill.status === 'unlisted' ? words.unlistedText : words.notPayableText))}
        </Notice>
      )
    case 'kept-only':
      // While the fresh one is on its way there is nothing to say yet.
      return page.keptAsOf === null ? null : (
        <Notice tone="warn" icon="wifi-off" title={words.keptOnly}>
          {words.keptOnlyText}
        </Notice>
      )
    case 'asleep':
      return (
        <Notice tone="warn" icon="moon" title={words.asleep}>
          {words.asleepText(biller?.name ?? '', biller?.asleep?.to ?? '')}
        </Notice>
      )
    case 'read-only':
      return <Notice tone="warn">{words.readOnly}</Notice>
  }
}

function ConfirmNotice({ page }: { page: KnownBill }) {
  const words = useText(billText)
  const failed = useText(failures)
  const { confirmError: error } = page
  return (
    <>
      {error && (
        <Notice tone="bad" title={words.confirmFailed} live>
          {isRefusal(error, 'bill-changed') ? words.decisionChanged : sayFailure(error, failed).text}
        </Notice>
      )}
      <Notice tone="warn" icon="file-text" title={words.decisionFirst}>
        {words.decisionFirstText}
      </Notice>
    </>
  )
}
