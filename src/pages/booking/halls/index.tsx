import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useCallback, useState } from 'react'
import { Button } from '@/components/button'
import { guarded } from '@/components/guarded'
import { Notice } from '@/components/notice'
import { Screen } from '@/components/screen'
import { SearchBar } from '@/components/search-bar'
import { Skeleton } from '@/components/skeleton'
import type { Hall } from '@/domain/hall'
import { asId, type CityId, type HallId, type ItemId } from '@/domain/ids'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { BadLink, Failure } from '@/parts/failure'
import { Maintenance } from '@/parts/maintenance'
import { Cut, Nothing } from '@/parts/nothing'
import { known, useManifest } from '@/queries/use-manifest'
import { readLink, routes } from '@/routes'
import { useText } from '@/text'
import { booking } from '@/text/booking'
import { common } from '@/text/common'
import { refusals } from '@/text/refusals'
import '../parts/booking.scss'
import { leave } from '@/lifecycle/leave'
import { HallCard } from './hall-card'
import { Hours } from './hours'
import { useHalls } from './use-halls'
import './index.scss'

function Halls({ city, item }: { city: CityId; item?: ItemId | undefined }) {
  const words = useText(booking)
  const { retry, openSettings } = useText(common)
  const { usualOrder } = useText(refusals)
  const { load, reload, typed, type, shown, locate, unsort, isPlaceless, allow } = useHalls(city, item)
  const [manifest] = useManifest(city)
  const [hoursOf, setHoursOf] = useState<Hall | null>(null)
  const rule = known(manifest)?.booking?.queueRule
  usePageTitle(words.halls)
  const open = useCallback(
    (id: string) => {
      const hall = asId<HallId>(id)
      return leave.to(item ? routes.slots({ city, hall, item }) : routes.items({ city, hall }))
    },
    [city, item],
  )
  const otherItem = () => leave.to(routes.items({ city }))
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
          title={words.hallsNone}
          text={words.hallsNoneText}
          {...(item && { action: words.items, onAction: otherItem })}
        />
      </Screen>
    )
  return (
    <Screen header={<SearchBar value={typed} onChange={type} placeholder={words.hallsSearch} />}>
      <Maintenance manifest={known(manifest)} text="pausedText" />
      {load.status === 'loading' && <Skeleton kind="card" count={4} />}
      {load.status === 'ready' && locate && !isPlaceless && (
        <Button size="s" kind="quiet" icon="map-pin" onTap={locate}>
          {words.byDistance}
        </Button>
      )}
      {unsort && (
        <Button size="s" kind="quiet" icon="list-checks" onTap={unsort}>
          {usualOrder}
        </Button>
      )}
      {isPlaceless && (
        <Notice
          title={words.noDistance}
          {...(allow ? { action: openSettings, onAction: allow } : locate && { action: retry, onAction: locate })}
        />
      )}
      {load.status === 'ready' && shown.length === 0 && (
        <Nothing
          deadEnd
          loads={[load]}
          onRetry={reload}
          icon="search"
          title={words.notFound(typed)}
          text={words.notFoundText}
        />
      )}
      {shown.map(({ hall, km }) => (
        <HallCard key={hall.id} hall={hall} km={km} onTap={open} onHours={setHoursOf} />
      ))}
      {load.status === 'ready' && <Cut page={load.value} />}
      {rule && shown.length > 0 && <View className="rules">{rule}</View>}
      {hoursOf && <Hours hall={hoursOf} onClose={() => setHoursOf(null)} />}
    </Screen>
  )
}

function HallsPage() {
  const link = readLink(useRouter().params, ['city'], ['item'])
  return link ? <Halls city={link.city} item={link.item} /> : <BadLink />
}

export default guarded(HallsPage)
