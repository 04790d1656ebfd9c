import { View } from '@tarojs/components'
import { Dialog } from '@/components/dialog'
import { Sheet } from '@/components/sheet'
import { SlotButton, SlotGrid } from '@/components/slot-button'
import type { OverlappingAppointment } from '@/domain/appointment'
import { type BookingRefusal, bookingRefusal, canRetry } from '@/domain/booking-refusal'
import type { CityId } from '@/domain/ids'
import type { BookingRules } from '@/domain/manifest'
import { dayOf, formatDay, formatDayAndRange, formatTime, formatTimeRange, msOf } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { rendered } from '@/lifecycle/rendered'
import { todayIn } from '@/lifecycle/use-server-now'
import { failureText } from '@/parts/failure'
import { routes } from '@/routes'
import type { ServiceError } from '@/services/errors'
import { useLanguage, useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { refusals } from '@/text/booking/refusals'
import { failures } from '@/text/parts/failures'
import { terms } from '@/text/terms'
import type { Take, Taking } from './use-take'

interface Props {
  city: CityId
  taking: Taking
  rules: BookingRules | null
}

/** Why a place was not held, and how to go on. */
export function TakeSheets({ city, taking, rules }: Props) {
  const { take } = taking
  if (take.status === 'taken') return <AlternativesSheet city={city} taking={taking} take={take} />
  if (take.status === 'failed' || take.status === 'unsure')
    return <HoldRefusalDialog city={city} taking={taking} rules={rules} take={take} />
  return null
}

function AlternativesSheet(props: {
  city: CityId
  taking: Taking
  take: Extract<Taking['take'], { status: 'taken' }>
}) {
  const t = useText(booking)
  const language = useLanguage()
  const { take, taking } = props
  const { lost, alternatives } = take
  const today = todayIn(props.city)
  const hold = async (id: string) => {
    const slot = alternatives.find((other) => other.id === id)
    if (!slot) return
    taking.dismiss()
    await rendered()
    return taking.hold(slot)
  }
  const lostAt = `${formatDay(lost.day, language, today)} ${formatTime(lost.startsAt)}`
  return (
    <Sheet open title={t.taken} onClose={taking.dismiss}>
      <View className="take__text">{alternatives.length > 0 ? t.takenText(lostAt) : t.takenNone(lostAt)}</View>
      <SlotGrid label={t.near}>
        {alternatives.map((slot) => (
          <SlotButton
            key={slot.id}
            id={slot.id}
            title={
              slot.day === lost.day ? formatTimeRange(slot.startsAt, slot.endsAt, language) : formatTime(slot.startsAt)
            }
            note={`${slot.day === lost.day ? '' : `${formatDay(slot.day, language, today)} `}${t.left(slot.free)}`}
            onTap={hold}
          />
        ))}
      </SlotGrid>
    </Sheet>
  )
}

function HoldRefusalDialog(props: Props & { take: Extract<Take, { status: 'failed' | 'unsure' }> }) {
  const t = useText(booking)
  const { moveThat, holdUnsure, holdUnsureText } = useText(refusals)
  const { city, taking } = props
  const { error, slot, status } = props.take
  const isUnsure = status === 'unsure'
  const refusal = useRefusal(error, props.rules, city, isUnsure ? holdUnsure : t.holdFailed)
  const { retry } = useText(terms)
  const mayRetry = canRetry(error)
  const { overlaps } = error
  const move = async (appointment: OverlappingAppointment) => {
    taking.dismiss()
    await rendered()
    return moveOverlapping(city, appointment)
  }
  return (
    <Dialog
      open
      title={refusal.title}
      actions={[
        ...(mayRetry ? [{ label: retry, onTap: () => taking.hold(slot) }] : []),
        ...(overlaps ? [{ label: moveThat, onTap: () => move(overlaps) }] : []),
        {
          label: refusal.kind === 'overlap' || refusal.kind === 'unused-holds-limit' ? t.chooseOther : t.understood,
          onTap: taking.dismiss,
          kind: mayRetry || overlaps ? 'secondary' : 'primary',
        },
      ]}
    >
      {isUnsure ? holdUnsureText : refusal.text}
    </Dialog>
  )
}

/** To the times of the appointment that is in the way. */
export const moveOverlapping = (city: CityId, { appointmentId, hallId, itemId }: OverlappingAppointment) =>
  go(routes.slots({ city, hall: hallId, item: itemId, appointment: appointmentId }))

/** Why a hold or a confirmation was refused, in a title and a text. The city's own text wins where it is more precise. */
export function useRefusal(
  error: ServiceError,
  rules: BookingRules | null,
  city: CityId,
  otherTitle: string,
): { kind: BookingRefusal; title: string; text: string } {
  const t = useText(booking)
  const named = useText(refusals)
  const kind = bookingRefusal(error)
  const language = useLanguage()
  const other = failureText(error, useText(failures))
  const today = todayIn(city)
  switch (kind) {
    case 'active-limit':
      return {
        kind,
        title: t.limit,
        text: error.detail ?? (rules ? t.limitText(rules.activeLimit) : other.text),
      }
    case 'blocked': {
      const until = error.unblocksAt ? formatDay(dayOf(msOf(error.unblocksAt)), language, today) : ''
      return { kind, title: t.blocked, text: until ? t.blockedText(until) : (error.detail ?? other.text) }
    }
    case 'slot-past':
      return { kind, title: t.gone, text: t.goneText }
    case 'not-movable':
      return { kind, title: t.notMovable, text: t.notMovableText }
    case 'maintenance':
      return { kind, title: named.paused, text: named.pausedText }
    case 'overlap': {
      const { overlaps } = error
      const time = overlaps && formatDayAndRange(overlaps.startsAt, overlaps.endsAt, language, today)
      const text = time && overlaps ? named.overlapText(overlaps.itemName, time, overlaps.hallName) : named.overlap.text
      return { kind, title: named.overlap.title, text }
    }
    case 'waitlist-limit':
      return { kind, title: otherTitle, text: t.waitLimit }
    case 'other':
      return { kind, title: otherTitle, text: other.text }
    default:
      return { kind, title: named[kind].title, text: error.detail ?? named[kind].text }
  }
}
