import type { Language } from '@/domain/language'
import { dayOf, formatDay, formatTime, msOf } from '@/domain/time'
import type { LastOffer, OfferOutcome } from '@/domain/waitlist'
import type { appointments } from '@/text/appointments'

type Words = (typeof appointments)['zh-CN']

/** What became of an offered place and what follows, in sentences. */
export function outcomeText(outcome: OfferOutcome, t: Words, language: Language): string {
  switch (outcome.kind) {
    case 'over':
      return t.heldUntil(formatTime(outcome.heldUntil))
    case 'waits-on':
      return [offerText(outcome.offer, t, language), t.waitsOn(outcome.noticesLeft)].join('\n')
    case 'ended':
      return [
        ...(outcome.offer ? [offerText(outcome.offer, t, language)] : []),
        outcome.because === 'notices' ? t.endedNotices : t.endedDay,
      ].join('\n')
  }
}

function offerText({ startsAt, heldUntil, end }: LastOffer, t: Words, language: Language): string {
  const momentOf = (at: string) => `${formatDay(dayOf(msOf(at)), language)} ${formatTime(at)}`
  if (end === 'given-up') return t.givenUp(momentOf(startsAt))
  return end === 'unanswered' ? t.unanswered(momentOf(startsAt), momentOf(heldUntil)) : t.heldUntil(momentOf(heldUntil))
}
