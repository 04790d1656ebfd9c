import { View } from '@tarojs/components'
import { Icon, type IconName } from '@/components/icon'
import { Card } from '@/components/section'
import { type Appointment, type AppointmentOutcome, appointmentRule } from '@/domain/appointment'
import { isPast, msOf } from '@/domain/time'
import { useText } from '@/text'
import { attending } from '@/text/booking/appointment'

const icons: Readonly<Record<AppointmentOutcome, IconName>> = {
  served: 'check-circle',
  expired: 'clock',
  'cancelled-by-citizen': 'x-circle',
  'cancelled-by-hall': 'alert-triangle',
  'no-show': 'alert-circle',
  excused: 'shield',
}

const tones = { neutral: 'quiet', active: 'brand', success: 'ok', problem: 'bad' } as const

/** How it ended. Each of the six ends has its own words, tied to the state by type. */
export function Outcome({ visit, state }: { visit: Appointment; state: AppointmentOutcome }) {
  const t = useText(attending)
  const said: Record<AppointmentOutcome, { title: string; text: string }> = t.outcome
  const wasLate =
    state === 'cancelled-by-citizen' && visit.endedAt !== undefined && isPast(visit.cancelUntil, msOf(visit.endedAt))
  return (
    <Card>
      <View className="outcome">
        <Icon name={icons[state]} size="xl" tone={tones[appointmentRule[state].tone]} />
        <View className="outcome__title">{said[state].title}</View>
        <View className="outcome__text">{wasLate ? t.cancelledLate : said[state].text}</View>
      </View>
    </Card>
  )
}
