import { useState } from 'react'
import { Cell, CellGroup } from '@/components/cell'
import { Dialog } from '@/components/dialog'
import { Section } from '@/components/section'
import type { CityId, WaitlistId } from '@/domain/ids'
import { dayOf, formatDay } from '@/domain/time'
import { type LeaveResult, openOffers, type WaitlistEntry } from '@/domain/waitlist'
import { Offers } from '@/parts/offers'
import { platform } from '@/platform'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { appointments } from '@/text/appointments'
import { refusals } from '@/text/booking/refusals'

interface Props {
  entries: readonly WaitlistEntry[]
  city: CityId
  isPaused: boolean
  leave: (entry: WaitlistId) => Promise<LeaveResult>
}

/** Days that the citizen waits for: a place found is one tap away while it is held, and waiting can be stopped. */
export function Waitlist({ entries, city, isPaused, leave }: Props) {
  const { leaveUnsure } = useText(refusals)
  const t = useText(appointments)
  const language = useLanguage()
  const [leaving, setLeaving] = useState<WaitlistEntry | null>(null)
  if (entries.length === 0) return null
  const nowMs = services.serverNow(city)
  const whenOf = ({ day, part, hallName = '' }: WaitlistEntry) =>
    `${formatDay(day, language, dayOf(nowMs))} ${t.part[part]}\n${hallName}`
  const hasOffers = openOffers(entries, nowMs, isPaused).length > 0
  // An offer that ran out is not waiting again before the city says so.
  const waiting = entries.filter(({ state }) => state !== 'offered')
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
          <Offers city={city} entries={entries} isPaused={isPaused} />
        </Section>
      )}
      {waiting.length > 0 && (
        <CellGroup title={hasOffers ? undefined : t.waits}>
          {waiting.map((entry) => (
            <Cell
              key={entry.id}
              id={entry.id}
              title={entry.itemName ?? ''}
              tag={entry.state === 'unlisted' ? t.state.unlisted : t.waiting}
              note={whenOf(entry)}
              onTap={(id) => setLeaving(entries.find((other) => other.id === id) ?? null)}
            />
          ))}
        </CellGroup>
      )}
      {leaving && (
        <Dialog
          open
          title={t.leaveAsk}
          actions={[
            { label: t.stay, onTap: () => setLeaving(null) },
            { label: t.leave, onTap: () => stop(leaving), kind: 'danger' },
          ]}
        >
          {`${leaving.itemName ?? ''} · ${formatDay(leaving.day, language, dayOf(nowMs))}`}
        </Dialog>
      )}
    </>
  )
}
