import { View } from '@tarojs/components'
import { memo } from 'react'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Sheet } from '@/components/sheet'
import type { DataUse } from '@/domain/data-use'
import type { CityId } from '@/domain/ids'
import { formatMoment } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { todayIn } from '@/lifecycle/use-server-now'
import { Nothing } from '@/parts/nothing'
import { PageState, page } from '@/parts/page'
import { platform } from '@/platform'
import { readLink, routes } from '@/routes'
import { useLanguage, useText } from '@/text'
import { uses } from '@/text/data/uses'
import { Filter } from './filter'
import { type UsesPage, useUsesPage } from './use-uses'

type Ready = Extract<UsesPage, { status: 'uses' }>

const UseCell = memo(function UseCell({ use, city, show }: { use: DataUse; city: CityId; show: Ready['show'] }) {
  const language = useLanguage()
  const when = formatMoment(use.at, language, todayIn(city))
  return <Cell title={use.by} note={`${use.text}\n${when}`} id={use.id} onTap={show} />
})

/** One use, why it was made, and what to do about one that is not recognised. */
function UseFacts({ page, use, city }: { page: Ready; use: DataUse; city: CityId }) {
  const t = useText(uses)
  const language = useLanguage()
  const { callInstead } = page
  const report = () => {
    page.show(null)
    return go(routes.report({ city, use: use.id }))
  }
  return (
    <Sheet
      open
      title={t.purposes[use.purpose]}
      onClose={() => page.show(null)}
      footer={
        callInstead === null ? (
          <Button block kind="secondary" onTap={report}>
            {t.report}
          </Button>
        ) : (
          <Button block kind="secondary" icon="phone" onTap={() => platform.call(callInstead)}>
            {t.call(callInstead)}
          </Button>
        )
      }
    >
      <KeyValue
        rows={[
          { label: t.who, value: use.by },
          { label: t.what, value: use.text },
          { label: t.when, value: formatMoment(use.at, language, todayIn(city)) },
        ]}
      />
      <View>{t.explain[use.purpose]}</View>
    </Sheet>
  )
}

function Uses({ page, city }: { page: Ready; city: CityId }) {
  const t = useText(uses)
  return (
    <>
      <CellGroup>
        {page.uses.map((use) => (
          <UseCell key={use.id} use={use} city={city} show={page.show} />
        ))}
      </CellGroup>
      {page.hasMore && (
        <View>
          <Button block kind="secondary" onTap={page.readMore}>
            {page.moreFailed ? t.moreFailed : t.more}
          </Button>
        </View>
      )}
      {page.open && <UseFacts page={page} use={page.open} city={city} />}
    </>
  )
}

function UsesPageView({ city }: { city: CityId }) {
  const t = useText(uses)
  const state = useUsesPage(city)
  const { filter, setFilter } = state.filtering
  const skeleton = { kind: 'cell', count: 6 } as const
  return (
    <Screen title={t.title} lead={t.lead}>
      <Filter filtering={state.filtering} />
      <PageState part state={state} skeleton={[skeleton]}>
        {(page) =>
          page.status === 'uses' ? (
            <Uses page={page} city={city} />
          ) : (
            <Nothing
              loads={[page.load]}
              onRetry={page.reload}
              skeleton={skeleton}
              icon="shield"
              title={filter ? t.noneOf : t.none}
              text={filter ? undefined : t.noneText}
              {...(filter && { action: t.showAll, onAction: () => setFilter(null) })}
            />
          )
        }
      </PageState>
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city']),
  title: (language) => uses[language].title,
  view: UsesPageView,
})
