import { useCallback } from 'react'
import { Cell, CellGroup } from '@/components/cell'
import { Screen } from '@/components/screen'
import { SearchBar } from '@/components/search-bar'
import { Skeleton } from '@/components/skeleton'
import { asId, type CityId, type HallId, type ItemId } from '@/domain/ids'
import type { Item } from '@/domain/item'
import { formatFen } from '@/domain/money'
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
import { useItemsPage } from './use-items'

type Words = (typeof booking)['zh-CN']

/** Who does it and how long it takes; what it costs and what to bring. */
function factsOf(item: Item, t: Words): string {
  const needed = item.materials.filter((material) => material.required).length
  const fee = item.feeFen ? t.fee(formatFen(item.feeFen, { symbol: true })) : t.free
  const bring = needed > 0 ? t.materials(needed) : t.noMaterials
  return `${item.department} · ${t.minutes(item.durationMinutes)}\n${fee} · ${bring}`
}

function ItemsPage({ city, hall }: { city: CityId; hall?: HallId }) {
  const t = useText(booking)
  const { load, reload, typed, type, shown } = useItemsPage(city, hall)
  const [manifest] = useManifest(city)
  const open = useCallback(
    (id: string) => {
      const item = asId<ItemId>(id)
      return go(hall ? routes.slots({ city, hall, item }) : routes.halls({ city, item }))
    },
    [city, hall],
  )
  const otherHall = () => go(routes.halls({ city }))
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
          icon="calendar"
          title={t.itemsNone}
          text={t.itemsNoneText}
          {...(hall && { action: t.halls, onAction: otherHall })}
        />
      </Screen>
    )
  return (
    <Screen header={<SearchBar value={typed} onChange={type} placeholder={t.itemsSearch} />}>
      <Maintenance manifest={valueOf(manifest)} text="pausedText" />
      {load.status === 'loading' && <Skeleton kind="cell" count={8} />}
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
      {shown.length > 0 && (
        <CellGroup>
          {shown.map((item) => (
            <Cell key={item.id} id={item.id} title={item.name} note={factsOf(item, t)} onTap={open} />
          ))}
        </CellGroup>
      )}
      {load.status === 'ready' && <Cut page={load.value} />}
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city'], ['hall']),
  title: (language) => booking[language].items,
  view: ItemsPage,
})
