import { memo } from 'react'
import { SlotButton, SlotStrip } from '@/components/slot-button'
import { explainDay, type SlotDay } from '@/domain/slot'
import { type Day, formatDate, formatWeekday } from '@/domain/time'
import { useLanguage, useText } from '@/text'
import { booking } from '@/text/booking'

interface Props {
  days: readonly SlotDay[]
  chosen: Day | null
  today: Day
  onChoose: (day: Day) => void
}

/** Few places left: said in a warmer colour. */
const few = 5

/** The days of the booking window, each with its places or why it has none. */
export const Days = memo(function Days({ days, chosen, today, onChoose }: Props) {
  const words = useText(booking)
  const language = useLanguage()
  const noteOf = (day: SlotDay) => {
    const why = explainDay(day, days)
    if (why.kind === 'free') return words.left(why.free)
    return { full: words.full, closed: words.closed, 'not-released': words.notReleased }[why.kind]
  }
  return (
    <SlotStrip label={words.days}>
      {days.map((day) => (
        <SlotButton
          key={day.day}
          id={day.day}
          title={day.day === today ? words.today : formatWeekday(day.day, language)}
          sub={formatDate(day.day, language)}
          note={noteOf(day)}
          noteTone={day.status === 'free' && day.free <= few ? 'warn' : undefined}
          selected={day.day === chosen}
          off={day.status !== 'free'}
          onTap={onChoose}
        />
      ))}
    </SlotStrip>
  )
})
