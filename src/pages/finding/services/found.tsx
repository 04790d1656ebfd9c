import { Alert } from '@/components/alert'
import { Cell, CellGroup } from '@/components/cell'
import { Skeleton } from '@/components/skeleton'
import { asId, type CityId, type HallId, type ItemId } from '@/domain/ids'
import { searchFor } from '@/domain/typed'
import { go } from '@/lifecycle/go'
import { Nothing } from '@/parts/nothing'
import { serviceTiles, targetOf } from '@/parts/service-tiles'
import { valueOf } from '@/queries/use-load'
import { routes, tabs } from '@/routes'
import { services } from '@/services'
import { useText } from '@/text'
import { finding } from '@/text/finding'
import { home } from '@/text/home'
import type { Finding } from './use-finding'

/** What a search finds: the city's services, items and halls. What is opened is kept as a search. */
export function Found({ page, city }: { page: Finding; city: CityId }) {
  const t = useText(finding)
  const words = useText(home)
  const { typed, manifest, history, reload } = page
  const { items, halls, loads } = page.found
  const has = searchFor(typed)
  const offered = valueOf(manifest)
  const tiles = offered ? serviceTiles(offered, words).filter(({ id, label }) => id !== 'book' && has(label)) : []
  const isReading = [manifest, ...loads].some(({ status }) => status === 'loading')
  const isNothing = tiles.length === 0 && items.length === 0 && halls.length === 0
  const open = (link: string) => {
    history.keep()
    return link === tabs.bills ? go.tab(link) : go(link)
  }
  const openService = (id: string) => open(targetOf(id, city, services.accounts.cachedList(city)?.value.items ?? []))
  if (isNothing && !isReading)
    return (
      <Nothing
        deadEnd
        loads={loads}
        onRetry={reload}
        icon="search"
        title={t.searchNothing(typed)}
        text={t.searchNothingText}
      />
    )
  return (
    <>
      {loads.some(({ status }) => status === 'failed') && <Alert tone="warn" title={t.searchFailed} />}
      {tiles.length > 0 && (
        <CellGroup title={t.services}>
          {tiles.map(({ id, icon, label }) => (
            <Cell key={id} icon={icon} title={label} id={id} onTap={openService} />
          ))}
        </CellGroup>
      )}
      {items.length > 0 && (
        <CellGroup title={t.items}>
          {items.map(({ id, name, department }) => (
            <Cell
              key={id}
              icon="file-text"
              title={name}
              note={department}
              id={id}
              onTap={(id) => open(routes.halls({ city, item: asId<ItemId>(id) }))}
            />
          ))}
        </CellGroup>
      )}
      {halls.length > 0 && (
        <CellGroup title={t.halls}>
          {halls.map(({ id, name, address }) => (
            <Cell
              key={id}
              icon="building"
              title={name}
              note={address}
              id={id}
              onTap={(id) => open(routes.items({ city, hall: asId<HallId>(id) }))}
            />
          ))}
        </CellGroup>
      )}
      {isReading && <Skeleton kind="cell" count={2} />}
    </>
  )
}
