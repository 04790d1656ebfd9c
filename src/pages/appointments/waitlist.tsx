import { useState } from 'react'
import { Cell, CellGroup } from '@/components/cell'
import { Dialog } from '@/components/dialog'
import { Section } from '@/components/section'
import type { CityId, WaitlistId } from '@/domain/ids'
import { dayOf, formatDay } from '@/domain/time'
import { type LeaveResult, offerOutcome, openOffers, type WaitlistEntry } from '@/domain/waitlist'
import { go } from '@/lifecycle/go'
import { rendered } from '@/lifecycle/rendered'
import { todayIn } from '@/lifecycle/use-server-now'
import { outcomeText } from '@/parts/offer-outcome'
import { Offers } from '@/parts/offers'
import { platform } from '@/platform'
import { routes } from '@/routes'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { appointments } from '@/text/appointments'
import { refusals } from '@/text/booking/refusals'

interface Props {
  entries: readonly WaitlistEntry[]
  city: CityId
  isPaused: boolean
  leave: (entry: WaitlistId) => Promise<LeaveResult>
  /** An offer ran out. */
  onOver: () => unknown
}

/**
 * Days that the citizen waits for: a place found is one tap away while it is held, and waiting can be stopped. One that was let go says what
 * became of it.
 */
export function Waitlist({ entries, city, isPaused, leave, onOver }: Props) {
  const { leaveUnsure } = useText(refusals)
  const t = useText(appointments)
  const language = useLanguage()
  const [leaving, setLeaving] = useState<WaitlistEntry | null>(null)
  if (entries.length === 0) return null
  const nowMs = services.serverNow(city)
  const whenOf = ({ day, part, hallName = '' }: WaitlistEntry) =>
    `${formatDay(day, language, dayOf(nowMs))} ${t.part[part]}\n${hallName}`
  const open = openOffers(entries, nowMs, isPaused)
  const hasOffers = open.length > 0
  const waiting = entries.filter(({ id }) => !open.some((offer) => offer.id === id))
  const becameOf = (entry: WaitlistEntry) => {
    const outcome = offerOutcome(entry, nowMs, isPaused)
    return outcome && outcomeText(outcome, t, language)
  }
  // An offer that ran out is not waiting again before the city says so.
  const tags = { waiting: t.waiting, offered: t.offerOver, passed: t.waitOver, unlisted: t.state.unlisted }
  const tagOf = ({ state }: WaitlistEntry) => (state === 'taken' || state === 'left' ? t.waitOver : tags[state])
  if (!hasOffers && waiting.length === 0) return null
  const stop = async (entry: WaitlistEntry) => {
    const result = await leave(entry.id)
    setLeaving(null)
    if (result !== 'left') platform.toast(result === 'unsure' ? leaveUnsure : t.leaveFailed)
  }
  return (
    <>
      {hasOffers && (
        <Section title={t.waits}>
          <Offers city={city} entries={entries} isPaused={isPaused} onOver={onOver} />
        </Section>
      )}
      {waiting.length > 0 && (
        <CellGroup title={hasOffers ? undefined : t.waits}>
          {waiting.map((entry) => (
            <Cell
              key={entry.id}
              id={entry.id}
              title={entry.itemName ?? ''}
              tag={tagOf(entry)}
              tagTone={entry.state === 'passed' ? 'plain' : undefined}
              note={[whenOf(entry), becameOf(entry)].filter(Boolean).join('\n')}
              onTap={(id) => setLeaving(entries.find((other) => other.id === id) ?? null)}
            />
          ))}
        </CellGroup>
      )}
      {leaving && (
        <LeaveDialog
          entry={leaving}
          city={city}
          becameOf={becameOf(leaving)}
          onLeave={() => stop(leaving)}
          onStay={() => setLeaving(null)}
        />
      )}
    </>
  )
}

interface LeaveProps {
  entry: WaitlistEntry
  city: CityId
  becameOf: string | null
  onLeave: () => unknown
  onStay: () => void
}

/** Stops waiting; one that has passed is taken off the list, or its day is looked at again. */
function LeaveDialog({ entry, city, becameOf, onLeave, onStay }: LeaveProps) {
  const t = useText(appointments)
  const language = useLanguage()
  const today = todayIn(city)
  const { itemName = '', day, state } = entry
  const isOver = state === 'passed'
  const again = async () => {
    onStay()
    await rendered()
    return go(routes.slots({ city, hall: entry.hallId, item: entry.itemId }))
  }
  return (
    <Dialog
      open
      title={isOver ? t.waitOver : t.leaveAsk}
      actions={[
        ...(isOver && day >= today ? [{ label: t.waitAgain, onTap: again }] : []),
        { label: isOver ? t.keepShown : t.stay, onTap: onStay, ...(isOver && { kind: 'secondary' as const }) },
        {
          label: isOver ? t.forget : t.leave,
          onTap: onLeave,
          kind: isOver ? ('secondary' as const) : ('danger' as const),
        },
      ]}
    >
      {[`${itemName} · ${formatDay(day, language, today)}`, becameOf].filter(Boolean).join('\n')}
    </Dialog>
  )
}
