import { useCallback } from 'react'
import { Alert } from '@/components/alert'
import { Button, ButtonRow } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { guarded } from '@/components/guarded'
import { Screen } from '@/components/screen'
import type { Appointment } from '@/domain/appointment'
import { type AppointmentId, asId, type CityId } from '@/domain/ids'
import { endOf } from '@/domain/slot'
import { dayOf, formatDayAndRange } from '@/domain/time'
import { leave } from '@/lifecycle/leave'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { Failure } from '@/parts/failure'
import { Maintenance } from '@/parts/maintenance'
import { Nothing } from '@/parts/nothing'
import { visitTone } from '@/parts/visit-tones'
import { routes } from '@/routes'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { appointments } from '@/text/appointments'
import { useAppointments } from './use-appointments'
import { Waits } from './waits'

const open = (route: string) => leave.to(route)

function VisitList(props: { title: string; items: readonly Appointment[]; city: CityId }) {
  const t = useText(appointments)
  const language = useLanguage()
  const { items, city } = props
  const show = useCallback(
    (id: string) => open(routes.appointment({ city, appointment: asId<AppointmentId>(id) })),
    [city],
  )
  if (items.length === 0) return null
  const today = dayOf(services.serverNow(city))
  return (
    <CellGroup title={props.title}>
      {items.map((visit) => (
        <Cell
          key={visit.id}
          id={visit.id}
          title={visit.itemName}
          tag={t.state[visit.state]}
          tagTone={visitTone[visit.state]}
          note={`${formatDayAndRange(visit.slot.startsAt, endOf(visit), language, today)}\n${visit.hall.name}`}
          onTap={show}
        />
      ))}
    </CellGroup>
  )
}

function AppointmentsPage() {
  const t = useText(appointments)
  const {
    city,
    list,
    waitlist,
    upcoming,
    past,
    waits,
    leave: giveUp,
    isPaused,
    manifest,
    takesBookings,
    reload,
    ...more
  } = useAppointments()
  usePageTitle(t.title)
  if (!city)
    return (
      <Screen>
        <Message icon="map-pin" title={t.noCity} action={t.chooseCity} onAction={() => open(routes.cities())} />
      </Screen>
    )
  if (!takesBookings)
    return (
      <Screen>
        <Message deadEnd icon="calendar" title={t.noBooking} text={t.noBookingText} />
      </Screen>
    )
  const book = () => open(routes.items({ city }))
  const findHall = () => open(routes.halls({ city }))
  if (list.status === 'failed')
    return (
      <Screen>
        <Failure error={list.error} onRetry={reload} />
      </Screen>
    )
  if (upcoming.length + past.length + waits.length === 0)
    return (
      <Screen>
        <Maintenance manifest={manifest} text="pausedText" />
        <Nothing
          loads={waitlist ? [list, waitlist] : [list]}
          onRetry={reload}
          skeleton={{ kind: 'cell', count: 4 }}
          icon="calendar-check"
          title={t.none}
          text={t.noneText}
          {...(!isPaused && { action: t.book, onAction: book })}
        />
      </Screen>
    )
  return (
    <Screen
      footer={
        <ButtonRow>
          {!isPaused && <Button onTap={book}>{t.book}</Button>}
          <Button kind="secondary" onTap={findHall}>
            {t.halls}
          </Button>
        </ButtonRow>
      }
    >
      <Maintenance manifest={manifest} text="pausedText" />
      <Waits waits={waits} city={city} isPaused={isPaused} giveUp={giveUp} />
      <VisitList title={t.upcoming} items={upcoming} city={city} />
      <VisitList title={t.past} items={past} city={city} />
      {more.moreFailed && <Alert tone="warn" title={t.moreFailed} />}
      {more.hasMore && (
        <Button block kind="quiet" onTap={more.readMore}>
          {t.more}
        </Button>
      )}
    </Screen>
  )
}

export default guarded(AppointmentsPage)
