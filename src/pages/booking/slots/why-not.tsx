import { Alert } from '@/components/alert'
import type { DayExplanation } from '@/domain/slot'
import { type Day, dayOf, formatDay, formatMoment, msOf } from '@/domain/time'
import { Nothing } from '@/parts/nothing'
import type { Load } from '@/queries/use-load'
import { type Language, useLanguage, useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { people } from '@/text/booking/people'
import { refusals } from '@/text/booking/refusals'

type Words = (typeof booking)['zh-CN']

interface Props {
  why: Exclude<DayExplanation, { kind: 'free' }>
  /** How many come together. */
  persons: number
  /** The read that it comes from. */
  days: Load<unknown>
  onRetry: () => unknown
  day: Day | null
  today: Day
  onChoose: (day: Day) => void
  /** For when no day is free. */
  otherHall: () => unknown
}

/** Why a day has no places, and the next one that has some. */
export function DayWithoutPlaces({ why, persons, days, onRetry, day, today, onChoose, otherHall }: Props) {
  const { earlierFree } = useText(refusals)
  const { dayFull } = useText(people)
  const t = useText(booking)
  const language = useLanguage()
  const { nextFree } = why
  const title = why.kind === 'full' && persons > 1 ? dayFull(persons) : titleOf(why, t, language, today)
  const icon = why.kind === 'not-released' ? 'hourglass' : 'calendar'
  if (nextFree === null)
    return (
      <Nothing
        loads={[days]}
        onRetry={onRetry}
        icon={icon}
        title={title}
        text={t.noFreeDays}
        action={t.otherHall}
        onAction={otherHall}
      />
    )
  return (
    <Alert
      icon={icon}
      title={title}
      action={(day !== null && nextFree < day ? earlierFree : t.nextFree)(formatDay(nextFree, language, today))}
      onAction={() => onChoose(nextFree)}
      live
    />
  )
}

function titleOf(why: Props['why'], t: Words, language: Language, today: Day): string {
  if (why.kind === 'full') return t.dayFull
  if (why.kind === 'closed') return why.reason ? t.dayClosed(why.reason) : t.dayClosedPlain
  if (why.kind === 'unlisted') return why.reason ?? t.dayUnlisted
  if (why.releasesAt === null) return t.dayNotReleasedPlain
  const isToday = dayOf(msOf(why.releasesAt)) === today
  const moment = formatMoment(why.releasesAt, language, today)
  return t.dayNotReleased(isToday ? `${t.today} ${moment.slice(-5)}` : moment)
}
