import { Alert } from '@/components/alert'
import { Card } from '@/components/section'
import { type Step, Steps } from '@/components/steps'
import { creditClock, hasRefunds, isCreditLate, type PaidClock, paidClock } from '@/domain/payment'
import { dayOf, formatMoment, type Instant } from '@/domain/time'
import { services } from '@/services'
import { type Shape, useLanguage, useText } from '@/text'
import { paying } from '@/text/paying/payment'
import { hasFailedRefund, type ShownPayment } from './use-payment'

type Texts = Shape<(typeof paying)['zh-CN']>['payment']
type FormatInstant = (instant: Instant) => string

/** Whether money left the wallet: the first clock. */
function paidStep(clock: PaidClock, t: Texts, format: FormatInstant): Step {
  switch (clock.kind) {
    case 'paid':
      return { title: t.paidStep, state: 'done', time: format(clock.at) }
    case 'checking':
      return { title: t.checkingStep, state: 'current' }
    case 'paying':
      return { title: t.payingStep, state: 'current' }
    case 'failed':
      return { title: t.notPaidStep, state: 'failed' }
    case 'not-paid':
      return { title: t.notPaidStep, state: 'todo' }
  }
}

/** Whether the biller has it: the second clock, with its promise. Null where there is nothing to wait for. */
function creditStep({ payment }: ShownPayment, t: Texts, format: FormatInstant): Step | null {
  const clock = creditClock(payment, services.serverNow(payment.cityId))
  switch (clock.kind) {
    case 'credited':
      return { title: t.creditedStep, state: 'done', time: format(clock.at) }
    case 'on-time':
      return { title: t.creditingStep, state: 'current', note: t.creditBy(format(clock.by)) }
    case 'late':
      return { title: t.creditingStep, state: 'failed', note: t.creditLate(format(clock.by)) }
    case 'no-promise':
      return { title: t.creditingStep, state: 'current', note: t.noPromise }
    case 'not-paid':
      return null
  }
}

/** The way back, in place of the second clock: what the biller has, and where the rest is. */
function refundSteps(page: ShownPayment, t: Texts): Step[] {
  const { payment } = page
  if (!hasRefunds(payment)) return []
  const isSome = payment.bills.some(({ outcome }) => outcome === 'credited')
  const isOver = payment.state === 'refunded' || payment.state === 'partly-refunded'
  return [
    isSome ? { title: t.partCreditedStep, state: 'done' } : { title: t.notCreditedStep, state: 'failed' },
    hasFailedRefund(page)
      ? { title: t.refundFailedStep, state: 'failed' }
      : { title: isOver ? t.refundedStep : t.refundingStep, state: isOver ? 'done' : 'current' },
  ]
}

/** The two clocks: money has left the wallet, the biller has it. Never one. */
export function PaymentClocks({ page }: { page: ShownPayment }) {
  const { payment: t } = useText(paying)
  const language = useLanguage()
  const { payment, shown } = page
  const today = dayOf(services.serverNow(payment.cityId))
  const format: FormatInstant = (instant) => formatMoment(instant, language, today)
  const paid = paidClock(payment, shown)
  const mayStillBePaid = paid.kind === 'paying' || paid.kind === 'checking'
  const credit = creditStep(page, t, format)
  const steps = [
    paidStep(paid, t, format),
    ...(credit ? [credit] : refundSteps(page, t)),
    ...(!credit && mayStillBePaid ? [{ title: t.creditingStep, state: 'todo' } as const] : []),
  ]
  const isLate = isCreditLate(payment, services.serverNow(payment.cityId))
  return (
    <>
      {isLate && (
        <Alert tone="bad" title={t.lateTitle} live>
          {t.lateText}
        </Alert>
      )}
      <Card title={t.progress}>
        <Steps steps={steps} label={t.progress} />
      </Card>
    </>
  )
}
