import { View } from '@tarojs/components'
import { Alert } from '@/components/alert'
import { Button, ButtonRow } from '@/components/button'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card, Section } from '@/components/section'
import { isOutcome } from '@/domain/appointment'
import type { AppointmentId, CityId } from '@/domain/ids'
import { hasFeature } from '@/domain/manifest'
import { endOf } from '@/domain/slot'
import { dayOf, formatDay, formatTime, formatTimeRange, msOf } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { Checklist, packing } from '@/pages/booking/parts/checklist'
import { Heading } from '@/pages/booking/parts/heading'
import type { JustDone } from '@/pages/booking/parts/just-done'
import { usePreparation } from '@/pages/booking/parts/use-preparation'
import { Maintenance } from '@/parts/maintenance'
import { PageState, page } from '@/parts/page'
import { ReportsAbout } from '@/parts/report-cells'
import { useItemsOf } from '@/queries/use-items'
import { valueOf } from '@/queries/use-load'
import { readLink, routes } from '@/routes'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { attending } from '@/text/booking/appointment'
import { people } from '@/text/booking/people'
import { refusals } from '@/text/booking/refusals'
import { CancelDialog } from './cancel-dialog'
import { CodeCard } from './code-card'
import { OutcomeCard } from './outcome'
import { QueueCard } from './queue'
import { RatingCard } from './rate'
import { itemsOf, type Shown, useAppointmentPage } from './use-appointment'
import { HallLocationCard } from './where'
import './index.scss'
import { questionsFor } from '@/domain/item'

/** When and where, large enough to be read at arm's length. */
function AppointmentTime({ page, today }: { page: Shown; today: string }) {
  const { appointment } = page
  const language = useLanguage()
  return (
    <Card>
      <Heading title={appointment.itemName} note={appointment.hall.name} />
      <View className="when">
        <View className="when__day">{formatDay(dayOf(msOf(appointment.slot.startsAt)), language, today)}</View>
        <View className="when__time">{formatTimeRange(appointment.slot.startsAt, endOf(appointment), language)}</View>
      </View>
    </Card>
  )
}

/** What to bring, to be ticked off at home; begun while the time was chosen. */
function AppointmentMaterials({ page }: { page: Shown }) {
  const { appointment } = page
  const t = useText(attending)
  const ids = itemsOf(appointment)
  const items = valueOf(useItemsOf(appointment.cityId, ids)[0]) ?? []
  const preparation = usePreparation(appointment.cityId, ids)
  const { materials } = appointment
  if (materials.length === 0) return null
  const { needed, packed } = packing({ materials, preparation })
  return (
    <Section title={`${t.bring} · ${t.packed(packed, needed.length)}`} note={t.bringNote}>
      <Checklist questions={questionsFor(items)} materials={materials} preparation={preparation} />
    </Section>
  )
}

function AppointmentFacts({ page, today }: { page: Shown; today: string }) {
  const { appointment, actions, consequence } = page
  const t = useText(attending)
  const { persons, count } = useText(people)
  const language = useLanguage()
  const until = actions.includes('cancel') && consequence.kind === 'free' ? consequence.until : null
  const note = until && t.freeUntil(`${formatDay(dayOf(msOf(until)), language, today)} ${formatTime(until)}`)
  return (
    <Section {...(note && { note })}>
      <Card>
        <KeyValue
          rows={[
            ...(appointment.visitorName ? [{ label: t.visitorName, value: appointment.visitorName }] : []),
            ...(appointment.persons ? [{ label: persons, value: count(appointment.persons) }] : []),
            { label: t.reference, value: appointment.id, copy: true },
          ]}
        />
      </Card>
    </Section>
  )
}

function AppointmentFooter({ page, city }: { page: Shown; city: CityId }) {
  const t = useText(attending)
  const { appointment, actions } = page
  const to = { city, hall: appointment.hall.id, item: appointment.itemId }
  if (actions.includes('book-again'))
    return (
      <Button block onTap={() => go(routes.slots(to))}>
        {t.again}
      </Button>
    )
  return (
    <ButtonRow>
      <Button kind="secondary" onTap={() => go(routes.slots({ ...to, appointment: appointment.id }))}>
        {t.move}
      </Button>
      <Button kind="quiet" label={t.cancel} onTap={page.askCancel}>
        {t.cancelShort}
      </Button>
    </ButtonRow>
  )
}

/** Shown once the city has confirmed it. */
function JustDoneAlert({ how }: { how: JustDone }) {
  const t = useText(refusals)
  return (
    <Alert tone="ok" title={t[how]} live>
      {t[`${how}Text`]}
    </Alert>
  )
}

function AppointmentPageContent({ city, page }: { city: CityId; page: Shown }) {
  const t = useText(attending)
  const { appointment, nowMs } = page
  const today = dayOf(nowMs)
  const hasCode = page.actions.includes('show-code') && appointment.checkIn !== undefined
  const hasRatings = page.manifest !== null && hasFeature(page.manifest, 'ratings')
  const hasFoot = page.actions.includes('book-again') || page.actions.includes('cancel')
  return (
    <Screen footer={hasFoot && <AppointmentFooter page={page} city={city} />}>
      {isOutcome(appointment.state) && <OutcomeCard appointment={appointment} state={appointment.state} />}
      {appointment.state === 'unlisted' && (
        <Alert tone="warn" title={t.unlisted}>
          {t.unlistedText}
        </Alert>
      )}
      {page.justDone && <JustDoneAlert how={page.justDone} />}
      <Maintenance manifest={page.manifest} text={isOutcome(appointment.state) ? 'pausedText' : 'visitPaused'} />
      {page.actions.includes('see-queue') && (
        <QueueCard queue={appointment.queue} nowMs={nowMs} rule={page.rules?.queueRule} />
      )}
      <AppointmentTime page={page} today={today} />
      {hasCode && appointment.checkIn && (
        <CodeCard
          checkIn={appointment.checkIn}
          nowMs={nowMs}
          isUsed={appointment.state === 'checked-in'}
          isClockSure={Number.isFinite(services.clock(city).uncertaintyMs)}
        />
      )}
      {page.actions.includes('rate') && hasRatings && <RatingCard appointment={appointment} />}
      {page.actions.includes('checklist') && <AppointmentMaterials page={page} />}
      <HallLocationCard page={page} />
      <AppointmentFacts page={page} today={today} />
      <ReportsAbout city={city} about={{ kind: 'appointment', id: appointment.id }} />
      {page.actions.includes('report') && (
        <Button kind="quiet" icon="headset" onTap={() => go(routes.report({ city, appointment: appointment.id }))}>
          {t.report}
        </Button>
      )}
      <CancelDialog page={page} />
    </Screen>
  )
}

function AppointmentPage(link: { city: CityId; appointment: AppointmentId }) {
  const state = useAppointmentPage(link.city, link.appointment)
  return (
    <PageState state={state} skeleton={[{ kind: 'card', count: 3 }]}>
      {(ready) => <AppointmentPageContent city={link.city} page={ready} />}
    </PageState>
  )
}

export default page({
  link: (params) => readLink(params, ['city', 'appointment']),
  title: (language) => attending[language].detail,
  view: AppointmentPage,
})
