import { View } from '@tarojs/components'
import { a11y } from '@/components/a11y'
import { Card } from '@/components/section'
import type { QueuePlace } from '@/domain/appointment'
import { isFresh } from '@/domain/slot'
import { formatAge } from '@/domain/time'
import { useLanguage, useText } from '@/text'
import { attending } from '@/text/attending'

/** Older than this, how many are before one says nothing about now. */
const freshMs = 3 * 60_000

interface Props {
  queue: QueuePlace
  nowMs: number
  /** Who goes first, in the city's words. */
  rule: string | undefined
}

/** Where one stands after checking in. The number is a fact; how many are before it is shown with its age, or not at all. */
export function Queue({ queue, nowMs, rule }: Props) {
  const words = useText(attending)
  const language = useLanguage()
  const said = queue.counter
    ? words.called(queue.counter)
    : isFresh(queue.countedAt, nowMs, freshMs)
      ? words.ahead(queue.ahead)
      : null
  return (
    <Card>
      <View className="code">
        <View className="code__label">{words.queueNumber}</View>
        <View className="code__text">{queue.number}</View>
        <View className="queue__ahead" {...a11y({ role: 'status', live: 'polite' })}>
          {said ?? words.queueOld}
        </View>
        {said && <View className="code__hint">{words.counted(formatAge(queue.countedAt, nowMs, language))}</View>}
        {rule && <View className="code__hint">{`${words.queueRule}：${rule}`}</View>}
      </View>
    </Card>
  )
}
