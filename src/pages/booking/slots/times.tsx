import { Section } from '@/components/section'
import { SlotButton, SlotGrid } from '@/components/slot-button'
import { groupByPartOfDay, isBookable, type Slot } from '@/domain/slot'
import { formatTime } from '@/domain/time'
import { useText } from '@/text'
import { booking } from '@/text/booking'
import { isOver } from './use-slots'

interface Props {
  slots: readonly Slot[]
  nowMs: number
  /** The one that is being held just now. */
  taking: string | null
  onTake: (id: string) => unknown
}

const few = 3

/** A day's times, morning and afternoon apart. Full ones stay in their place, so that nothing moves under a finger. */
export function Times({ slots, nowMs, taking, onTake }: Props) {
  const words = useText(booking)
  const parts = groupByPartOfDay(slots)
  return (
    <>
      {(['morning', 'afternoon'] as const).map(
        (part) =>
          parts[part].length > 0 && (
            <Section key={part} title={words[part]}>
              <SlotGrid label={words[part]}>
                {parts[part].map((slot) => (
                  <SlotButton
                    key={slot.id}
                    id={slot.id}
                    title={formatTime(slot.startsAt)}
                    note={isOver(slot, nowMs) ? words.past : slot.free > 0 ? words.left(slot.free) : words.full}
                    noteTone={slot.free > 0 && slot.free <= few ? 'warn' : undefined}
                    selected={slot.id === taking}
                    off={!isBookable(slot, nowMs)}
                    onTap={onTake}
                  />
                ))}
              </SlotGrid>
            </Section>
          ),
      )}
    </>
  )
}
