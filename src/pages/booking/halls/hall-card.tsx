import { View } from '@tarojs/components'
import { memo } from 'react'
import { useOnce } from '@/components/once'
import { Card } from '@/components/section'
import type { Hall } from '@/domain/hall'
import { useTick } from '@/lifecycle/use-tick'
import { PlaceActions } from '@/pages/booking/parts/place-actions'
import { useLanguage, useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { hallNow } from './use-halls'
import '../../../components/tag.scss'

/** Host's views only, so that `compileMode` makes one flat template of it. */
const HallFacts = memo(function HallFacts(props: {
  id: string
  name: string
  place: string
  today: string
  open: string | undefined
  /** People waiting, and how far it is. */
  queue: string
  onTap: (id: string) => unknown
}) {
  const { id, name, place, today, open, queue } = props
  const tap = useOnce(props.onTap)
  return (
    <View compileMode className="hall" hoverClass="press" role="button" aria-role="button" onClick={() => tap(id)}>
      <View className="hall__body">
        <View className="hall__name">{name}</View>
        <View className="hall__place">{place}</View>
        <View className="hall__now">
          {!!open && <View className="tag tag--ok">{open}</View>}
          <View className="hall__today">{today}</View>
        </View>
        {!!queue && <View className="hall__place">{queue}</View>}
      </View>
      <View className="icon icon-chevron-right icon--s tone-quiet" aria-hidden />
    </View>
  )
})

interface Props {
  hall: Hall
  /** From the citizen's place, once that is known. */
  km: number | null
  onTap: (id: string) => unknown
  onHours: (hall: Hall) => void
}

/** A hall to choose: where it is, whether it is open, how many wait; the map and the telephone beneath. */
export const HallCard = memo(function HallCard({ hall, km, onTap, onHours }: Props) {
  const t = useText(booking)
  const language = useLanguage()
  useTick()
  const now = hallNow(hall, t, language)
  const isInAddress = hall.address.includes(hall.district)
  return (
    <Card flush>
      <HallFacts
        id={hall.id}
        name={hall.name}
        place={isInAddress ? hall.address : `${hall.district} · ${hall.address}`}
        today={now.today}
        open={now.isOpen ? t.openNow : undefined}
        queue={[now.queue, km === null ? '' : t.km(Math.max(1, Math.round(km)))].filter(Boolean).join(' · ')}
        onTap={onTap}
      />
      <View className="hall__actions">
        <PlaceActions hall={hall} onHours={() => onHours(hall)} />
      </View>
    </Card>
  )
})
