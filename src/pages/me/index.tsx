import { View } from '@tarojs/components'
import { a11y } from '@/components/a11y'
import { Alert } from '@/components/alert'
import { Cell, CellGroup } from '@/components/cell'
import { Icon } from '@/components/icon'
import { Screen } from '@/components/screen'
import { SwitchCell } from '@/components/switch'
import { hasFeature } from '@/domain/manifest'
import { dayOf, formatDate, msOf } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { failureText } from '@/parts/failure'
import { page } from '@/parts/page'
import { useCityName } from '@/parts/use-city-name'
import { platform } from '@/platform'
import { routes } from '@/routes'
import { findCity } from '@/services/cities'
import { stores } from '@/stores'
import { useLanguage, useText } from '@/text'
import { home } from '@/text/home'
import { me as text } from '@/text/me'
import { failures } from '@/text/parts/failures'
import { terms } from '@/text/terms'
import { type Me, useMe } from './use-me'
import './index.scss'

function CitizenCounters({ me }: { me: Me }) {
  const t = useText(text)
  const language = useLanguage()
  const failed = useText(failures)
  const { retry } = useText(terms)
  const { citizen, manifest } = me
  if (citizen.status === 'failed')
    return (
      <Alert tone="warn" title={failureText(citizen.error, failed).title} action={retry} onAction={me.reload}>
        {citizen.error.requestId}
      </Alert>
    )
  if (citizen.status !== 'ready' || !manifest?.booking) return null
  const { noShowsThisMonth, blockedUntil } = citizen.value.counters
  if (blockedUntil) return <Alert tone="bad" title={t.blocked(formatDate(dayOf(msOf(blockedUntil)), language))} />
  if (noShowsThisMonth === 0) return null
  return <Alert tone="warn" title={t.counters(noShowsThisMonth, manifest.booking.noShowLimit)} />
}

function MePage() {
  const t = useText(text)
  const { chooseCity, payments } = useText(home)
  const me = useMe()
  const textSize = useWhileVisible(stores.settings, (settings) => settings.textSize)
  const change = useWhileVisible(stores.settings, (settings) => settings.change)
  const city = me.city ? findCity(me.city) : null
  const cityName = useCityName()
  return (
    <Screen>
      <View className="me__card">
        <View className="me__face" {...a11y({ hidden: true })}>
          <Icon name="user" size="xl" />
        </View>
        <View className="me__who">
          <View className="me__name" {...a11y({ role: 'heading' })}>
            {me.name ? t.hello(me.name) : t.helloUnknown}
          </View>
          <View className="me__note">{t.helloText}</View>
        </View>
      </View>
      {me.city && <CitizenCounters me={me} />}
      <CellGroup>
        <Cell
          icon="map-pin"
          title={chooseCity}
          value={city ? cityName(city) : undefined}
          id={routes.cities()}
          onTap={go}
        />
        {me.city && <Cell icon="history" title={payments} id={routes.payments({ city: me.city })} onTap={go} />}
        {me.city && me.hasMessages && (
          <Cell
            icon="bell"
            title={t.messages}
            tag={me.unread > 0 ? t.unread(me.unread) : undefined}
            tagTone="bad"
            id={routes.messages({ city: me.city })}
            onTap={go}
          />
        )}
        {me.city && me.takesReports && (
          <Cell icon="file-text" title={t.reports} id={routes.reports({ city: me.city })} onTap={go} />
        )}
      </CellGroup>
      {me.manifest && hasFeature(me.manifest, 'family') && (
        <CellGroup>
          <Cell icon="users" title={t.family} id={routes.family({ city: me.manifest.cityId })} onTap={go} />
        </CellGroup>
      )}
      <CellGroup>
        <SwitchCell
          icon="type"
          title={t.elderOn}
          note={t.elderOnNote}
          on={textSize === 'elder'}
          onChange={(on) => change({ textSize: on ? 'elder' : 'normal' })}
        />
        <Cell icon="settings" title={t.display} note={t.displayNote} id={routes.display()} onTap={go} />
      </CellGroup>
      <CellGroup>
        {me.manifest && (
          <Cell
            icon="headset"
            title={t.help}
            value={t.callHotline(me.manifest.phone)}
            id={me.manifest.phone}
            onTap={platform.call}
            arrow={false}
          />
        )}
        <Cell icon="qr-code" title={t.verify} id={routes.verify()} onTap={go} />
        <Cell icon="shield" title={t.privacy} id={routes.privacy()} onTap={go} />
        <Cell icon="info" title={t.about} id={routes.about()} onTap={go} />
      </CellGroup>
    </Screen>
  )
}

export default page({ title: (language) => home[language].tabs.me, view: MePage })
