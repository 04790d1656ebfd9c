import { View } from '@tarojs/components'
import { memo } from 'react'
import { useOnce } from '@/components/once'
import { Card } from '@/components/section'
import { type Hall, hallDay, isHallOpen, queueNow } from '@/domain/hall'
import { dayOf, formatAge } from '@/domain/time'
import { useServerNow } from '@/lifecycle/use-server-now'
import { HallActions } from '@/pages/booking/parts/hall-actions'
import { useLanguage, useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { hoursText } from './hours'
import '../../../components/tag.scss'

/** Host's views only, so that `compileMode` makes one flat template of it. */
const HallCardFacts = memo(function HallCardFacts(props: {
  id: string
  name: string
  address: string
  today: string
  open: string | undefined
  /** People waiting, and how far it is. */
  queue: string
  onTap: (id: string) => unknown
}) {
  const { id, name, address, today, open, queue } = props
  const tap = useOnce(props.onTap)
  return (
    <View compileMode className="hall" hoverClass="press" role="button" aria-role="button" onClick={() => tap(id)}>
      <View className="hall__body">
        <View className="hall__name">{name}</View>
        <View className="hall__address">{address}</View>
        <View className="hall__now">
          {!!open && <View className="tag tag--ok">{open}</View>}
          <View className="hall__today">{today}</View>
        </View>
        {!!queue && <View className="hall__address">{queue}</View>}
      </View>
      <View className="icon icon-chevron-right icon--s tone-quiet" aria-hidden />
    </View>
  )
})

interface Props {
  hall: Hall
  /** From where the citizen is, once that is known. */
  km: number | null
  onTap: (id: string) => unknown
  onHours: (hall: Hall) => void
}

/** A hall to choose: its address, whether it is open, how many wait; map and telephone below. */
export const HallCard = memo(function HallCard({ hall, km, onTap, onHours }: Props) {
  const t = useText(booking)
  const language = useLanguage()
  const nowMs = useServerNow(hall.cityId)
  const today = hallDay(hall, dayOf(nowMs))
  const queue = queueNow(hall, nowMs)
  const queueText = queue && t.waiting(queue.waiting, formatAge(queue.countedAt, nowMs, language))
  const isInAddress = hall.address.includes(hall.district)
  return (
    <Card flush>
      <HallCardFacts
        id={hall.id}
        name={hall.name}
        address={isInAddress ? hall.address : `${hall.district} · ${hall.address}`}
        today={
          today.kind === 'open'
            ? t.openHours(hoursText(today.hours, t.comma), today.reason)
            : today.reason === null
              ? t.closedToday
              : t.closedBecause(today.reason)
        }
        open={isHallOpen(hall, nowMs) ? t.openNow : undefined}
        queue={[queueText, km === null ? '' : t.km(Math.max(1, Math.round(km)))].filter(Boolean).join(' · ')}
        onTap={onTap}
      />
      <View className="hall__actions">
        <HallActions hall={hall} onHours={() => onHours(hall)} />
      </View>
    </Card>
  )
})
