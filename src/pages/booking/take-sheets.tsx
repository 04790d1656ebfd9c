import { View } from '@tarojs/components'
import { Dialog } from '@/components/dialog'
import { Sheet } from '@/components/sheet'
import { SlotButton, SlotGrid } from '@/components/slot-button'
import type { CityId } from '@/domain/ids'
import type { BookingRules } from '@/domain/manifest'
import { dayOf, formatDay, formatTime, formatTimeRange, msOf } from '@/domain/time'
import { drawn } from '@/pages/drawn'
import { sayFailure } from '@/pages/failure'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'
import { useLanguage, useText } from '@/text'
import { booking } from '@/text/booking'
import { common } from '@/text/common'
import { failures } from '@/text/failures'
import type { Taking } from './use-take'

interface Props {
  city: CityId
  taking: Taking
  rules: BookingRules | null
}

/** What came in the way of a hold, and how to go on from there. */
export function TakeSheets({ city, taking, rules }: Props) {
  const { take } = taking
  if (take.status === 'taken') return <Alternatives city={city} taking={taking} take={take} />
  if (take.status !== 'failed') return null
  return <Refusal city={city} taking={taking} rules={rules} error={take.error} onRetry={() => taking.hold(take.slot)} />
}

function Alternatives(props: { city: CityId; taking: Taking; take: Extract<Taking['take'], { status: 'taken' }> }) {
  const words = useText(booking)
  const language = useLanguage()
  const { take, taking } = props
  const { lost, alternatives } = take
  const today = dayOf(services.serverNow(props.city))
  const hold = async (id: string) => {
    const slot = alternatives.find((other) => other.id === id)
    if (!slot) return
    taking.dismiss()
    await drawn()
    return taking.hold(slot)
  }
  const lostAt = `${formatDay(lost.day, language, today)} ${formatTime(lost.startsAt)}`
  return (
    <Sheet open title={words.taken} onClose={taking.dismiss}>
      <View className="take__text">{alternatives.length > 0 ? words.takenText(lostAt) : words.takenNone(lostAt)}</View>
      <SlotGrid label={words.near}>
        {alternatives.map((slot) => (
          <SlotButton
            key={slot.id}
            id={slot.id}
            title={
              slot.day === lost.day ? formatTimeRange(slot.startsAt, slot.endsAt, language) : formatTime(slot.startsAt)
            }
            note={`${slot.day === lost.day ? '' : `${formatDay(slot.day, language, today)} `}${words.left(slot.free)}`}
            onTap={hold}
          />
        ))}
      </SlotGrid>
    </Sheet>
  )
}

function Refusal(props: Props & { error: ServiceError; onRetry: () => Promise<void> }) {
  const words = useText(booking)
  const said = useSaid(props.error, props.rules, props.city, words.holdFailed)
  const { retry } = useText(common)
  const mayRetry =
    props.error.kind !== 'refused' && props.error.code !== 'city-read-only' && props.error.retry !== 'never'
  return (
    <Dialog
      open
      title={said.title}
      actions={[
        ...(mayRetry ? [{ label: retry, onTap: props.onRetry }] : []),
        { label: words.understood, onTap: props.taking.dismiss, kind: mayRetry ? 'secondary' : 'primary' },
      ]}
    >
      {said.text}
    </Dialog>
  )
}

/** Why a hold or a confirmation was refused, in words. The city's own win where they say more than the code. */
export function useSaid(
  error: ServiceError,
  rules: BookingRules | null,
  city: CityId,
  otherTitle: string,
): { title: string; text: string } {
  const words = useText(booking)
  const language = useLanguage()
  const other = sayFailure(error, useText(failures))
  const today = dayOf(services.serverNow(city))
  switch (error.code) {
    case 'booking-limit':
      return { title: words.limit, text: error.detail ?? (rules ? words.limitText(rules.activeLimit) : other.text) }
    case 'booking-blocked': {
      const until = error.unblocksAt ? formatDay(dayOf(msOf(error.unblocksAt)), language, today) : ''
      return { title: words.blocked, text: until ? words.blockedText(until) : (error.detail ?? other.text) }
    }
    case 'slot-past':
      return { title: words.gone, text: words.goneText }
    case 'appointment-not-open':
      return { title: words.notMovable, text: words.notMovableText }
    case 'city-read-only':
      return { title: words.readOnly, text: words.readOnlyText }
    default:
      return { title: otherTitle, text: other.text }
  }
}
