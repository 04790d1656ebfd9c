import { View } from '@tarojs/components'
import { Alert } from '@/components/alert'
import { Amount } from '@/components/amount'
import { Button } from '@/components/button'
import { KeyValue, type KeyValueRow } from '@/components/key-value'
import { Card } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import { type Step, Steps } from '@/components/steps'
import { Tag, type TagTone } from '@/components/tag'
import type { CityId } from '@/domain/ids'
import type { Payment } from '@/domain/payment'
import type { Refund } from '@/domain/refund'
import { dayOf, formatMoment, isPast } from '@/domain/time'
import { platform } from '@/platform'
import type { Load } from '@/queries/use-load'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { paying } from '@/text/paying/payment'

const tones: Readonly<Record<Refund['state'], TagTone>> = {
  pending: 'warn',
  succeeded: 'ok',
  failed: 'bad',
  unlisted: 'warn',
}

function RefundCard({ city, refund, bill }: { city: CityId; refund: Refund; bill: string | undefined }) {
  const { payment: t } = useText(paying)
  const language = useLanguage()
  const today = dayOf(services.serverNow(city))
  const rows: KeyValueRow[] = [{ label: t.refundReference, value: refund.reference, copy: true }]
  const isLast = (index: number) => index === refund.steps.length - 1
  const steps = refund.steps.map((step, index) => ({
    title: step.text,
    time: formatMoment(step.at, language, today),
    state: refund.state === 'failed' && isLast(index) ? ('failed' as const) : ('done' as const),
  }))
  const { arriveBy } = refund
  const isLate = arriveBy !== undefined && isPast(arriveBy, services.serverNow(city))
  const byText = isLate ? t.refundLate : t.refundArriveBy
  const waiting: Step = {
    title: arriveBy ? byText(formatMoment(arriveBy, language, today)) : t.refundState.pending,
    state: isLate ? 'failed' : 'current',
  }
  return (
    <>
      <View className="payment__line">
        <Amount amountFen={refund.amountFen} size="m" />
        <Tag tone={tones[refund.state]}>{t.refundState[refund.state]}</Tag>
      </View>
      <View className="payment__quiet">{bill ? `${bill} · ${refund.reason}` : refund.reason}</View>
      <Steps label={t.refunds} steps={refund.state === 'pending' ? [...steps, waiting] : steps} />
      <View className="payment__gap">
        <KeyValue rows={rows} />
      </View>
      <Button size="s" kind="secondary" icon="phone" onTap={() => platform.call(refund.contactPhone)}>
        {t.refundContact(refund.contactPhone)}
      </Button>
    </>
  )
}

/** Money on its way back: each step, with a reference and somebody to call. */
export function Refunds({ payment, load }: { payment: Payment; load: Load<readonly Refund[]> }) {
  const { payment: t } = useText(paying)
  if (load.status === 'loading') return <Skeleton kind="card" />
  if (load.status === 'failed') return <Alert tone="warn">{t.refundsFailed}</Alert>
  const { cityId, bills } = payment
  // Whose money it is, where there were several bills.
  const titleOf = ({ billId }: Refund) =>
    bills.length > 1 ? bills.find((bill) => bill.billId === billId)?.title : undefined
  if (load.value.length === 0) return <Alert>{t.refundsNone}</Alert>
  return (
    <>
      {load.value.map((refund) => (
        <Card key={refund.id} title={t.refunds}>
          <RefundCard city={cityId} refund={refund} bill={titleOf(refund)} />
        </Card>
      ))}
    </>
  )
}
