import { View } from '@tarojs/components'
import { memo, useEffect, useRef, useState } from 'react'
import { Month, type MonthDay } from '@/components/month'
import { SlotButton, SlotStrip } from '@/components/slot-button'
import { Segmented } from '@/components/tabs'
import { explainDay, isWorkedWeekend, monthOf, monthsOf, openBecause, type SlotDay } from '@/domain/slot'
import { type Day, formatDate, formatDay, formatMonth, formatWeekday } from '@/domain/time'
import { joined, useLanguage, useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { people } from '@/text/booking/people'
import { useTheme } from '@/theme/theme'

interface Props {
  days: readonly SlotDay[]
  /** How many come together. */
  persons: number
  chosen: Day | null
  today: Day
  onChoose: (day: Day) => void
}

/** So few places left get a warmer colour. */
const few = 5
const isFew = (day: SlotDay) => day.status === 'free' && day.free <= few
const anchorOf = (day: Day) => `day-${day}`

/** Places left, or why there are none. A day may have places and yet no time with room for all who come. */
function useNotes(days: readonly SlotDay[], persons: number) {
  const t = useText(booking)
  const { noRoom, noRoomShort } = useText(people)
  const none = { full: t.full, closed: t.closed, 'not-released': t.notReleased, unlisted: t.askHall }
  return (day: SlotDay) => {
    const why = explainDay(day, days)
    if (why.kind === 'full' && persons > 1) return { note: noRoom(persons), short: noRoomShort }
    if (why.kind !== 'free') return { note: none[why.kind], short: t.short[why.kind] }
    return { note: t.left(why.free), short: t.short.left(String(why.free)) }
  }
}

function DayStrip({ days, persons, chosen, today, onChoose }: Props) {
  const t = useText(booking)
  const language = useLanguage()
  const notesOf = useNotes(days, persons)
  const titleOf = (day: SlotDay) => {
    const weekday = formatWeekday(day.day, language)
    return isWorkedWeekend(day) ? t.workedDay(weekday) : weekday
  }
  // A day tapped here is in view already; one chosen elsewhere is scrolled to, once the strip is rendered.
  const tapped = useRef<Day | null>(null)
  const [into, setInto] = useState<string>()
  useEffect(() => {
    // The day before it comes first, to show that there are earlier days.
    const before = days[days.findIndex((day) => day.day === chosen) - 1]
    if (before !== undefined && chosen !== tapped.current) setInto(anchorOf(before.day))
  }, [chosen, days])
  const choose = useRef((day: Day) => {
    tapped.current = day
    latest.current(day)
  })
  const latest = useRef(onChoose)
  latest.current = onChoose
  return (
    <SlotStrip label={t.days} into={into}>
      {days.map((day) => (
        <SlotButton
          key={day.day}
          id={day.day}
          anchor={anchorOf(day.day)}
          title={day.day === today ? t.today : titleOf(day)}
          sub={formatDate(day.day, language)}
          note={notesOf(day).note}
          noteTone={isFew(day) ? 'warn' : undefined}
          selected={day.day === chosen}
          off={day.status !== 'free'}
          onTap={choose.current}
        />
      ))}
    </SlotStrip>
  )
}

function DayMonths({ days, persons, chosen, onChoose }: Props) {
  const notesOf = useNotes(days, persons)
  const language = useLanguage()
  // 2024 began on a Monday.
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((date) => formatWeekday(`2024-01-0${date}`, language))
  const square = (day: Day, slotDay: SlotDay | null): MonthDay => {
    const date = String(Number(day.slice(8)))
    if (slotDay === null) return { day, date, label: '' }
    const { note, short } = notesOf(slotDay)
    return {
      day,
      date,
      note: short,
      noteTone: isFew(slotDay) ? 'warn' : undefined,
      label: joined(language, [formatDay(day, language), openBecause(slotDay), note]),
      off: slotDay.status !== 'free',
    }
  }
  return (
    <>
      {monthsOf(days).map((name) => (
        <Month
          key={name}
          title={formatMonth(name, language)}
          weekdays={weekdays}
          weeks={(monthOf(days, name)?.weeks ?? [])
            .filter((week) => week.some((one) => one?.slotDay))
            .map((week) => week.map((one) => one && square(one.day, one.slotDay)))}
          value={chosen}
          onChange={onChoose}
        />
      ))}
    </>
  )
}

/**
 * The days of the booking window, as a strip or as months, each with its places or why it has none. Seven days in a
 * row are too narrow for large text, which has the strip alone.
 */
export const SlotDays = memo(function SlotDays(props: Props) {
  const t = useText(booking)
  const { elder } = useTheme()
  const [layout, setLayout] = useState<'strip' | 'month'>('strip')
  if (elder)
    return (
      <View className="days">
        <DayStrip {...props} />
      </View>
    )
  return (
    <View className="days">
      <Segmented
        label={t.layout}
        value={layout}
        onChange={setLayout}
        items={[
          { key: 'strip', label: t.asStrip },
          { key: 'month', label: t.asMonth },
        ]}
      />
      {layout === 'strip' ? <DayStrip {...props} /> : <DayMonths {...props} />}
    </View>
  )
})
