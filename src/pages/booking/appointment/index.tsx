import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { Alert } from '@/components/alert'
import { Button, ButtonRow } from '@/components/button'
import { guarded } from '@/components/guarded'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card, Section } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import { isOutcome } from '@/domain/appointment'
import type { AppointmentId, CityId } from '@/domain/ids'
import { hasFeature } from '@/domain/manifest'
import { endOf } from '@/domain/slot'
import { dayOf, formatDay, formatTime, formatTimeRange, msOf } from '@/domain/time'
import { leave } from '@/lifecycle/leave'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { useTick } from '@/lifecycle/use-tick'
import { Checklist, packing } from '@/pages/booking/parts/checklist'
import type { JustDone } from '@/pages/booking/parts/just-done'
import { useItemsOf } from '@/pages/booking/parts/use-items-of'
import { usePreparation } from '@/pages/booking/parts/use-preparation'
import { VisitHead } from '@/pages/booking/parts/visit-head'
import { BadLink, Failure } from '@/parts/failure'
import { Maintenance } from '@/parts/maintenance'
import { readLink, routes } from '@/routes'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { attending } from '@/text/booking/appointment'
import { refusals } from '@/text/booking/refusals'
import { CancelDialog } from './cancel-dialog'
import { CodeCard } from './code-card'
import { Outcome } from './outcome'
import { Queue } from './queue'
import { Rate } from './rate'
import { itemsOf, type Shown, useAppointment } from './use-appointment'
import { Where } from './where'
import './index.scss'
import { questionsFor } from '@/domain/item'

/** When and where, large enough to be read at arm's length. */
function AppointmentTime({ page, today }: { page: Shown; today: string }) {
  const { appointment } = page
  const language = useLanguage()
  return (
    <Card>
      <VisitHead title={appointment.itemName} note={appointment.hall.name} />
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
  const items = useItemsOf(appointment.cityId, ids)
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
  const language = useLanguage()
  const until = actions.includes('cancel') && consequence.kind === 'free' ? consequence.until : null
  const note = until && t.freeUntil(`${formatDay(dayOf(msOf(until)), language, today)} ${formatTime(until)}`)
  return (
    <Section {...(note && { note })}>
      <Card>
        <KeyValue
          rows={[
            ...(appointment.visitorName ? [{ label: t.visitorName, value: appointment.visitorName }] : []),
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
      <Button block onTap={() => leave.to(routes.slots(to))}>
        {t.again}
      </Button>
    )
  return (
    <ButtonRow>
      <Button kind="secondary" onTap={() => leave.to(routes.slots({ ...to, appointment: appointment.id }))}>
        {t.move}
      </Button>
      <Button kind="quiet" label={t.cancel} onTap={page.askCancel}>
        {t.cancelShort}
      </Button>
    </ButtonRow>
  )
}

/** Only once the city has answered. */
function JustDoneAlert({ how }: { how: JustDone }) {
  const t = useText(refusals)
  return (
    <Alert tone="ok" title={t[how]} live>
      {t[`${how}Text`]}
    </Alert>
  )
}

function AppointmentPageContent({ city, id }: { city: CityId; id: AppointmentId }) {
  const t = useText(attending)
  const [page, reload] = useAppointment(city, id)
  usePageTitle(t.detail)
  useTick()
  if (page.status === 'failed')
    return (
      <Screen>
        <Failure error={page.error} onRetry={reload} />
      </Screen>
    )
  if (page.status === 'loading')
    return (
      <Screen>
        <Skeleton kind="card" count={3} />
      </Screen>
    )
  const { appointment } = page
  const nowMs = services.serverNow(city)
  const today = dayOf(nowMs)
  const hasCode = page.actions.includes('show-code') && appointment.checkIn !== undefined
  const hasRatings = page.manifest !== null && hasFeature(page.manifest, 'ratings')
  const hasFoot = page.actions.includes('book-again') || page.actions.includes('cancel')
  return (
    <Screen footer={hasFoot && <AppointmentFooter page={page} city={city} />}>
      {isOutcome(appointment.state) && <Outcome appointment={appointment} state={appointment.state} />}
      {appointment.state === 'unlisted' && (
        <Alert tone="warn" title={t.unlisted}>
          {t.unlistedText}
        </Alert>
      )}
      {page.justDone && <JustDoneAlert how={page.justDone} />}
      <Maintenance manifest={page.manifest} text={isOutcome(appointment.state) ? 'pausedText' : 'visitPaused'} />
      {page.actions.includes('see-queue') && (
        <Queue queue={appointment.queue} nowMs={nowMs} rule={page.rules?.queueRule} />
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
      {page.actions.includes('rate') && hasRatings && <Rate appointment={appointment} />}
      {page.actions.includes('checklist') && <AppointmentMaterials page={page} />}
      <Where page={page} />
      <AppointmentFacts page={page} today={today} />
      {page.actions.includes('report') && (
        <Button
          kind="quiet"
          icon="headset"
          onTap={() => leave.to(routes.report({ city, appointment: appointment.id }))}
        >
          {t.report}
        </Button>
      )}
      <CancelDialog page={page} nowMs={nowMs} />
    </Screen>
  )
}

function AppointmentPageView() {
  const link = readLink(useRouter().params, ['city', 'appointment'])
  return link ? <AppointmentPageContent city={link.city} id={link.appointment} /> : <BadLink />
}

export default guarded(AppointmentPageView)
