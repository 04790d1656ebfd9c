import { useState } from 'react'
import { Alert } from '@/components/alert'
import { Countdown } from '@/components/countdown'
import type { CityId } from '@/domain/ids'
import { dayOf, formatDay, formatTime } from '@/domain/time'
import { openOffers, type WaitlistEntry } from '@/domain/waitlist'
import { go } from '@/lifecycle/go'
import { routes } from '@/routes'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { appointments } from '@/text/appointments'
import { refusals } from '@/text/booking/refusals'

interface Props {
  city: CityId
  entries: readonly WaitlistEntry[]
  /** The city is in maintenance: nothing can be confirmed and no time runs out. */
  isPaused: boolean
  /** One of them ran out: the city says what becomes of it. */
  onOver?: (() => unknown) | undefined
}

/** Places held for somebody who waits: each one tap away, counting down by the city's clock, the most urgent first. */
export function Offers({ city, entries, isPaused, onOver }: Props) {
  const t = useText(appointments)
  const { offerUntil: until, offerPaused } = useText(refusals)
  const language = useLanguage()
  const [, setEnded] = useState(0)
  const now = () => services.serverNow(city)
  return (
    <>
      {openOffers(entries, now(), isPaused).map(({ id, holdId, offerUntil, itemName, hallName, day }) => (
        <Alert
          key={id}
          tone="ok"
          icon="bell"
          title={t.offered}
          action={t.take}
          onAction={() => go(routes.confirm({ city, hold: holdId, entry: id }))}
          live
        >
          {[itemName, formatDay(day, language, dayOf(now())), hallName, isPaused && offerPaused]
            .filter(Boolean)
            .join(' · ')}
          {offerUntil && !isPaused && (
            <Countdown
              deadline={offerUntil}
              now={now}
              label={until(formatTime(offerUntil))}
              onEnd={() => {
                setEnded((times) => times + 1)
                onOver?.()
              }}
            />
          )}
        </Alert>
      ))}
    </>
  )
}
