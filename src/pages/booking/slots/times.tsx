import { View } from '@tarojs/components'
import { Alert } from '@/components/alert'
import { Section } from '@/components/section'
import { SlotButton, SlotGrid } from '@/components/slot-button'
import { Segmented } from '@/components/tabs'
import { groupByPartOfDay, isBookable, type PartOfDay, type Slot, slotStatus } from '@/domain/slot'
import { formatTime } from '@/domain/time'
import { useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { people } from '@/text/booking/people'

export type Part = PartOfDay | 'any'

interface Props {
  slots: readonly Slot[]
  nowMs: number
  /** How many come together. */
  persons: number
  part: Part
  setPart: (part: Part) => void
  /** The one that is being held. */
  taking: string | null
  onTake: (id: string) => unknown
}

const few = 3
const parts = ['morning', 'afternoon'] as const

/** A day's times, morning and afternoon apart. Full ones stay in their place, so that nothing moves under a finger. */
export function SlotTimes({ slots, nowMs, persons, part, setPart, taking, onTake }: Props) {
  const t = useText(booking)
  const times = groupByPartOfDay(slots)
  const { onlyLeft } = useText(people)
  const noteOf = (slot: Slot) => {
    const status = slotStatus(slot, nowMs, persons)
    if (status === 'few') return onlyLeft(slot.free)
    return status === 'free' ? t.left(slot.free) : t[status]
  }
  return (
    <>
      <Segmented
        label={t.part}
        value={part}
        onChange={setPart}
        items={[
          { key: 'any', label: t.wholeDay },
          { key: 'morning', label: t.morning },
          { key: 'afternoon', label: t.afternoon },
        ]}
      />
      {part !== 'any' && !times[part].some((slot) => isBookable(slot, nowMs, persons)) && (
        <Alert title={t.noneInPart} action={t.seeWholeDay} onAction={() => setPart('any')} live />
      )}
      {/* The other half is hidden, not removed: nothing need be sent to the page again. */}
      {parts.map(
        (name) =>
          times[name].length > 0 && (
            <View key={name} className={part === 'any' || part === name ? '' : 'times--away'}>
              <Section title={t[name]}>
                <SlotGrid label={t[name]}>
                  {times[name].map((slot) => (
                    <SlotButton
                      key={slot.id}
                      id={slot.id}
                      title={formatTime(slot.startsAt)}
                      note={noteOf(slot)}
                      noteTone={slot.free > 0 && slot.free <= few ? 'warn' : undefined}
                      selected={slot.id === taking}
                      off={!isBookable(slot, nowMs, persons)}
                      onTap={onTake}
                    />
                  ))}
                </SlotGrid>
              </Section>
            </View>
          ),
      )}
    </>
  )
}
