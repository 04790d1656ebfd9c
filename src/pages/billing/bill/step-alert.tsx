import { Alert } from '@/components/alert'
import { daysUntilDue } from '@/domain/bill'
import { formatFen } from '@/domain/money'
import { dayOf } from '@/domain/time'
import { failureText } from '@/parts/failure'
import { services } from '@/services'
import { isRefusal } from '@/services/errors'
import { useText } from '@/text'
import { bill as billText } from '@/text/billing/bill'
import { failures } from '@/text/parts/failures'
import type { LoadedBill } from './use-bill'

/** Why the button below is what it is, or why there is none. */
export function StepAlert({ page }: { page: LoadedBill }) {
  const t = useText(billText)
  const { bill, biller, step } = page
  const days = daysUntilDue(bill, dayOf(services.serverNow(bill.cityId)))
  switch (step.kind) {
    case 'pay':
    case 'top-up':
      return bill.status === 'overdue' && days !== null && days < 0 ? (
        <Alert tone="bad">{t.overdue(-days)}</Alert>
      ) : null
    case 'confirm':
      return <ConfirmAlert page={page} />
    case 'see-payment':
      return step.because !== 'paying' ? null : (
        <Alert tone="warn" icon="hourglass" title={t.payingMine}>
          {t.payingMineText}
        </Alert>
      )
    case 'verify':
    case 'wait':
      return null
  }
  switch (step.because) {
    case 'paying-other':
      return (
        <Alert tone="warn" icon="users" title={t.payingOther}>
          {t.payingOtherText}
        </Alert>
      )
    case 'settled-other':
      return (
        <Alert tone="ok" title={t.settled}>
          {t.settledOther}
        </Alert>
      )
    case 'not-payable':
    case 'above-limit':
      return (
        <Alert tone="warn" title={t.notPayable}>
          {step.because === 'above-limit'
            ? t.aboveLimit(formatFen(biller?.paying?.maxFen ?? Number.NaN, { symbol: true }))
            : (bill.notPayable ?? (bill.status === 'unlisted' ? t.unlistedText : t.notPayableText))}
        </Alert>
      )
    case 'cached-only':
      // Nothing to show while the fresh one is on its way.
      return page.keptAsOf === null ? null : (
        <Alert tone="warn" icon="wifi-off" title={t.keptOnly}>
          {t.keptOnlyText}
        </Alert>
      )
    case 'asleep':
      return (
        <Alert tone="warn" icon="moon" title={t.asleep}>
          {t.asleepText(biller?.name ?? '', biller?.asleep?.to ?? '')}
        </Alert>
      )
    case 'read-only':
      return <Alert tone="warn">{t.readOnly}</Alert>
  }
}

function ConfirmAlert({ page }: { page: LoadedBill }) {
  const t = useText(billText)
  const failed = useText(failures)
  const { confirmError: error } = page
  return (
    <>
      {error && (
        <Alert tone="bad" title={t.confirmFailed} live>
          {isRefusal(error, 'bill-changed') ? t.decisionChanged : failureText(error, failed).text}
        </Alert>
      )}
      <Alert tone="warn" icon="file-text" title={t.decisionFirst}>
        {t.decisionFirstText}
      </Alert>
    </>
  )
}
