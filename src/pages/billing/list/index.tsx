import { View } from '@tarojs/components'
import { Alert } from '@/components/alert'
import { ListWindow } from '@/components/list-window'
import { Screen } from '@/components/screen'
import { SearchBar } from '@/components/search-bar'
import { Segmented, Tabs } from '@/components/tabs'
import type { Bill } from '@/domain/bill'
import type { AccountId, CityId } from '@/domain/ids'
import { Freshness } from '@/parts/freshness'
import { Nothing } from '@/parts/nothing'
import { PageState, page } from '@/parts/page'
import { readLink } from '@/routes'
import { useText } from '@/text'
import { list as listText } from '@/text/billing/list'
import { bills as billsText } from '@/text/bills'
import { terms } from '@/text/terms'
import { fontScale, useTheme } from '@/theme/theme'
import { BillRow } from '../parts/bill-cell'
import { type BillListPage, type Kind, type LoadedBills, type Status, useBillList } from './use-bill-list'
import './index.scss'

/** A Chinese character is as wide as two letters; beside an amount there is room for some 24 on the narrowest phone. */
const isLong = (text: string, most: number) => text.length + (text.match(/[^\0-\x7f]/g)?.length ?? 0) > most

/**
 * Rows of a list are of one height: what its longest needs, at most two lines of name and two of a note. In large text also the
 * amount, which does not fit beside them.
 */
function useRowHeight(bills: readonly Bill[], ownerOf: (bill: Bill) => string | undefined): number {
  const theme = useTheme()
  const titles = bills.some(({ title }) => isLong(title, 24)) ? 2 : 1
  const notes = bills.some((bill) => isLong(ownerOf(bill) ?? '', 14)) ? 2 : 1
  return Math.round((theme.elder ? 180 : 24 * titles + 20 * notes + 24) * fontScale(theme))
}

const idOf = (bill: Bill) => bill.id

function ListedBills({ city, page, listed }: { city: CityId; page: BillListPage; listed: LoadedBills }) {
  const t = useText(listText)
  const { retry } = useText(terms)
  const { ownerOf } = page
  const rowHeight = useRowHeight(listed.bills, ownerOf)
  const { status, kind, text } = page.filter
  const isFiltered = status !== 'all' || kind !== 'all' || text !== ''
  const asOf = <Freshness city={city} at={listed.asOf} onRefresh={listed.reload} />
  if (listed.bills.length === 0)
    return (
      <>
        <Nothing
          loads={[listed.load]}
          onRetry={listed.reload}
          icon={isFiltered ? 'search' : 'receipt'}
          title={isFiltered ? t.noneFound : t.none}
          text={isFiltered ? t.noneFoundText : t.noneText}
        />
        {asOf}
      </>
    )
  return (
    <>
      {asOf}
      <View className="bill-list" style={{ maxHeight: `${listed.bills.length * rowHeight}px` }}>
        <ListWindow
          items={listed.bills}
          keyOf={idOf}
          row={(bill) => <BillRow bill={bill} of={ownerOf(bill)} />}
          rowHeight={rowHeight}
          onEnd={listed.readMore}
        />
      </View>
      {listed.moreError && <Alert tone="warn" title={t.moreFailed} action={retry} onAction={listed.readMore} live />}
    </>
  )
}

function BillFilters({ page }: { page: BillListPage }) {
  const t = useText(listText)
  const { kind } = useText(billsText)
  const { filter, kinds, change } = page
  return (
    <>
      <SearchBar value={page.typed} onChange={page.type} placeholder={t.search} />
      <View className="bill-list__status">
        <Segmented<Status>
          label={t.status}
          value={filter.status}
          onChange={(status) => change({ status })}
          items={[
            { key: 'all', label: t.all },
            { key: 'open', label: t.open },
            { key: 'settled', label: t.settled },
          ]}
        />
      </View>
      {kinds.length > 1 && (
        <Tabs<Kind>
          label={t.kind}
          value={filter.kind}
          onChange={(kind) => change({ kind })}
          items={[{ key: 'all', label: t.allKinds }, ...kinds.map((key) => ({ key, label: kind[key] }))]}
        />
      )}
    </>
  )
}

function BillListView({ city, account }: { city: CityId; account?: AccountId }) {
  const page = useBillList(city, account)
  return (
    <Screen header={<BillFilters page={page} />}>
      <PageState part state={page.listed} skeleton={[{ kind: 'cell', count: 6 }]}>
        {(listed) => <ListedBills city={city} page={page} listed={listed} />}
      </PageState>
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city'], ['account']),
  title: (language) => listText[language].title,
  view: BillListView,
})
