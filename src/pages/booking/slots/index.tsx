import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useCallback, useState } from 'react'
import { Alert } from '@/components/alert'
import { guarded } from '@/components/guarded'
import { Screen } from '@/components/screen'
import { Section } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import { endOf, isBookable, openBecause, type Slot } from '@/domain/slot'
import { type Day, formatDay, formatDayAndRange } from '@/domain/time'
import { leave } from '@/lifecycle/leave'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { useTick } from '@/lifecycle/use-tick'
import { BarNotice } from '@/pages/booking/parts/rules'
import { TakeSheets } from '@/pages/booking/parts/take-sheets'
import { VisitHead } from '@/pages/booking/parts/visit-head'
import { BadLink, Failure } from '@/parts/failure'
import { Freshness } from '@/parts/freshness'
import { Maintenance } from '@/parts/maintenance'
import { platform } from '@/platform'
import { readLink, routes } from '@/routes'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { Before } from './before'
import { Days } from './days'
import { type Part, Times } from './times'
import { type SlotsLink, type SlotsPage, todayIn, useSlots } from './use-slots'
import { Wait } from './wait'
import { WhyNot } from './why-not'

function Head({ link, page }: { link: SlotsLink; page: SlotsPage }) {
  const t = useText(booking)
  const language = useLanguage()
  const { place, manifest, moving } = page
  if (place.status !== 'ready') return <Skeleton kind="cell" count={3} />
  const { item, hall } = place.value
  const rules = manifest?.booking ?? null
  return (
    <>
      <VisitHead title={namesOf(item.name, page, t.comma)} note={hall.name} />
      <Maintenance manifest={manifest} text="pausedText" />
      {moving && (
        <Alert title={t.moveTitle}>
          {t.moveNote(formatDayAndRange(moving.slot.startsAt, endOf(moving), language, todayIn(link.city)))}
        </Alert>
      )}
      {!link.appointment && rules && <BarNotice city={link.city} rules={rules} counters={page.counters} />}
      <Before city={link.city} page={page} />
    </>
  )
}

/** Of all items of the visit. */
const namesOf = (name: string, page: SlotsPage, comma: string): string =>
  page.moving?.itemName ?? [name, ...page.items.slice(1).map((item) => item.name)].join(comma)

function DayTimes({ link, page, onTake }: { link: SlotsLink; page: SlotsPage; onTake: (id: string) => unknown }) {
  const { times, why, taking } = page
  const [part, setPart] = useState<Part>('any')
  // Times pass while they are looked at.
  useTick()
  if (why !== null && why.kind !== 'free')
    return (
      <>
        <WhyNot
          why={why}
          days={page.days}
          onRetry={page.recount}
          day={page.day}
          today={todayIn(link.city)}
          onChoose={page.choose}
          otherHall={() => leave.to(routes.halls({ city: link.city, item: link.item }))}
        />
        <Wait waiting={page.waiting} rules={page.manifest?.booking ?? null} />
      </>
    )
  if (times.status === 'failed') return <Failure error={times.error} onRetry={page.recount} />
  if (times.status === 'loading') return <Skeleton kind="tiles" count={4} />
  return (
    <Times
      slots={times.value.slots}
      nowMs={services.serverNow(link.city)}
      part={part}
      setPart={setPart}
      taking={taking.take.status === 'taking' ? taking.take.slot.id : null}
      onTake={onTake}
    />
  )
}

/** How old the counts are; places left are never shown without it. */
function Counted({ link, page }: { link: SlotsLink; page: SlotsPage }) {
  const { days, times } = page
  const counted = times.status === 'ready' ? times : days
  if (counted.status !== 'ready') return null
  return <Freshness city={link.city} at={counted.value.countedAt} always onRefresh={page.recount} />
}

function Slots({ link }: { link: SlotsLink }) {
  const t = useText(booking)
  const language = useLanguage()
  const page = useSlots(link)
  const { days, day, times, taking } = page
  const today = todayIn(link.city)
  const nameOf = (one: Day) => formatDay(one, language, today)
  const slotDay = days.status === 'ready' ? days.value.days.find((one) => one.day === day) : undefined
  const reason = slotDay ? openBecause(slotDay) : null
  usePageTitle(link.appointment ? t.moveTitle : t.slots)
  const slots = times.status === 'ready' ? times.value.slots : none
  const { hold } = taking
  const { mayBook } = page
  const take = useCallback(
    (id: string) => {
      const slot = slots.find((other) => other.id === id)
      if (!slot) return
      if (!mayBook) return platform.toast(t.readOnly)
      if (!isBookable(slot, services.serverNow(link.city))) return platform.toast(slot.free > 0 ? t.gone : t.full)
      return hold(slot)
    },
    [slots, hold, mayBook, link.city, t],
  )
  if (page.place.status === 'failed')
    return (
      <Screen>
        <Failure error={page.place.error} onRetry={page.reload} />
      </Screen>
    )
  return (
    <Screen>
      <Head link={link} page={page} />
      <Section title={day ? `${t.slots} · ${reason ? t.dayBecause(nameOf(day), reason) : nameOf(day)}` : t.slots}>
        {days.status === 'loading' && <Skeleton kind="cell" />}
        {days.status === 'failed' && <Failure error={days.error} onRetry={page.recount} />}
        {days.status === 'ready' && (
          <>
            <Days days={page.daysAhead} chosen={day} today={today} onChoose={page.choose} />
            <Counted link={link} page={page} />
          </>
        )}
      </Section>
      {/* Apart, so that another day's times are sent to the page without all that is above them. */}
      <View className="day-times">{days.status === 'ready' && <DayTimes link={link} page={page} onTake={take} />}</View>
      <TakeSheets city={link.city} taking={taking} rules={page.manifest?.booking ?? null} />
    </Screen>
  )
}

const none: readonly Slot[] = []

function SlotsPageOf() {
  const link = readLink(useRouter().params, ['city', 'hall', 'item'], ['appointment'])
  return link ? <Slots link={link} /> : <BadLink />
}

export default guarded(SlotsPageOf)
