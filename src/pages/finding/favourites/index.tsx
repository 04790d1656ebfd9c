import { View } from '@tarojs/components'
import { Alert } from '@/components/alert'
import { Check } from '@/components/choice'
import { Screen } from '@/components/screen'
import { SearchBar } from '@/components/search-bar'
import { Segmented } from '@/components/tabs'
import type { CityId } from '@/domain/ids'
import { failureText } from '@/parts/failure'
import { Nothing } from '@/parts/nothing'
import { PageState, page } from '@/parts/page'
import { readLink } from '@/routes'
import { useText } from '@/text'
import { finding } from '@/text/finding'
import { failures } from '@/text/parts/failures'
import { type FavouritesPage, useFavouritesPage } from './use-favourites-page'

type Ready = Extract<FavouritesPage, { status: 'ready' }>

function Choices({ page }: { page: Ready }) {
  const t = useText(finding)
  const failed = useText(failures)
  const { kind, show, typed, type, choices, toggle, failure, load, reload } = page
  return (
    <>
      <Segmented
        label={t.kind}
        items={[
          { key: 'item', label: t.items },
          { key: 'hall', label: t.halls },
        ]}
        value={kind}
        onChange={show}
      />
      <SearchBar value={typed} onChange={type} placeholder={t[kind === 'item' ? 'searchItems' : 'searchHalls']} />
      {failure && (
        <Alert tone="bad" title={failure.isRemoval ? t.removeFailed : t.saveFailed} live>
          {failureText(failure.error, failed).text}
        </Alert>
      )}
      {choices.length === 0 && (
        <Nothing
          deadEnd
          loads={[load]}
          onRetry={reload}
          icon="search"
          title={typed === '' ? t.saveNone : t.searchNothing(typed)}
          text={typed === '' ? undefined : t.searchNothingText}
        />
      )}
      {choices.length > 0 && (
        <View className="choice">
          {choices.map(({ id, name, note, isSaved }) => (
            <Check key={id} label={name} note={note} checked={isSaved} onChange={() => toggle(id)} />
          ))}
        </View>
      )}
    </>
  )
}

function FavouritesPageView({ city }: { city: CityId }) {
  const t = useText(finding)
  const state = useFavouritesPage(city)
  return (
    <Screen title={t.saveTitle} lead={t.saveLead}>
      <PageState part state={state} skeleton={[{ kind: 'cell', count: 6 }]}>
        {(page) => <Choices page={page} />}
      </PageState>
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city']),
  title: (language) => finding[language].saveTitle,
  view: FavouritesPageView,
})
