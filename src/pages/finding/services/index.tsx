import { View } from '@tarojs/components'
import { useCallback, useState } from 'react'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Fold } from '@/components/fold'
import { Screen } from '@/components/screen'
import { SearchBar } from '@/components/search-bar'
import { Section } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import type { Favourite } from '@/domain/favourite'
import { asId, type CityId, type ItemId } from '@/domain/ids'
import type { LifeEvent } from '@/domain/life-event'
import type { Listed } from '@/domain/unlisted'
import { go } from '@/lifecycle/go'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { Failure } from '@/parts/failure'
import { Cut, Nothing } from '@/parts/nothing'
import { page } from '@/parts/page'
import { platform } from '@/platform'
import { readLink, routes } from '@/routes'
import { useText } from '@/text'
import { finding } from '@/text/finding'
import { useTheme } from '@/theme/theme'
import { Chips } from './chips'
import { Found } from './found'
import { type Finding, useFinding } from './use-finding'

/** In elder mode; all behind one button. */
const fewItems = 6

const linkOf = (city: CityId, favourite: Favourite): string | null => {
  if (favourite.kind === 'hall') return routes.items({ city, hall: favourite.targetId })
  return favourite.kind === 'item' ? routes.halls({ city, item: favourite.targetId }) : null
}

/** What the citizen saved; a line to begin with where nothing is. */
function Favourites({ city, favourites }: { city: CityId; favourites: readonly Favourite[] }) {
  const t = useText(finding)
  const edit = () => go(routes.favourites({ city }))
  const shown = favourites.flatMap((favourite) => {
    const link = linkOf(city, favourite)
    return link ? [{ ...favourite, link }] : []
  })
  if (shown.length === 0)
    return (
      <CellGroup>
        <Cell icon="star" title={t.save} onTap={edit} />
      </CellGroup>
    )
  return (
    <Section title={t.favourites} action={t.edit} onAction={edit}>
      <CellGroup>
        {shown.map(({ kind, name, link }) => (
          <Cell key={link} icon={kind === 'hall' ? 'building' : 'file-text'} title={name} id={link} onTap={go} />
        ))}
      </CellGroup>
    </Section>
  )
}

/** What was searched, and events in life: other ways to the same items. */
function OtherWays({ page, city }: { page: Finding; city: CityId }) {
  const t = useText(finding)
  const { history, events, type } = page
  const stop = () => {
    history.setOff(true)
    platform.toast(t.stopped)
  }
  const open = useCallback((event: string) => go(routes.find({ city, event: event as Listed<LifeEvent> })), [city])
  return (
    <>
      {history.kept.length > 0 && (
        <Section title={t.searches} action={t.clear} onAction={history.clear}>
          <Chips items={history.kept.map((typed) => ({ id: typed, label: typed }))} onTap={type} />
          <Button size="s" kind="quiet" onTap={stop}>
            {t.stop}
          </Button>
        </Section>
      )}
      {events.length > 0 && (
        <Section title={t.events}>
          <Chips items={events.map((event) => ({ id: event, label: t.event[event] }))} onTap={open} />
        </Section>
      )}
      {history.isOff && (
        <Button size="s" kind="quiet" onTap={() => history.setOff(false)}>
          {t.keep}
        </Button>
      )}
    </>
  )
}

function FindingPage({ city, event }: { city: CityId; event?: Listed<LifeEvent> }) {
  const t = useText(finding)
  const isElder = useTheme().elder
  const [isAll, setAll] = useState(false)
  const page = useFinding(city, event)
  usePageTitle(event ? t.event[event] : t.title)
  const { manifest, load, reload, typed, type, favourites, items } = page
  const open = useCallback((id: string) => go(routes.halls({ city, item: asId<ItemId>(id) })), [city])
  const error = manifest.status === 'failed' ? manifest.error : load?.status === 'failed' && !typed ? load.error : null
  if (error)
    return (
      <Screen>
        <Failure error={error} onRetry={reload} />
      </Screen>
    )
  const header = event ? undefined : <SearchBar value={typed} onChange={type} placeholder={t.search} />
  if (typed !== '')
    return (
      <Screen header={header}>
        <Found page={page} city={city} />
      </Screen>
    )
  const shown = isElder && !isAll && !event ? items.slice(0, fewItems) : items
  return (
    <Screen header={header} title={event && t.event[event]}>
      {!event && favourites && <Favourites city={city} favourites={favourites} />}
      {!event && (
        <Fold title={t.more}>
          <OtherWays page={page} city={city} />
        </Fold>
      )}
      {load?.status === 'loading' && <Skeleton kind="cell" count={6} />}
      {shown.length > 0 && (
        <CellGroup title={t.mostUsed}>
          {shown.map((item) => (
            <Cell key={item.id} title={item.name} note={item.department} id={item.id} onTap={open} />
          ))}
        </CellGroup>
      )}
      {shown.length < items.length && (
        <View>
          <Button block kind="secondary" onTap={() => setAll(true)}>
            {t.seeAll}
          </Button>
        </View>
      )}
      {load?.status === 'ready' && items.length === 0 && (
        <Nothing deadEnd loads={[load]} onRetry={reload} icon="calendar" title={t.eventNone} text={t.eventNoneText} />
      )}
      {load?.status === 'ready' && <Cut page={load.value} />}
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city'], ['event']),
  view: FindingPage,
})
