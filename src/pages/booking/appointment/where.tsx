import { View } from '@tarojs/components'
import { useState } from 'react'
import { Button, ButtonRow } from '@/components/button'
import { Card, Section } from '@/components/section'
import { type HallLocation, travelMinutes } from '@/domain/hall'
import { endOf } from '@/domain/slot'
import { formatDayAndRange, formatTime, type Instant, instantOf, msOf } from '@/domain/time'
import { todayIn } from '@/lifecycle/use-server-now'
import { HallActions } from '@/pages/booking/parts/hall-actions'
import { isPoint, kilometres, locate, locateAfterSettings } from '@/pages/booking/parts/location'
import { messageTemplates, subscribeToMessages } from '@/parts/messages'
import { platform } from '@/platform'
import { useLanguage, useText } from '@/text'
import { attending } from '@/text/booking/appointment'
import { booking } from '@/text/booking/booking'
import { terms } from '@/text/terms'
import type { Shown } from './use-appointment'

const seconds = (instant: string) => Math.floor(msOf(instant) / 1000)

/** Farther away, in kilometres, no bus of the city goes. */
const withinCity = 80

/** How long the way may take and when to leave. Locates on the tap; a refusal leaves the map. */
function TravelTime({ hall, startsAt }: { hall: HallLocation; startsAt: Instant }) {
  const t = useText(attending)
  const { openSettings } = useText(terms)
  const [km, setKm] = useState<number | 'unknown' | 'denied'>()
  const measure = async (from = locate) => {
    const location = await from()
    if (!isPoint(location)) return setKm(location === 'denied' && locateAfterSettings ? 'denied' : 'unknown')
    const distance = kilometres(location, hall)
    setKm(distance <= withinCity ? distance : 'unknown')
  }
  if (km === undefined)
    return (
      <ButtonRow>
        <Button size="s" kind="quiet" icon="navigation" onTap={() => measure()}>
          {t.travel}
        </Button>
      </ButtonRow>
    )
  if (km === 'denied')
    return (
      <>
        <View className="where__address">{t.noTravel}</View>
        <Button size="s" kind="quiet" onTap={() => measure(locateAfterSettings)}>
          {openSettings}
        </Button>
      </>
    )
  if (km === 'unknown') return <View className="where__address">{t.noTravel}</View>
  const minutes = travelMinutes(km)
  const leaveAt = formatTime(instantOf(msOf(startsAt) - minutes * 60_000))
  return <View className="where__address">{t.travelTime(Math.max(1, Math.round(km)), minutes, leaveAt)}</View>
}

/** The way there, and reminders: the phone's calendar where the host has one, else messages, or text to copy. */
export function HallLocationCard({ page }: { page: Shown }) {
  const t = useText(attending)
  const { comma } = useText(booking)
  const { copied, openSettings } = useText(terms)
  const [isCalendarDenied, setCalendarDenied] = useState(false)
  const language = useLanguage()
  const { addToCalendar } = platform
  const { appointment, manifest, actions } = page
  const { hall, slot } = appointment
  const bring = appointment.materials.map((material) => material.name).join(comma)
  const isAhead = actions.includes('calendar')
  const hasMessages = messageTemplates(manifest).length > 0
  const add = async () => {
    const result = await addToCalendar?.({
      title: appointment.itemName,
      startsAtSeconds: seconds(slot.startsAt),
      endsAtSeconds: seconds(endOf(appointment)),
      location: `${hall.name} ${hall.address}`,
      notes: bring,
    })
    setCalendarDenied(result === 'denied')
    if (result === 'added') platform.toast(t.calendarAdded)
    if (result === 'failed') platform.toast(t.calendarFailed)
  }
  const allow = async () => {
    if (await platform.openSettings?.calendar?.()) await add()
  }
  const remind = async () => {
    platform.toast((await subscribeToMessages(manifest)) ? t.reminded : t.notReminded)
  }
  const copy = async () => {
    const today = todayIn(appointment.cityId)
    const time = formatDayAndRange(slot.startsAt, endOf(appointment), language, today)
    const location = `${hall.name} ${hall.address} ${hall.phone}`
    if (await platform.copy(t.copyText(appointment.itemName, time, location, bring))) platform.toast(copied)
  }
  return (
    <Section title={t.directions}>
      <Card>
        <View className="where__name">{hall.name}</View>
        <View className="where__address">{hall.address}</View>
        <View className="where__actions">
          <HallActions hall={hall} />
          {isAhead && platform.locate && <TravelTime hall={hall} startsAt={slot.startsAt} />}
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
