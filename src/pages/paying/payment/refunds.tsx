import { View } from '@tarojs/components'
import { Amount } from '@/components/amount'
import { Button } from '@/components/button'
import { KeyValue, type KeyValueRow } from '@/components/key-value'
import { Notice } from '@/components/notice'
import { Card } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import { type Step, Steps } from '@/components/steps'
import { Tag, type TagTone } from '@/components/tag'
import type { CityId } from '@/domain/ids'
import type { Payment } from '@/domain/payment'
import type { Refund } from '@/domain/receipt'
import { dayOf, formatMoment, isPast } from '@/domain/time'
import { platform } from '@/platform'
import type { Load } from '@/queries/use-load'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { paying } from '@/text/paying'

const tones: Readonly<Record<Refund['state'], TagTone>> = {
  pending: 'warn',
  succeeded: 'ok',
  failed: 'bad',
  unlisted: 'warn',
}

function One({ city, refund, bill }: { city: CityId; refund: Refund; bill: string | undefined }) {
  const { payment: words } = useText(paying)
  const language = useLanguage()
  const today = dayOf(services.serverNow(city))
  const rows: KeyValueRow[] = [{ label: words.refundReference, value: refund.reference, copy: true }]
  const isLast = (index: number) => index === refund.steps.length - 1
  const steps = refund.steps.map((step, index) => ({
    title: step.text,
    time: formatMoment(step.at, language, today),
    state: refund.state === 'failed' && isLast(index) ? ('failed' as const) : ('done' as const),
  }))
  const { arriveBy } = refund
  const isLate = arriveBy !== undefined && isPast(arriveBy, services.serverNow(city))
  const say = isLate ? words.refundLate : words.refundArriveBy
  const waiting: Step = {
    title: arriveBy ? say(formatMoment(arriveBy, language, today)) : words.refundState.pending,
    state: isLate ? 'failed' : 'current',
  }
  return (
    <>
      <View className="payment__line">
        <Amount amountFen={refund.amountFen} size="m" />
        <Tag tone={tones[refund.state]}>{words.refundState[refund.state]}</Tag>
      </View>
      <View className="payment__quiet">{bill ? `${bill} · ${refund.reason}` : refund.reason}</View>
      <Steps label={words.refunds} steps={refund.state === 'pending' ? [...steps, waiting] : steps} />
      <View className="payment__gap">
        <KeyValue rows={rows} />
      </View>
      <Button size="s" kind="secondary" icon="phone" onTap={() => platform.call(refund.contactPhone)}>
        {words.refundContact(refund.contactPhone)}
      </Button>
    </>
  )
}

/** Money on its way back: each step, with a reference and somebody to call. */
export function Refunds({ payment, load }: { payment: Payment; load: Load<readonly Refund[]> }) {
  const { payment: words } = useText(paying)
  if (load.status === 'loading') return <Skeleton kind="card" />
  if (load.status === 'failed') return <Notice tone="warn">{words.refundsFailed}</Notice>
  const { cityId, bills } = payment
  // Whose money it is, where there were several bills.
  const titleOf = ({ billId }: Refund) =>
    bills.length > 1 ? bills.find((bill) => bill.billId === billId)?.title : undefined
  if (load.value.length === 0) return <Notice>{words.refundsNone}</Notice>
  return (
    <>
      {load.value.map((refund) => (
        <Card key={refund.id} title={words.refunds}>
          <One city={cityId} refund={refund} bill={titleOf(refund)} />
        </Card>
      ))}
    </>
  )
}
