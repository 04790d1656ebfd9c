import { Notice } from '@/components/notice'
import { Card } from '@/components/section'
import { type Step, Steps } from '@/components/steps'
import { creditClock, hasRefunds, isCreditLate, type PaymentState } from '@/domain/payment'
import { dayOf, formatMoment, type Instant } from '@/domain/time'
import { services } from '@/services'
import { type Shape, useLanguage, useText } from '@/text'
import { paying } from '@/text/paying'
import { hasFailedRefund, type PaymentPage } from './use-payment'

type Shown = Extract<PaymentPage, { status: 'payment' }>
type Words = Shape<(typeof paying)['zh-CN']>['payment']
type Say = (instant: Instant) => string

/** Whether money left the wallet: the first clock. */
function paidStep({ payment, shown }: Shown, words: Words, say: Say): Step {
  if (payment.paidAt !== undefined) return { title: words.paidStep, state: 'done', time: say(payment.paidAt) }
  if (shown === 'unknown' || shown === 'unlisted' || shown === 'closing')
    return { title: words.checkingStep, state: 'current' }
  if (shown === 'created' || shown === 'cashier-open') return { title: words.payingStep, state: 'current' }
  return { title: words.notPaidStep, state: shown === 'failed' ? 'failed' : 'todo' }
}

/** Whether the biller has it: the second clock, with its promise. Null where there is nothing to wait for. */
function creditStep({ payment }: Shown, words: Words, say: Say): Step | null {
  const clock = creditClock(payment, services.serverNow(payment.cityId))
  switch (clock.clock) {
    case 'credited':
      return { title: words.creditedStep, state: 'done', time: say(clock.at) }
    case 'on-time':
      return { title: words.creditingStep, state: 'current', note: words.creditBy(say(clock.by)) }
    case 'late':
      return { title: words.creditingStep, state: 'failed', note: words.creditLate(say(clock.by)) }
    case 'no-promise':
      return { title: words.creditingStep, state: 'current', note: words.noPromise }
    case 'not-paid':
      return null
  }
}

/** The way back, in place of the second clock: what the biller has, and where the rest is. */
function refundSteps(page: Shown, words: Words): Step[] {
  const { payment } = page
  if (!hasRefunds(payment)) return []
  const isSome = payment.bills.some(({ outcome }) => outcome === 'credited')
  const isOver = payment.state === 'refunded' || payment.state === 'partly-refunded'
  return [
    isSome ? { title: words.partCreditedStep, state: 'done' } : { title: words.notCreditedStep, state: 'failed' },
    hasFailedRefund(page)
      ? { title: words.refundFailedStep, state: 'failed' }
      : { title: isOver ? words.refundedStep : words.refundingStep, state: isOver ? 'done' : 'current' },
  ]
}

const mayStillBeCredited: readonly PaymentState[] = ['created', 'cashier-open', 'unknown', 'unlisted', 'closing']

/** The two clocks: money has left the wallet, the biller has it. Never one. */
export function Clocks({ page }: { page: Shown }) {
  const { payment: words } = useText(paying)
  const language = useLanguage()
  const { payment, shown } = page
  const today = dayOf(services.serverNow(payment.cityId))
  const say: Say = (instant) => formatMoment(instant, language, today)
  const credit = creditStep(page, words, say)
  const steps = [
    paidStep(page, words, say),
    ...(credit ? [credit] : refundSteps(page, words)),
    ...(!credit && mayStillBeCredited.includes(shown) ? [{ title: words.creditingStep, state: 'todo' } as const] : []),
  ]
  const isLate = isCreditLate(payment, services.serverNow(payment.cityId))
  return (
    <>
      {isLate && (
        <Notice tone="bad" title={words.lateTitle} live>
          {words.lateText}
        </Notice>
      )}
      <Card title={words.progress}>
        <Steps steps={steps} label={words.progress} />
      </Card>
    </>
  )
}
