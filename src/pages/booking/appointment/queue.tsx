import { View } from '@tarojs/components'
import { a11y } from '@/components/a11y'
import { Alert } from '@/components/alert'
import { Card } from '@/components/section'
import { type QueuePosition, queueStatusOf } from '@/domain/appointment'
import { formatAge } from '@/domain/time'
import { useLanguage, useText } from '@/text'
import { attending } from '@/text/booking/appointment'
import { refusals } from '@/text/booking/refusals'

interface Props {
  /** Absent where the hall does not count. */
  queue: QueuePosition | undefined
  nowMs: number
  /** Who goes first, in the city's own text. */
  rule: string | undefined
}

/**
 * The queue after checking in: called, or waiting. The number is a fact; how many are ahead is shown with its age, or not
 * at all.
 */
export function QueueCard({ queue, nowMs, rule }: Props) {
  const t = useText(attending)
  const language = useLanguage()
  const { calledText, calledOld } = useText(refusals)
  const status = queueStatusOf(queue, nowMs)
  const isCalled = status.kind === 'called'
  const age = queue ? formatAge(queue.countedAt, nowMs, language) : ''
  const position =
    status.kind === 'called'
      ? t.called(status.counter)
      : status.kind === 'called-before'
        ? calledOld(status.counter, age)
        : status.kind === 'waiting'
          ? t.ahead(status.ahead)
          : t.queueOld
  const alert =
    status.kind === 'called-before' ? null : (
      <Alert tone="ok" title={isCalled ? position : t.checkedIn} live={isCalled}>
        {isCalled ? calledText : t.checkedInText}
      </Alert>
    )
  if (!queue) return alert
  return (
    <>
      {alert}
      <Card>
        <View className="code">
          <View className="code__label">{t.queueNumber}</View>
          <View className="code__text">{queue.number}</View>
          {!isCalled && (
            <View className="queue__ahead" {...a11y({ role: 'status', live: 'polite' })}>
              {position}
            </View>
          )}
          {(isCalled || status.kind === 'waiting') && <View className="code__hint">{t.counted(age)}</View>}
          {!isCalled && rule && <View className="code__hint">{t.queueRule(rule)}</View>}
        </View>
      </Card>
    </>
  )
}
