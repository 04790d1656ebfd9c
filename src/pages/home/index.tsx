import { useCallback, useMemo, useState } from 'react'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { Grid, type GridItem } from '@/components/grid'
import { Screen } from '@/components/screen'
import { SearchLink } from '@/components/search-bar'
import { Section } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import type { Bill } from '@/domain/bill'
import { type Notice as CityNotice, currentNotices, takesActions } from '@/domain/manifest'
import { go } from '@/lifecycle/go'
import { CityHeader } from '@/parts/city-header'
import { Failure } from '@/parts/failure'
import { OpenPayments } from '@/parts/open-payments'
import { page } from '@/parts/page'
import { serviceTiles, targetOf } from '@/parts/service-tiles'
import { platform } from '@/platform'
import { valueOf } from '@/queries/use-load'
import { useUnpaid } from '@/queries/use-unpaid'
import { routes, tabs } from '@/routes'
import { services } from '@/services'
import { useText } from '@/text'
import { elder } from '@/text/elder'
import { home } from '@/text/home'
import { useTheme } from '@/theme/theme'
import { SimpleHome } from './simple'
import { Todos } from './todos'
import { type Home, useHome } from './use-home'

type CityPage = Extract<Home, { status: 'city' }>
type OnService = (id: string) => unknown

const noticeTone = { outage: 'bad', warning: 'warn', news: 'info', unlisted: 'warn' } as const

const openCities = () => go(routes.cities())

function Notices({ notices }: { notices: readonly CityNotice[] }) {
  return (
    <>
      {notices.map((notice) => (
        <Alert key={notice.id} tone={noticeTone[notice.level]} title={notice.title}>
          {notice.text}
        </Alert>
      ))}
    </>
  )
}

/** All services of the city, what is to do, and its news. */
function EveryService({
  page,
  tiles,
  onService,
}: {
  page: CityPage
  tiles: readonly GridItem[]
  onService: OnService
}) {
  const t = useText(home)
  const { city, manifest, todo, reload } = page
  const offered = valueOf(manifest)
  const notices = offered ? currentNotices(offered, services.serverNow(city.id)) : []
  return (
    <>
      <Section title={t.services}>
        {offered ? <Grid items={tiles} onTap={onService} /> : <Skeleton kind="tiles" count={2} />}
      </Section>
      <Section title={t.todo}>
        <Todos city={city.id} todo={todo} isPaused={offered !== null && !takesActions(offered)} onRetry={reload} />
      </Section>
      <Notices notices={notices.filter((notice) => notice.level === 'news')} />
    </>
  )
}

const noBills: readonly Bill[] = []

function CityHome({ page }: { page: CityPage }) {
  const t = useText(home)
  const simple = useText(elder)
  const isElder = useTheme().elder
  const [isAll, setAll] = useState(false)
  const { city, manifest, todo, reload } = page
  const offered = valueOf(manifest)
  const unpaid = useUnpaid((todo.due && valueOf(todo.due)?.items) ?? noBills)
  const tiles = useMemo(() => (offered ? serviceTiles(offered, t, unpaid) : []), [offered, t, unpaid])
  const openService = useCallback(
    (id: string) => {
      const target = targetOf(id, city.id, services.accounts.cachedList(city.id)?.value.items ?? [])
      return target === tabs.bills ? go.tab(target) : go(target)
    },
    [city.id],
  )
  const notices = offered ? currentNotices(offered, services.serverNow(city.id)) : []
  const header = (
    <>
      <CityHeader city={city} />
      {(!isElder || isAll) && <SearchLink label={t.search} id={routes.find({ city: city.id })} onTap={go} />}
    </>
  )
  if (manifest.status === 'failed')
    return (
      <Screen header={header}>
        <Failure error={manifest.error} onRetry={reload} />
      </Screen>
    )
  return (
    <Screen header={header}>
      <OpenPayments />
      {offered && !takesActions(offered) && <Alert tone="warn" title={t.readOnly} live />}
      <Notices notices={notices.filter((notice) => notice.level !== 'news')} />
      {isElder && !offered && <Skeleton kind="cell" count={4} />}
      {isElder && offered && (
        <>
          <SimpleHome city={city.id} manifest={offered} todo={todo} unpaid={unpaid} />
          <Button block kind="secondary" onTap={() => setAll(!isAll)}>
            {isAll ? simple.less : simple.all}
          </Button>
        </>
      )}
      {(!isElder || isAll) && <EveryService page={page} tiles={tiles} onService={openService} />}
      {!isElder && offered && (
        <CellGroup>
          <Cell
            icon="headset"
            title={t.hotline}
            value={offered.phone}
            id={offered.phone}
            onTap={platform.call}
            arrow={false}
          />
        </CellGroup>
      )}
    </Screen>
  )
}

function HomePage() {
  const t = useText(home)
  const page = useHome()
  if (page.status === 'city') return <CityHome page={page} />
  return (
    <Screen>
      <OpenPayments />
      <Message icon="map-pin" title={t.welcome} text={t.welcomeText} action={t.chooseCity} onAction={openCities} />
    </Screen>
  )
}

export default page({ title: (language) => home[language].appName, view: HomePage })
