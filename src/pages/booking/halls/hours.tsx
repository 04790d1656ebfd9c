import { View } from '@tarojs/components'
import { KeyValue } from '@/components/key-value'
import { Section } from '@/components/section'
import { Sheet } from '@/components/sheet'
import { type Hall, hallDay } from '@/domain/hall'
import { addDays, type Day, dayOf, formatDay } from '@/domain/time'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { hoursOf } from './use-halls'

/** How far ahead closed days are told. */
const daysAhead = 60

/** The next seven days with their hours, and days to come that are not as their weekday: worked Saturdays, holidays. */
export function Hours({ hall, onClose }: { hall: Hall; onClose: () => void }) {
  const t = useText(booking)
  const language = useLanguage()
  const today = dayOf(services.serverNow(hall.cityId))
  const say = (day: Day) => {
    const entry = hallDay(hall, day)
    if (entry.kind === 'closed') return entry.reason ?? t.closed
    return [hoursOf(entry.hours, '\n'), entry.reason].filter(Boolean).join('\n')
  }
  const week = [0, 1, 2, 3, 4, 5, 6].map((ahead) => addDays(today, ahead))
  const last = week[6] ?? today
  const isAhead = ({ day }: { day: Day }) => day > last && day <= addDays(today, daysAhead)
  const closed = hall.closedDays.filter(isAhead)
  const open = (hall.openDays ?? []).filter((one) => isAhead(one) && hallDay(hall, one.day).kind === 'open')
  const name = (day: Day) => (day === today ? t.today : formatDay(day, language, today))
  return (
    <Sheet open title={t.hours} onClose={onClose}>
      <View className="hours">
        <KeyValue rows={week.map((day) => ({ label: name(day), value: say(day) }))} />
      </View>
      {open.length > 0 && (
        <Section title={t.openDays}>
          <KeyValue rows={open.map(({ day }) => ({ label: name(day), value: say(day) }))} />
        </Section>
      )}
      {closed.length > 0 && (
        <Section title={t.closedDays}>
          <KeyValue rows={closed.map(({ day, reason }) => ({ label: name(day), value: reason }))} />
        </Section>
      )}
    </Sheet>
  )
}
