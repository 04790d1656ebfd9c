import { View } from '@tarojs/components'
import { a11y } from '@/components/a11y'
import { Amount } from '@/components/amount'
import { Countdown } from '@/components/countdown'
import { Icon, type IconName } from '@/components/icon'
import { formatFen } from '@/domain/money'
import { declaresSuccess, type PaymentState, paymentRule } from '@/domain/payment'
import { headlineFen } from '@/domain/standing'
import { countdownTo, dayOf, formatMoment, type Instant } from '@/domain/time'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { paying } from '@/text/paying/payment'
import { hasFailedRefund, type ShownPayment } from './use-payment'
import './hero.scss'

const icons: Readonly<Record<PaymentState, IconName>> = {
  created: 'wallet',
  'cashier-open': 'wallet',
  unknown: 'hourglass',
  unlisted: 'hourglass',
  paid: 'check-circle',
  credited: 'check-circle',
  failed: 'x-circle',
  closed: 'ban',
  closing: 'hourglass',
  refunding: 'history',
  refunded: 'history',
  'partly-refunded': 'history',
}

/** Minutes are counted down once they are few. */
const fewMinutes = 30

/** Until when this payment may be paid, by the server's clock. */
function Deadline({ page, expiresAt }: { page: ShownPayment; expiresAt: Instant }) {
  const { payment: t } = useText(paying)
  const language = useLanguage()
  const now = services.serverNow(page.payment.cityId)
  if (countdownTo(expiresAt, now).minutes >= fewMinutes)
    return <View className="hero__quiet">{t.payBy(formatMoment(expiresAt, language, dayOf(now)))}</View>
  return (
    <Countdown
      deadline={expiresAt}
      now={() => services.serverNow(page.payment.cityId)}
      label={t.payWithin}
      onEnd={page.check}
    />
  )
}

/** How it stands and what to do, in one sentence. Only a strong read shows success. */
export function PaymentHero({ page }: { page: ShownPayment }) {
  const t = useText(paying)
  const { payment, shown } = page
  const isStuck = hasFailedRefund(page)
  const tone = shown === payment.state && declaresSuccess(payment) ? 'success' : paymentRule[shown].tone
  const { title, text } = isStuck ? t.refundFailed : t.states[shown]
  const headline = headlineFen(payment)
  const yuan = (fen: number) => formatFen(fen, { symbol: true })
  const canPay = page.actions.includes('continue-cashier') || page.actions.includes('pay')
  return (
    <View className="hero">
      <View className={`hero__sign hero__sign--${isStuck ? 'problem' : tone}`}>
        <Icon name={isStuck ? 'alert-circle' : icons[shown]} size="xl" />
      </View>
      <View {...a11y({ role: 'status', live: 'polite' })}>
        <View className="hero__title" {...a11y({ role: 'heading' })}>
          {title}
        </View>
      </View>
      <Amount amountFen={headline.amountFen} size="l" />
      {headline.backFen > 0 && (
        <View className="hero__quiet">{t.payment.ofPaid(yuan(payment.amountFen), yuan(headline.backFen))}</View>
      )}
      <View className="hero__text">{text}</View>
      {canPay && payment.expiresAt && <Deadline page={page} expiresAt={payment.expiresAt} />}
    </View>
  )
}
