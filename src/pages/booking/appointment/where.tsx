import { View } from '@tarojs/components'
import { useState } from 'react'
import { Button, ButtonRow } from '@/components/button'
import { Card, Section } from '@/components/section'
import { type HallPlace, travelMinutes } from '@/domain/hall'
import { endOf } from '@/domain/slot'
import { dayOf, formatDayAndRange, formatTime, type Instant, instantOf, msOf } from '@/domain/time'
import { askForNotices } from '@/pages/booking/parts/notices'
import { askForPlace, askInSettings, isPlace, kilometres } from '@/pages/booking/parts/place'
import { PlaceActions } from '@/pages/booking/parts/place-actions'
import { platform } from '@/platform'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { attending } from '@/text/booking/appointment'
import { booking } from '@/text/booking/booking'
import { terms } from '@/text/terms'
import type { Shown } from './use-appointment'

const seconds = (instant: string) => Math.floor(msOf(instant) / 1000)

/** Farther away, in kilometres, no bus of the city goes. */
const withinCity = 80

/** How long the way may take and when to leave; the place is asked for on the tap, and a refusal leaves the map. */
function Travel({ hall, startsAt }: { hall: HallPlace; startsAt: Instant }) {
  const t = useText(attending)
  const { openSettings } = useText(terms)
  const [km, setKm] = useState<number | 'unknown' | 'denied'>()
  const ask = async (where = askForPlace) => {
    const place = await where()
    if (!isPlace(place)) return setKm(place === 'denied' && askInSettings ? 'denied' : 'unknown')
    const far = kilometres(place, hall)
    setKm(far <= withinCity ? far : 'unknown')
  }
  if (km === undefined)
    return (
      <ButtonRow>
        <Button size="s" kind="quiet" icon="navigation" onTap={() => ask()}>
          {t.travel}
        </Button>
      </ButtonRow>
    )
  if (km === 'denied')
    return (
      <>
        <View className="where__address">{t.noTravel}</View>
        <Button size="s" kind="quiet" onTap={() => ask(askInSettings)}>
          {openSettings}
        </Button>
      </>
    )
  if (km === 'unknown') return <View className="where__address">{t.noTravel}</View>
  const minutes = travelMinutes(km)
  const leave = formatTime(instantOf(msOf(startsAt) - minutes * 60_000))
  return <View className="where__address">{t.travelTime(Math.max(1, Math.round(km)), minutes, leave)}</View>
}

/** The way there, and ways to keep it in mind: the phone's calendar where the host has one, messages, or text to copy. */
export function Where({ page }: { page: Shown }) {
  const t = useText(attending)
  const { comma } = useText(booking)
  const { copied, openSettings } = useText(terms)
  const [isCalendarDenied, setCalendarDenied] = useState(false)
  const language = useLanguage()
  const { addToCalendar, messages } = platform
  const { appointment, manifest, actions } = page
  const { hall, slot } = appointment
  const bring = appointment.materials.map((material) => material.name).join(comma)
  const isAhead = actions.includes('calendar')
  const hasMessages = messages && (manifest?.messages?.[messages.templatesOf]?.length ?? 0) > 0
  const add = async () => {
    const answer = await addToCalendar?.({
      title: appointment.itemName,
      startsAtSeconds: seconds(slot.startsAt),
      endsAtSeconds: seconds(endOf(appointment)),
      location: `${hall.name} ${hall.address}`,
      notes: bring,
    })
    setCalendarDenied(answer === 'denied')
    if (answer === 'added') platform.toast(t.calendarAdded)
    if (answer === 'failed') platform.toast(t.calendarFailed)
  }
  const allow = async () => {
    if (await platform.openSettings?.calendar?.()) await add()
  }
  const remind = async () => {
    const answer = await askForNotices(manifest)
    platform.toast(answer === 'granted' ? t.reminded : t.notReminded)
  }
  const copy = async () => {
    const today = dayOf(services.serverNow(appointment.cityId))
    const time = formatDayAndRange(slot.startsAt, endOf(appointment), language, today)
    const place = `${hall.name} ${hall.address} ${hall.phone}`
    if (await platform.copy(t.copyText(appointment.itemName, time, place, bring))) platform.toast(copied)
  }
  return (
    <Section title={t.directions}>
      <Card>
        <View className="where__name">{hall.name}</View>
        <View className="where__address">{hall.address}</View>
        <View className="where__actions">
          <PlaceActions hall={hall} />
          {isAhead && platform.locate && <Travel hall={hall} startsAt={slot.startsAt} />}
          {isAhead && (
            <ButtonRow>
              {addToCalendar ? (
                <Button size="s" kind="quiet" icon="calendar" onTap={add}>
                  {t.calendar}
                </Button>
              ) : (
                hasMessages && (
                  <Button size="s" kind="quiet" icon="bell" onTap={remind}>
                    {t.remind}
                  </Button>
                )
              )}
              <Button size="s" kind="quiet" icon="copy" onTap={copy}>
                {t.copyVisit}
              </Button>
            </ButtonRow>
          )}
          {isAhead && isCalendarDenied && (
            <>
              <View className="where__address">{t.calendarDenied}</View>
              {platform.openSettings?.calendar && (
                <Button size="s" kind="quiet" onTap={allow}>
                  {openSettings}
                </Button>
              )}
            </>
          )}
        </View>
      </Card>
    </Section>
  )
}
