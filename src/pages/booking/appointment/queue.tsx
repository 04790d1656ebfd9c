import { View } from '@tarojs/components'
import { a11y } from '@/components/a11y'
import { Alert } from '@/components/alert'
import { Card } from '@/components/section'
import { type QueuePlace, turnOf } from '@/domain/appointment'
import { formatAge } from '@/domain/time'
import { useLanguage, useText } from '@/text'
import { attending } from '@/text/booking/appointment'
import { refusals } from '@/text/booking/refusals'

interface Props {
  /** Absent where the hall does not count. */
  queue: QueuePlace | undefined
  nowMs: number
  /** Who goes first, in the city's words. */
  rule: string | undefined
}

/**
 * Where one stands after checking in, in one statement: called, or waiting. The number is a fact; how many are before it is
 * shown with its age, or not at all.
 */
export function Queue({ queue, nowMs, rule }: Props) {
  const t = useText(attending)
  const language = useLanguage()
  const { calledText, calledOld } = useText(refusals)
  const turn = turnOf(queue, nowMs)
  const isCalled = turn.kind === 'called'
  const age = queue ? formatAge(queue.countedAt, nowMs, language) : ''
  const where =
    turn.kind === 'called'
      ? t.called(turn.counter)
      : turn.kind === 'called-before'
        ? calledOld(turn.counter, age)
        : turn.kind === 'waiting'
          ? t.ahead(turn.ahead)
          : t.queueOld
  const notice =
    turn.kind === 'called-before' ? null : (
      <Alert tone="ok" title={isCalled ? where : t.checkedIn} live={isCalled}>
        {isCalled ? calledText : t.checkedInText}
      </Alert>
    )
  if (!queue) return notice
  return (
    <>
      {notice}
      <Card>
        <View className="code">
          <View className="code__label">{t.queueNumber}</View>
          <View className="code__text">{queue.number}</View>
          {!isCalled && (
            <View className="queue__ahead" {...a11y({ role: 'status', live: 'polite' })}>
              {where}
            </View>
          )}
          {(isCalled || turn.kind === 'waiting') && <View className="code__hint">{t.counted(age)}</View>}
          {!isCalled && rule && <View className="code__hint">{t.queueRule(rule)}</View>}
        </View>
      </Card>
    </>
  )
}
