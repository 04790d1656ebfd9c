import { Alert } from '@/components/alert'
import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import type { GridItem } from '@/components/grid'
import { Skeleton } from '@/components/skeleton'
import { asId, type CityId, type ItemId } from '@/domain/ids'
import { searchFor } from '@/domain/typed'
import { go } from '@/lifecycle/go'
import { Nothing } from '@/parts/nothing'
import { routes } from '@/routes'
import { useText } from '@/text'
import { home } from '@/text/home'
import type { ItemSearch } from './use-home'

interface Props {
  search: ItemSearch
  tiles: readonly GridItem[]
  onService: (id: string) => unknown
  city: CityId
}

const mostFound = 20

/** What a search on home finds: the city's services, and items of its halls. */
export function Found({ search, tiles, onService, city }: Props) {
  const t = useText(home)
  const has = searchFor(search.typed)
  const services = tiles.filter((tile) => has(tile.label))
  const { load } = search
  const read = load?.status === 'ready' ? load.value.items : []
  const items = read.filter((item) => has(item.name, item.department)).slice(0, mostFound)
  const isReading = load?.status === 'loading'
  const isNothing = services.length === 0 && items.length === 0
  const none = { icon: 'search', title: t.searchNothing(search.typed), text: t.searchNothingText } as const
  return (
    <>
      {load?.status === 'failed' && !isNothing && <Alert tone="warn" title={t.searchFailed} />}
      {services.length > 0 && (
        <CellGroup title={t.services}>
          {services.map((tile) => (
            <Cell key={tile.id} icon={tile.icon} title={tile.label} note={tile.note} id={tile.id} onTap={onService} />
          ))}
        </CellGroup>
      )}
      {items.length > 0 && (
        <CellGroup title={t.book}>
          {items.map((item) => (
            <Cell
              key={item.id}
              icon="file-text"
              title={item.name}
              note={item.department}
              id={item.id}
              onTap={(id) => go(routes.halls({ city, item: asId<ItemId>(id) }))}
            />
          ))}
        </CellGroup>
      )}
      {isReading && <Skeleton kind="cell" count={2} />}
      {isNothing &&
        !isReading &&
        (load ? <Nothing deadEnd loads={[load]} onRetry={search.reload} {...none} /> : <Message deadEnd {...none} />)}
    </>
  )
}
