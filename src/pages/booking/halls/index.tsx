import { useRouter } from '@tarojs/taro'
import { useCallback } from 'react'
import { Empty } from '@/components/empty'
import { guarded } from '@/components/guarded'
import { AsOf } from '@/components/notice'
import { Screen } from '@/components/screen'
import { Skeleton } from '@/components/skeleton'
import { asId, type CityId, type HallId, type ItemId } from '@/domain/ids'
import { formatAge } from '@/domain/time'
import { BadLink, Failure } from '@/pages/failure'
import { readLink, routes } from '@/pages/routes'
import { usePageTitle } from '@/pages/use-page-title'
import { platform } from '@/platform'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { booking } from '@/text/booking'
import { HallCard } from './hall-card'
import { useHalls } from './use-halls'
import './index.scss'

function Halls({ city, item }: { city: CityId; item?: ItemId | undefined }) {
  const words = useText(booking)
  const language = useLanguage()
  const [load, reload] = useHalls(city, item)
  usePageTitle(words.halls)
  const open = useCallback(
    (id: string) => {
      const hall = asId<HallId>(id)
      return platform.navigation.to(item ? routes.slots({ city, hall, item }) : routes.items({ city, hall }))
    },
    [city, item],
  )
  const otherItem = () => platform.navigation.to(routes.items({ city }))
  if (load.status === 'failed')
    return (
      <Screen>
        <Failure error={load.error} onRetry={reload} />
      </Screen>
    )
  if (load.status === 'ready' && load.value.length === 0)
    return (
      <Screen>
        <Empty
          icon="building"
          title={words.hallsNone}
          text={words.hallsNoneText}
          {...(item && { action: words.items, onAction: otherItem })}
        />
      </Screen>
    )
  return (
    <Screen>
      {load.status === 'loading' && <Skeleton kind="card" count={4} />}
      {load.status === 'ready' && load.refreshError && load.asOf && (
        <AsOf old time={formatAge(load.asOf, services.serverNow(city), language)} onRefresh={reload} />
      )}
      {load.status === 'ready' && load.value.map((hall) => <HallCard key={hall.id} hall={hall} onTap={open} />)}
    </Screen>
  )
}

function HallsPage() {
  const link = readLink(useRouter().params, ['city'], ['item'])
  return link ? <Halls city={link.city} item={link.item} /> : <BadLink />
}

export default guarded(HallsPage)
