import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { Alert } from '@/components/alert'
import { Button, ButtonRow } from '@/components/button'
import { guarded } from '@/components/guarded'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card, Section } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import { type Appointment, isOutcome } from '@/domain/appointment'
import type { AppointmentId, CityId } from '@/domain/ids'
import { hasFeature } from '@/domain/manifest'
import { endOf } from '@/domain/slot'
import { dayOf, formatDay, formatTime, formatTimeRange, isPast, msOf } from '@/domain/time'
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
function When({ visit, today }: { visit: Appointment; today: string }) {
  const language = useLanguage()
  return (
    <Card>
      <VisitHead title={visit.itemName} note={visit.hall.name} />
      <View className="when">
        <View className="when__day">{formatDay(dayOf(msOf(visit.slot.startsAt)), language, today)}</View>
        <View className="when__time">{formatTimeRange(visit.slot.startsAt, endOf(visit), language)}</View>
      </View>
    </Card>
  )
}

/** What to bring, to be ticked off at home; begun while the time was chosen. */
function Bring({ visit }: { visit: Appointment }) {
  const t = useText(attending)
  const ids = itemsOf(visit)
  const items = useItemsOf(visit.cityId, ids)
  const preparation = usePreparation(visit.cityId, ids)
  const { materials } = visit
  if (materials.length === 0) return null
  const { needed, packed } = packing({ materials, preparation })
  return (
    <Section title={`${t.bring} · ${t.packed(packed, needed.length)}`} note={t.bringNote}>
      <Checklist questions={questionsFor(items)} materials={materials} preparation={preparation} />
    </Section>
  )
}

function Facts({ visit, page, today }: { visit: Appointment; page: Shown; today: string }) {
  const t = useText(attending)
  const language = useLanguage()
  const { cancelUntil } = visit
  const isFree = page.actions.includes('cancel') && !isPast(cancelUntil, services.serverNow(visit.cityId))
  const until = `${formatDay(dayOf(msOf(cancelUntil)), language, today)} ${formatTime(cancelUntil)}`
  return (
    <Section {...(page.rules && isFree && { note: t.freeUntil(until) })}>
      <Card>
        <KeyValue
          rows={[
            ...(visit.visitorName ? [{ label: t.visitorName, value: visit.visitorName }] : []),
            { label: t.reference, value: visit.id, copy: true },
          ]}
        />
      </Card>
    </Section>
  )
}

function Foot({ page, city }: { page: Shown; city: CityId }) {
  const t = useText(attending)
  const { visit, actions } = page
  const to = { city, hall: visit.hall.id, item: visit.itemId }
  if (actions.includes('book-again'))
    return (
      <Button block onTap={() => leave.to(routes.slots(to))}>
        {t.again}
      </Button>
    )
  return (
    <ButtonRow>
      <Button kind="secondary" onTap={() => leave.to(routes.slots({ ...to, appointment: visit.id }))}>
        {t.move}
      </Button>
      <Button kind="quiet" label={t.cancel} onTap={page.askCancel}>
        {t.cancelShort}
      </Button>
    </ButtonRow>
  )
}

/** Only once the city has answered. */
function Arrived({ how }: { how: JustDone }) {
  const t = useText(refusals)
  return (
    <Alert tone="ok" title={t[how]} live>
      {t[`${how}Text`]}
    </Alert>
  )
}

function Visit({ city, id }: { city: CityId; id: AppointmentId }) {
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
  const { visit } = page
  const nowMs = services.serverNow(city)
  const today = dayOf(nowMs)
  const hasCode = page.actions.includes('show-code') && visit.checkIn !== undefined
  const hasRatings = page.manifest !== null && hasFeature(page.manifest, 'ratings')
  const hasFoot = page.actions.includes('book-again') || page.actions.includes('cancel')
  return (
    <Screen footer={hasFoot && <Foot page={page} city={city} />}>
      {isOutcome(visit.state) && <Outcome appointment={visit} state={visit.state} />}
      {visit.state === 'unlisted' && (
        <Alert tone="warn" title={t.unlisted}>
          {t.unlistedText}
        </Alert>
      )}
      {page.justDone && <Arrived how={page.justDone} />}
      <Maintenance manifest={page.manifest} text={isOutcome(visit.state) ? 'pausedText' : 'visitPaused'} />
      {page.actions.includes('see-queue') && <Queue queue={visit.queue} nowMs={nowMs} rule={page.rules?.queueRule} />}
      <When visit={visit} today={today} />
      {hasCode && visit.checkIn && (
        <CodeCard
          checkIn={visit.checkIn}
          nowMs={nowMs}
          isUsed={visit.state === 'checked-in'}
          isClockSure={Number.isFinite(services.clock(city).uncertaintyMs)}
        />
      )}
      {page.actions.includes('rate') && hasRatings && <Rate visit={visit} />}
      {page.actions.includes('checklist') && <Bring visit={visit} />}
      <Where page={page} />
      <Facts visit={visit} page={page} today={today} />
      {page.actions.includes('report') && (
        <Button kind="quiet" icon="headset" onTap={() => leave.to(routes.report({ city, appointment: visit.id }))}>
          {t.report}
        </Button>
      )}
      <CancelDialog page={page} nowMs={nowMs} />
    </Screen>
  )
}

function AppointmentPage() {
  const link = readLink(useRouter().params, ['city', 'appointment'])
  return link ? <Visit city={link.city} id={link.appointment} /> : <BadLink />
}

export default guarded(AppointmentPage)
