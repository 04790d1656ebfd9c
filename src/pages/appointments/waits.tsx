import { useState } from 'react'
import { Cell, CellGroup } from '@/components/cell'
import { Dialog } from '@/components/dialog'
import { Section } from '@/components/section'
import type { CityId, WaitlistId } from '@/domain/ids'
import { dayOf, formatDay } from '@/domain/time'
import { openOffers, type WaitlistEntry } from '@/domain/waitlist'
import { Offers } from '@/parts/offers'
import { platform } from '@/platform'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { appointments } from '@/text/appointments'
import { refusals } from '@/text/booking/refusals'
import type { Left } from './use-appointments'

interface Props {
  waits: readonly WaitlistEntry[]
  city: CityId
  isPaused: boolean
  giveUp: (entry: WaitlistId) => Promise<Left>
}

/** What one waits for: a place found is one tap away while it is held, and waiting can be stopped. */
export function Waits({ waits, city, isPaused, giveUp }: Props) {
  const { leaveUnsure } = useText(refusals)
  const t = useText(appointments)
  const language = useLanguage()
  const [leaving, setLeaving] = useState<WaitlistEntry | null>(null)
  if (waits.length === 0) return null
  const now = () => services.serverNow(city)
  const whenOf = ({ day, part, hallName = '' }: WaitlistEntry) =>
    `${formatDay(day, language, dayOf(now()))} ${t.part[part]}\n${hallName}`
  const hasOffers = openOffers(waits, now(), isPaused).length > 0
  // An offer that ran out is no waiting yet: the city decides that when it is asked next.
  const waiting = waits.filter(({ state }) => state !== 'offered')
  if (!hasOffers && waiting.length === 0) return null
  const stop = async (entry: WaitlistEntry) => {
    const left = await giveUp(entry.id)
    setLeaving(null)
    if (left !== 'left') platform.toast(left === 'unsure' ? leaveUnsure : t.leaveFailed)
  }
  return (
    <>
      {hasOffers && (
        <Section title={t.waits}>
          <Offers city={city} entries={waits} isPaused={isPaused} />
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
              onTap={(id) => setLeaving(waits.find((other) => other.id === id) ?? null)}
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
          {`${leaving.itemName ?? ''} · ${formatDay(leaving.day, language, dayOf(now()))}`}
        </Dialog>
      )}
    </>
  )
}
