import { View } from '@tarojs/components'
import { KeyValue } from '@/components/key-value'
import { Section } from '@/components/section'
import { Sheet } from '@/components/sheet'
import { type Hall, hallDay, hallDaysAhead } from '@/domain/hall'
import { type Day, formatDay } from '@/domain/time'
import { todayIn } from '@/lifecycle/use-server-now'
import { useLanguage, useText } from '@/text'
import { booking } from '@/text/booking/booking'

/** `09:00–12:00、13:30–17:00` */
export const hoursText = (hours: readonly { from: string; to: string }[], between: string): string =>
  hours.map(({ from, to }) => `${from}–${to}`).join(between)

/** The next seven days with their hours, then days that are not as their weekday: worked Saturdays, holidays. */
export function HallHoursSheet({ hall, onClose }: { hall: Hall; onClose: () => void }) {
  const t = useText(booking)
  const language = useLanguage()
  const today = todayIn(hall.cityId)
  const textOf = (day: Day) => {
    const entry = hallDay(hall, day)
    if (entry.kind === 'closed') return entry.reason ?? t.closed
    return [hoursText(entry.hours, '\n'), entry.reason].filter(Boolean).join('\n')
  }
  const { week, open, closed } = hallDaysAhead(hall, today)
  const name = (day: Day) => (day === today ? t.today : formatDay(day, language, today))
  return (
    <Sheet open title={t.hours} onClose={onClose}>
      <View className="hours">
        <KeyValue rows={week.map((day) => ({ label: name(day), value: textOf(day) }))} />
      </View>
      {open.length > 0 && (
        <Section title={t.openDays}>
          <KeyValue rows={open.map((day) => ({ label: name(day), value: textOf(day) }))} />
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
