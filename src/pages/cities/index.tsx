import { View } from '@tarojs/components'
import { memo, useCallback, useState } from 'react'
import { a11y } from '@/components/a11y'
import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { IndexBar } from '@/components/index-bar'
import { ListWindow } from '@/components/list-window'
import { useOnce } from '@/components/once'
import { Screen } from '@/components/screen'
import { SearchBar } from '@/components/search-bar'
import { go } from '@/lifecycle/go'
import { page } from '@/parts/page'
import { useCityName } from '@/parts/use-city-name'
import { platform } from '@/platform'
import { tabs } from '@/routes'
import { type City, findCity } from '@/services/cities'
import { useText } from '@/text'
import { cities } from '@/text/cities'
import { home } from '@/text/home'
import { terms } from '@/text/terms'
import { useTheme } from '@/theme/theme'
import { type Cities, type Row, useCities } from './use-cities'
import './index.scss'

/** Less than a `Cell`: many of these render at once. */
const CityRow = memo(function CityRow(props: { row: Row; onTap: (id: string) => unknown }) {
  const t = useText(cities)
  const nameOf = useCityName()
  const { row, onTap } = props
  const tap = useOnce(onTap)
  if ('letter' in row)
    return (
      <View className="cities__letter" {...a11y({ role: 'heading' })}>
        {row.letter}
      </View>
    )
  return (
    <View
      compileMode
      className="cell"
      hoverClass="press"
      onClick={() => tap(row.city.id)}
      role="button"
      aria-role="button"
    >
      <View className="cities__name">{row.county ? `${nameOf(row.city)} · ${row.county}` : nameOf(row.city)}</View>
      {!row.open && <View className="tone-quiet">{t.notOpen}</View>}
    </View>
  )
})

function CityChips(props: { title: string; cities: readonly City[]; onTap: (id: string) => unknown }) {
  const nameOf = useCityName()
  if (props.cities.length === 0) return null
  return (
    <View className="cities__part">
      <View className="cities__title" {...a11y({ role: 'heading' })}>
        {props.title}
      </View>
      <View className="cities__chips">
        {props.cities.map((city) => (
          <View
            compileMode
            key={city.id}
            className="cities__chip"
            hoverClass="press"
            onClick={() => props.onTap(city.id)}
            role="button"
            aria-role="button"
          >
            {nameOf(city)}
          </View>
        ))}
      </View>
    </View>
  )
}

function LocateCell({ page, onTap }: { page: Cities; onTap: (id: string) => unknown }) {
  const t = useText(cities)
  const { openSettings } = useText(terms)
  const nameOf = useCityName()
  const { located, locate } = page
  if (!locate) return null
  if (located.status === 'found') {
    const name = nameOf(located.city)
    const title = located.open ? t.located(name) : t.locatedNotOpen(name)
    return <Cell icon="map-pin" title={title} id={located.city.id} onTap={located.open ? onTap : undefined} />
  }
  const note = {
    denied: t.locateDenied,
    failed: t.locateFailed,
    asking: t.locating,
    'not-asked': undefined,
  }
  return (
    <>
      <Cell icon="navigation" title={t.locate} note={note[located.status]} onTap={locate} arrow={false} />
      {located.status === 'denied' && located.inSettings && <Cell title={openSettings} onTap={page.allow} />}
    </>
  )
}

function CitiesPage() {
  const t = useText(cities)
  const { cityNotOpen } = useText(home)
  const nameOf = useCityName()
  const { elder } = useTheme()
  const page = useCities()
  const [jump, setJump] = useState<{ index: number }>()

  const choose = page.choose
  const take = useCallback(
    (id: string) => {
      if (choose(id)) return go.back(tabs.home)
      const city = findCity(id)
      if (city) platform.toast(cityNotOpen(nameOf(city)))
    },
    [choose, cityNotOpen, nameOf],
  )
  return (
    <Screen header={<SearchBar value={page.typed} onChange={page.type} placeholder={t.search} />}>
      {/* Hidden during a search: it need not be sent to the page again, and keeps its scroll position. */}
      <View className={page.typed === '' ? 'cities' : 'cities cities--away'}>
        {page.locate && (
          <CellGroup>
            <LocateCell page={page} onTap={take} />
          </CellGroup>
        )}
        <CityChips title={t.recent} cities={page.recents} onTap={take} />
        <CityChips title={t.open} cities={page.open} onTap={take} />
        <View className="cities__part">
          <View className="cities__title" {...a11y({ role: 'heading' })}>
            {t.allCities}
          </View>
          <View className="cities__all">
            <IndexBar letters={page.letters} onJump={(letter) => setJump({ index: page.rowOf(letter) })} />
            <View className="cities__list">
              <ListWindow
                items={page.rows}
                keyOf={(row) => ('letter' in row ? row.letter : row.city.id)}
                row={(row) => <CityRow row={row} onTap={take} />}
                rowHeight={elder ? 72 : 56}
                jump={jump}
              />
            </View>
          </View>
        </View>
      </View>
      <View className={page.typed === '' ? 'cities--away' : ''}>
        {page.typed !== '' && page.found.length > 0 && (
          <CellGroup>
            {page.found.slice(0, 30).map((row) => (
              <CityRow key={`${row.city.id}${row.county ?? ''}`} row={row} onTap={take} />
            ))}
          </CellGroup>
        )}
        {page.typed !== '' && page.found.length === 0 && (
          <Message deadEnd icon="search" title={t.noCity} text={t.noCityText} />
        )}
      </View>
    </Screen>
  )
}

export default page({ title: (language) => cities[language].title, view: CitiesPage })
