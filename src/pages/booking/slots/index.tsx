import { View } from '@tarojs/components'
import { useCallback, useState } from 'react'
import { Alert } from '@/components/alert'
import { Screen } from '@/components/screen'
import { Section } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import { endOf, openBecause, type Slot, slotStatus } from '@/domain/slot'
import { type Day, formatDay, formatDayAndRange } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { todayIn, useServerNow } from '@/lifecycle/use-server-now'
import { Heading } from '@/pages/booking/parts/heading'
import { BookingBarAlert } from '@/pages/booking/parts/rules'
import { TakeSheets } from '@/pages/booking/parts/take-sheets'
import { Failure } from '@/parts/failure'
import { Freshness } from '@/parts/freshness'
import { Maintenance } from '@/parts/maintenance'
import { page } from '@/parts/page'
import { platform } from '@/platform'
import { readLink, routes } from '@/routes'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { people } from '@/text/booking/people'
import { BeforeChoosing } from './before'
import { SlotDays } from './days'
import { PersonsCell } from './persons'
import { type Part, SlotTimes } from './times'
import { type SlotsLink, type SlotsPage as State, useSlots } from './use-slots'
import { WaitForDay } from './wait'
import { DayWithoutPlaces } from './why-not'

function SlotsHeader({ link, page }: { link: SlotsLink; page: State }) {
  const t = useText(booking)
  const language = useLanguage()
  const { subject, manifest, moving } = page
  if (subject.status !== 'ready') return <Skeleton kind="cell" count={3} />
  const { item, hall } = subject.value
  const rules = manifest?.booking ?? null
  return (
    <>
      <Heading title={namesOf(item.name, page, t.comma)} note={hall.name} />
      <Maintenance manifest={manifest} text="pausedText" />
      {moving && (
        <Alert title={t.moveTitle}>
          {t.moveNote(formatDayAndRange(moving.slot.startsAt, endOf(moving), language, todayIn(link.city)))}
        </Alert>
      )}
      {!link.appointment && rules && <BookingBarAlert city={link.city} rules={rules} counters={page.counters} />}
      <PersonsCell persons={page.persons} />
      <BeforeChoosing city={link.city} page={page} />
    </>
  )
}

/** Of all items of the appointment. */
const namesOf = (name: string, page: State, comma: string): string =>
  page.moving?.itemName ?? [name, ...page.items.slice(1).map((item) => item.name)].join(comma)

function DayTimes({ link, page, onTake }: { link: SlotsLink; page: State; onTake: (id: string) => unknown }) {
  const { times, why, taking } = page
  const [part, setPart] = useState<Part>('any')
  // Times pass while they are looked at.
  const nowMs = useServerNow(link.city)
  if (why !== null && why.kind !== 'free')
    return (
      <>
        <DayWithoutPlaces
          why={why}
          persons={page.persons.count}
          days={page.days}
          onRetry={page.recount}
          day={page.day}
          today={todayIn(link.city)}
          onChoose={page.choose}
          otherHall={() => go(routes.halls({ city: link.city, item: link.item }))}
        />
        <WaitForDay waiting={page.waiting} rules={page.manifest?.booking ?? null} />
      </>
    )
  if (times.status === 'failed') return <Failure error={times.error} onRetry={page.recount} />
  if (times.status === 'loading') return <Skeleton kind="tiles" count={4} />
  return (
    <SlotTimes
      slots={times.value.slots}
      nowMs={nowMs}
      persons={page.persons.count}
      part={part}
      setPart={setPart}
      taking={taking.take.status === 'taking' ? taking.take.slot.id : null}
      onTake={onTake}
    />
  )
}

/** The age of the counts; places left are never shown without it. */
function CountAge({ link, page }: { link: SlotsLink; page: State }) {
  const { days, times } = page
  const counted = times.status === 'ready' ? times : days
  if (counted.status !== 'ready') return null
  return <Freshness city={link.city} at={counted.value.countedAt} always onRefresh={page.recount} />
}

function SlotsPage(link: SlotsLink) {
  const t = useText(booking)
  const { onlyLeft } = useText(people)
  const language = useLanguage()
  const state = useSlots(link)
  const { days, day, times, taking } = state
  const today = todayIn(link.city)
  const nameOf = (one: Day) => formatDay(one, language, today)
  const slotDay = days.status === 'ready' ? days.value.days.find((one) => one.day === day) : undefined
  const reason = slotDay ? openBecause(slotDay) : null
  usePageTitle(link.appointment ? t.moveTitle : t.slots)
  const slots = times.status === 'ready' ? times.value.slots : none
  const { hold } = taking
  const { mayBook, persons } = state
  const take = useCallback(
    (id: string) => {
      const slot = slots.find((other) => other.id === id)
      if (!slot) return
      if (!mayBook) return platform.toast(t.readOnly)
      const status = slotStatus(slot, services.serverNow(link.city), persons.count)
      if (status === 'few') return platform.toast(onlyLeft(slot.free))
      if (status !== 'free') return platform.toast(status === 'past' ? t.gone : t.full)
      return hold(slot)
    },
    [slots, hold, mayBook, persons.count, link.city, t, onlyLeft],
  )
  if (state.subject.status === 'failed')
    return (
      <Screen>
        <Failure error={state.subject.error} onRetry={state.reload} />
      </Screen>
    )
  return (
    <Screen>
      <SlotsHeader link={link} page={state} />
      <Section title={day ? `${t.slots} · ${reason ? t.dayBecause(nameOf(day), reason) : nameOf(day)}` : t.slots}>
        {days.status === 'loading' && <Skeleton kind="cell" />}
        {days.status === 'failed' && <Failure error={days.error} onRetry={state.recount} />}
        {days.status === 'ready' && (
          <>
            <SlotDays
              days={state.daysAhead}
              persons={persons.count}
              chosen={day}
              today={today}
              onChoose={state.choose}
            />
            <CountAge link={link} page={state} />
          </>
        )}
      </Section>
      {/* Apart, so that another day's times are sent to the page without all that is above them. */}
      <View className="day-times">
        {days.status === 'ready' && <DayTimes link={link} page={state} onTake={take} />}
      </View>
      <TakeSheets city={link.city} taking={taking} rules={state.manifest?.booking ?? null} />
    </Screen>
  )
}

const none: readonly Slot[] = []

export default page({
  link: (params) => readLink(params, ['city', 'hall', 'item'], ['appointment']),
  view: SlotsPage,
})
