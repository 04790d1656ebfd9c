import { View } from '@tarojs/components'
import type { ComponentProps } from 'react'
import { Icon } from '@/components/icon'
import { Card } from '@/components/section'
import { type Appointment, type AppointmentOutcome, isCounted } from '@/domain/appointment'
import { useText } from '@/text'
import { attending } from '@/text/booking/appointment'

const icons: Readonly<Record<AppointmentOutcome, Pick<ComponentProps<typeof Icon>, 'name' | 'tone'>>> = {
  served: { name: 'check-circle', tone: 'ok' },
  expired: { name: 'clock', tone: 'quiet' },
  'cancelled-by-citizen': { name: 'x-circle', tone: 'quiet' },
  'cancelled-by-hall': { name: 'alert-triangle', tone: 'bad' },
  'no-show': { name: 'alert-circle', tone: 'bad' },
  excused: { name: 'shield', tone: 'quiet' },
}

/** How it ended. Each of the six ends has its own text, tied to the state by type. */
export function OutcomeCard({ appointment, state }: { appointment: Appointment; state: AppointmentOutcome }) {
  const t = useText(attending)
  const texts: Record<AppointmentOutcome, { title: string; text: string }> = t.outcome
  const { title, text } = texts[state]
  return (
    <Card>
      <View className="outcome">
        <Icon {...icons[state]} size="xl" />
        <View className="outcome__title">{title}</View>
        <View className="outcome__text">
          {state === 'cancelled-by-citizen' && isCounted(appointment) ? t.cancelledLate : text}
        </View>
      </View>
    </Card>
  )
}
