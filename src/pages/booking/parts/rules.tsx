import { View } from '@tarojs/components'
import { Alert } from '@/components/alert'
import { bookingBar } from '@/domain/appointment'
import type { Counters } from '@/domain/citizen'
import type { CityId } from '@/domain/ids'
import type { BookingRules } from '@/domain/manifest'
import { dayOf, formatDay, msOf } from '@/domain/time'
import { useServerNow } from '@/lifecycle/use-server-now'
import type { Load } from '@/queries/use-load'
import { useLanguage, useText } from '@/text'
import { booking } from '@/text/booking/booking'
import './booking.scss'
import type { Item } from '@/domain/item'

type Words = (typeof booking)['zh-CN']

/** 120 minutes are two hours. */
export const spanOf = (minutes: number, t: Words): string =>
  minutes % 60 === 0 ? t.hoursPlain(minutes / 60) : t.minutesPlain(minutes)

/** The rule that costs most to overlook, and the citizen's own count, in a line each. */
export function rulesShort(rules: BookingRules, counters: Load<Counters>, t: Words): string {
  const own =
    counters.status === 'ready'
      ? t.countersShort(counters.value.noShowsThisMonth, rules.noShowLimit)
      : counters.status === 'loading'
        ? t.countersLoading
        : t.countersUnknown
  return `${t.freeUntilShort(spanOf(rules.cancelUntilMinutes, t))}\n${own}`
}

interface RulesProps {
  rules: BookingRules
  counters: Load<Counters>
  /** Rules of their own come first. */
  items: readonly Item[]
}

/** All rules, with the citizen's own figures, to be read before the act. */
export function Rules({ rules, counters, items }: RulesProps) {
  const t = useText(booking)
  const lines = [
    // A city that words its rule says the limit in it.
    ...items.flatMap(({ rules: own, monthlyLimit }) => own ?? (monthlyLimit ? t.ruleMonthly(monthlyLimit) : [])),
    (rules.lateMovesCount ? t.ruleCancelOrMove : t.ruleCancel)(spanOf(rules.cancelUntilMinutes, t)),
    t.ruleNoShow(rules.noShowLimit, rules.noShowBlockDays),
    ...(rules.unusedHoldLimit && rules.unusedHoldMinutes
      ? [t.ruleUnused(rules.unusedHoldLimit, spanOf(rules.unusedHoldMinutes, t))]
      : []),
    ...(counters.status === 'ready'
      ? [
          t.ruleYours(counters.value.noShowsThisMonth, rules.noShowLimit),
          t.ruleActive(counters.value.activeAppointments, rules.activeLimit),
        ]
      : [counters.status === 'loading' ? t.countersLoading : t.countersUnknown]),
  ]
  return (
    <View className="rules">
      {lines.map((line) => (
        <View key={line} className="rules__line">
          {line}
        </View>
      ))}
    </View>
  )
}

/** Why this citizen cannot book now, before a time is chosen. */
export function BookingBarAlert({
  city,
  rules,
  counters,
}: {
  city: CityId
  rules: BookingRules
  counters: Load<Counters>
}) {
  const t = useText(booking)
  const language = useLanguage()
  const now = useServerNow(city)
  if (counters.status !== 'ready') return null
  const bar = bookingBar(counters.value, rules, now)
  if (bar === null) return null
  if (bar.kind === 'too-many')
    return (
      <Alert tone="warn" title={t.limit}>
        {t.limitText(bar.limit)}
      </Alert>
    )
  return (
    <Alert tone="warn" title={t.blocked}>
      {t.blockedText(formatDay(dayOf(msOf(bar.until)), language, dayOf(now)))}
    </Alert>
  )
}
