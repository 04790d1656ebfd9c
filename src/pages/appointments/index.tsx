import { useCallback } from 'react'
import { Alert } from '@/components/alert'
import { Button, ButtonRow } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { Screen } from '@/components/screen'
import type { Appointment } from '@/domain/appointment'
import { type AppointmentId, asId, type CityId } from '@/domain/ids'
import { endOf } from '@/domain/slot'
import { formatDayAndRange } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { todayIn } from '@/lifecycle/use-server-now'
import { appointmentTone } from '@/parts/appointment-tones'
import { Failure } from '@/parts/failure'
import { Maintenance } from '@/parts/maintenance'
import { Nothing } from '@/parts/nothing'
import { page } from '@/parts/page'
import { routes } from '@/routes'
import { useLanguage, useText } from '@/text'
import { appointments } from '@/text/appointments'
import { useAppointmentsPage } from './use-appointments'
import { Waitlist } from './waitlist'

function AppointmentList(props: { title: string; items: readonly Appointment[]; city: CityId }) {
  const t = useText(appointments)
  const language = useLanguage()
  const { items, city } = props
  const show = useCallback(
    (id: string) => go(routes.appointment({ city, appointment: asId<AppointmentId>(id) })),
    [city],
  )
  if (items.length === 0) return null
  const today = todayIn(city)
  return (
    <CellGroup title={props.title}>
      {items.map((appointment) => (
        <Cell
          key={appointment.id}
          id={appointment.id}
          title={appointment.itemName}
          tag={t.state[appointment.state]}
          tagTone={appointmentTone[appointment.state]}
          note={`${formatDayAndRange(appointment.slot.startsAt, endOf(appointment), language, today)}\n${appointment.hall.name}`}
          onTap={show}
        />
      ))}
    </CellGroup>
  )
}

/** To the numbers of today's queues, where the city gives them. */
function NumbersCell({ city }: { city: CityId }) {
  const t = useText(appointments)
  return (
    <CellGroup>
      <Cell
        icon="list-checks"
        title={t.takeNumber}
        note={t.takeNumberNote}
        onTap={() => go(routes.tickets({ city }))}
      />
    </CellGroup>
  )
}

function AppointmentsPage() {
  const t = useText(appointments)
  const { city, list, waitlist, upcoming, past, entries, leave, isPaused, manifest, takesBookings, reload, ...more } =
    useAppointmentsPage()
  if (!city)
    return (
      <Screen>
        <Message icon="map-pin" title={t.noCity} action={t.chooseCity} onAction={() => go(routes.cities())} />
      </Screen>
    )
  if (!takesBookings)
    return (
      <Screen>
        <Message deadEnd icon="calendar" title={t.noBooking} text={t.noBookingText} />
      </Screen>
    )
  const book = () => go(routes.items({ city }))
  const findHall = () => go(routes.halls({ city }))
  if (list.status === 'failed')
    return (
      <Screen>
        <Failure error={list.error} onRetry={reload} />
      </Screen>
    )
  if (upcoming.length + past.length + entries.length === 0)
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
        {more.givesNumbers && <NumbersCell city={city} />}
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
      {more.givesNumbers && <NumbersCell city={city} />}
      <Waitlist entries={entries} city={city} isPaused={isPaused} leave={leave} onOver={more.reloadWaitlist} />
      <AppointmentList title={t.upcoming} items={upcoming} city={city} />
      <AppointmentList title={t.past} items={past} city={city} />
      {more.moreFailed && <Alert tone="warn" title={t.moreFailed} />}
      {more.hasMore && (
        <Button block kind="quiet" onTap={more.readMore}>
          {t.more}
        </Button>
      )}
    </Screen>
  )
}

export default page({ title: (language) => appointments[language].title, view: AppointmentsPage })
