import { useState } from 'react'
import { Cell, CellGroup } from '@/components/cell'
import { Countdown } from '@/components/countdown'
import { Dialog } from '@/components/dialog'
import { Notice } from '@/components/notice'
import { Section } from '@/components/section'
import type { WaitlistEntry } from '@/domain/appointment'
import type { CityId, WaitlistId } from '@/domain/ids'
import { dayOf, formatDay } from '@/domain/time'
import { leave } from '@/pages/leave'
import { routes } from '@/pages/routes'
import { platform } from '@/platform'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { visits } from '@/text/visits'

interface Props {
  waits: readonly WaitlistEntry[]
  city: CityId
  giveUp: (entry: WaitlistId) => Promise<boolean>
}

/** What one waits for: a place found is one tap away while it is held, and waiting can be stopped. */
export function Waits({ waits, city, giveUp }: Props) {
  const words = useText(visits)
  const language = useLanguage()
  const [leaving, setLeaving] = useState<WaitlistEntry | null>(null)
  if (waits.length === 0) return null
  const now = () => services.serverNow(city)
  const whenOf = ({ day, part, hallName = '' }: WaitlistEntry) =>
    `${formatDay(day, language, dayOf(now()))} ${words.part[part]}\n${hallName}`
  const offers = waits.flatMap((entry) =>
    entry.state === 'offered' && entry.holdId ? [{ ...entry, holdId: entry.holdId }] : [],
  )
  const waiting = waits.filter(({ id }) => !offers.some((offer) => offer.id === id))
  const stop = async (entry: WaitlistEntry) => {
    const isGone = await giveUp(entry.id)
    setLeaving(null)
    if (!isGone) platform.toast(words.leaveFailed)
  }
  return (
    <>
      {offers.length > 0 && (
        <Section title={words.waits}>
          {offers.map(({ id, holdId, offerUntil, itemName, hallName, day }) => (
            <Notice
              key={id}
              tone="ok"
              icon="bell"
              title={words.offered}
              action={words.take}
              onAction={() => leave.to(routes.confirm({ city, hold: holdId, entry: id }))}
              live
            >
              {[itemName, formatDay(day, language, dayOf(now())), hallName].filter(Boolean).join(' · ')}
              {offerUntil && <Countdown deadline={offerUntil} now={now} label={words.offerLeft} />}
            </Notice>
          ))}
        </Section>
      )}
      {waiting.length > 0 && (
        <CellGroup title={offers.length > 0 ? undefined : words.waits}>
          {waiting.map((entry) => (
            <Cell
              key={entry.id}
              id={entry.id}
              title={entry.itemName ?? ''}
              tag={entry.state === 'unlisted' ? words.state.unlisted : words.waiting}
              note={whenOf(entry)}
              onTap={(id) => setLeaving(waits.find((other) => other.id === id) ?? null)}
            />
          ))}
        </CellGroup>
      )}
      {leaving && (
        <Dialog
          open
          title={words.leaveAsk}
          actions={[
            { label: words.stay, onTap: () => setLeaving(null) },
            { label: words.leave, onTap: () => stop(leaving), kind: 'danger' },
          ]}
        >
          {`${leaving.itemName ?? ''} · ${formatDay(leaving.day, language, dayOf(now()))}`}
        </Dialog>
      )}
    </>
  )
}
