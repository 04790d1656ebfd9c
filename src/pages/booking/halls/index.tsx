import { View } from '@tarojs/components'
import { useCallback, useState } from 'react'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Screen } from '@/components/screen'
import { SearchBar } from '@/components/search-bar'
import { Skeleton } from '@/components/skeleton'
import type { Hall } from '@/domain/hall'
import { asId, type CityId, type HallId, type ItemId } from '@/domain/ids'
import { go } from '@/lifecycle/go'
import { Failure } from '@/parts/failure'
import { Maintenance } from '@/parts/maintenance'
import { Cut, Nothing } from '@/parts/nothing'
import { page } from '@/parts/page'
import { valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { readLink, routes } from '@/routes'
import { useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { refusals } from '@/text/booking/refusals'
import { terms } from '@/text/terms'
import '../parts/booking.scss'
import { HallCard } from './hall-card'
import { HallHoursSheet } from './hours'
import { useHallsPage } from './use-halls'
import './index.scss'

function HallsPage({ city, item }: { city: CityId; item?: ItemId }) {
  const t = useText(booking)
  const { retry, openSettings } = useText(terms)
  const { usualOrder } = useText(refusals)
  const { load, reload, typed, type, shown, locate, unsort, hasNoLocation, allow } = useHallsPage(city, item)
  const [manifest] = useManifest(city)
  const [openHall, setOpenHall] = useState<Hall | null>(null)
  const rule = valueOf(manifest)?.booking?.queueRule
  const open = useCallback(
    (id: string) => {
      const hall = asId<HallId>(id)
      return go(item ? routes.slots({ city, hall, item }) : routes.items({ city, hall }))
    },
    [city, item],
  )
  const otherItem = () => go(routes.items({ city }))
  if (load.status === 'failed')
    return (
      <Screen>
        <Failure error={load.error} onRetry={reload} />
      </Screen>
    )
  if (load.status === 'ready' && load.value.items.length === 0)
    return (
      <Screen>
        <Nothing
          deadEnd
          loads={[load]}
          onRetry={reload}
          icon="building"
          title={t.hallsNone}
          text={t.hallsNoneText}
          {...(item && { action: t.items, onAction: otherItem })}
        />
      </Screen>
    )
  return (
    <Screen header={<SearchBar value={typed} onChange={type} placeholder={t.hallsSearch} />}>
      <Maintenance manifest={valueOf(manifest)} text="pausedText" />
      {load.status === 'loading' && <Skeleton kind="card" count={4} />}
      {load.status === 'ready' && locate && !hasNoLocation && (
        <Button size="s" kind="quiet" icon="map-pin" onTap={locate}>
          {t.byDistance}
        </Button>
      )}
      {unsort && (
        <Button size="s" kind="quiet" icon="list-checks" onTap={unsort}>
          {usualOrder}
        </Button>
      )}
      {hasNoLocation && (
        <Alert
          title={t.noDistance}
          {...(allow ? { action: openSettings, onAction: allow } : locate && { action: retry, onAction: locate })}
        />
      )}
      {load.status === 'ready' && shown.length === 0 && (
        <Nothing
          deadEnd
          loads={[load]}
          onRetry={reload}
          icon="search"
          title={t.notFound(typed)}
          text={t.notFoundText}
        />
      )}
      {shown.map(({ hall, km }) => (
        <HallCard key={hall.id} hall={hall} km={km} onTap={open} onHours={setOpenHall} />
      ))}
      {load.status === 'ready' && <Cut page={load.value} />}
      {rule && shown.length > 0 && <View className="rules">{rule}</View>}
      {openHall && <HallHoursSheet hall={openHall} onClose={() => setOpenHall(null)} />}
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city'], ['item']),
  title: (language) => booking[language].halls,
  view: HallsPage,
})
