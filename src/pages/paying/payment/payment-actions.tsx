import { Button, ButtonRow } from '@/components/button'
import { selectionToRepeat } from '@/domain/checkout'
import type { PaymentAction } from '@/domain/payment'
import { go } from '@/lifecycle/go'
import { routes } from '@/routes'
import { useText } from '@/text'
import { paying } from '@/text/paying/payment'
import type { ShownPayment } from './use-payment'

/** What the table in `domain/payment.ts` allows now, the main thing first. There is no other button about money here. */
export function PaymentActions({ page, onCancel }: { page: ShownPayment; onCancel: () => void }) {
  const { payment: t } = useText(paying)
  const { payment, actions } = page
  const city = payment.cityId
  const actOn: Readonly<Record<PaymentAction, () => unknown>> = {
    pay: page.openCashier,
    'continue-cashier': page.openCashier,
    check: page.check,
    cancel: onCancel,
    'pay-again': () => go.replace(routes.checkout({ city, bills: selectionToRepeat(payment) })),
    receipt: () => {
      const { receiptId } = payment
      return receiptId ? go(routes.receipt({ city, receipt: receiptId })) : undefined
    },
    report: () => go(routes.report({ city, payment: payment.id })),
  }
  const [main, ...others] = actions
  if (main === undefined) return null
  return (
    <>
      <Button block onTap={actOn[main]} kind={main === 'check' ? 'secondary' : 'primary'}>
        {t.action[main]}
      </Button>
      {others.length > 0 && (
        <ButtonRow>
          {others.map((action) => (
            <Button key={action} size="s" kind="quiet" onTap={actOn[action]}>
              {t.action[action]}
            </Button>
          ))}
        </ButtonRow>
      )}
    </>
  )
}
