import { View } from '@tarojs/components'
import type { ComponentProps } from 'react'
import { Alert } from '@/components/alert'
import { Amount } from '@/components/amount'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { Fold } from '@/components/fold'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import { isAskedLately, marksOf } from '@/domain/account'
import type { CityId } from '@/domain/ids'
import { hasFeature, type Manifest, takesActions } from '@/domain/manifest'
import { formatFen } from '@/domain/money'
import { formatAge } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { CityHeader } from '@/parts/city-header'
import { Freshness } from '@/parts/freshness'
import { Nothing } from '@/parts/nothing'
import { OpenPayments } from '@/parts/open-payments'
import { PageState, page } from '@/parts/page'
import { useCityName } from '@/parts/use-city-name'
import { routes } from '@/routes'
import { services } from '@/services'
import type { City } from '@/services/cities'
import { stores } from '@/stores'
import { useLanguage, useText } from '@/text'
import { bills } from '@/text/bills'
import { elder } from '@/text/elder'
import { terms } from '@/text/terms'
import { useTheme } from '@/theme/theme'
import { AccountCell, withoutBills } from './account-cell'
import type { AccountDue } from './account-due'
import { type BillsState, type Due, useBills } from './use-bills'
import type { Elsewhere } from './use-elsewhere'
import './index.scss'

const skeleton = [{ kind: 'card' }, { kind: 'cell', count: 3 }] as const

const openCities = () => go(routes.cities())
const bind = (city: City) => () => go(routes.bind({ city: city.id }))

function ReadOnly({ manifest }: { manifest: Manifest | null }) {
  const t = useText(bills)
  if (manifest === null || takesActions(manifest)) return null
  return (
    <Alert tone="warn" title={t.readOnly}>
      {t.readOnlyText}
    </Alert>
  )
}

interface DueTotalProps {
  due: Due
  city: CityId
  /** Named where other cities have sums of their own. */
  cityName: string | undefined
  /** How many accounts' billers the city could not reach. */
  notAsked: number
  onRefresh: () => Promise<void>
}

function DueTotal({ due, city, cityName, notAsked, onRefresh }: DueTotalProps) {
  const t = useText(bills)
  const { retry, listCut } = useText(terms)
  const isElder = useTheme().elder
  // A total of nothing needs a fresh response.
  const isUnsure = due.status === 'known' && due.count === 0 && due.answered === null
  if (due.status === 'loading' || (isUnsure && !due.hasFailed)) return <Skeleton kind="card" />
  if (due.status === 'failed' || isUnsure)
    return (
      <Alert tone="warn" title={t.dueFailed} action={retry} onAction={onRefresh} live>
        {t.dueFailedText}
      </Alert>
    )
  return (
    <Card>
      <View className="bills__label">{`${cityName ? t.dueTotalOf(cityName) : t.dueTotal} · ${t.dueCount(due.count)}`}</View>
      <Amount amountFen={due.totalFen} size="l" />
      <Freshness city={city} at={due.asOf} onRefresh={onRefresh} />
      {(due.isPart || notAsked > 0) && <Alert tone="warn">{due.isPart ? listCut : t.notAsked(notAsked)}</Alert>}
      {due.count > 1 && !isElder && (
        <Button block size="s" kind="secondary" onTap={() => go(routes.chooseBills({ city }))}>
          {t.choose}
        </Button>
      )}
    </Card>
  )
}

/** Where the city finds bills by a number, without binding. */
function PayByNumber({ manifest, city }: { manifest: Manifest | null; city: City }) {
  const t = useText(bills)
  return manifest && hasFeature(manifest, 'findings') ? (
    <CellGroup>
      <Cell
        icon="search"
        title={t.byNumber}
        note={t.byNumberNote}
        onTap={() => go(routes.findBill({ city: city.id }))}
      />
    </CellGroup>
  ) : null
}

/** Lists of everything, and in elder mode paying several bills, which is beside the total otherwise. */
function RecordLinks({ city, count = 0 }: { city: CityId; count?: number }) {
  const t = useText(bills)
  const { records } = useText(elder)
  const isElder = useTheme().elder
  return (
    <Fold title={records}>
      <CellGroup>
        {isElder && count > 1 && (
          <Cell icon="list-checks" title={t.choose} onTap={() => go(routes.chooseBills({ city }))} />
        )}
        <Cell icon="receipt" title={t.allBills} note={t.allBillsNote} onTap={() => go(routes.billList({ city }))} />
        <Cell icon="history" title={t.payments} note={t.paymentsNote} onTap={() => go(routes.payments({ city }))} />
      </CellGroup>
    </Fold>
  )
}

const marksIn = (rows: readonly AccountDue[]) => marksOf(rows.map(({ account }) => account))

const rowOf = (row: AccountDue, without: ComponentProps<typeof AccountCell>['without'], mark: string | undefined) => (
  <AccountCell
    key={row.account.id}
    account={row.account}
    payableFen={row.payableFen}
    count={row.count}
    progress={row.progress}
    first={row.bills[0]}
    without={without}
    mark={mark}
  />
)

/** Accounts in other cities: each city has its own payments, so each has its own sum. */
function ElsewhereGroup({ one, onRetry }: { one: Elsewhere; onRetry: () => Promise<void> }) {
  const t = useText(bills)
  const { asOfFailed, listCut } = useText(terms)
  const language = useLanguage()
  const { city, rows, totalFen, oldAsOf } = one
  const name = useCityName()(city)
  const choose = () => stores.city.getState().choose(city.id)
  const marks = marksIn(rows)
  return (
    <CellGroup
      title={totalFen ? t.dueAt(name, formatFen(totalFen, { symbol: true })) : name}
      note={oldAsOf ? asOfFailed(formatAge(oldAsOf, services.serverNow(city.id), language)) : undefined}
    >
      {rows.map((row) => {
        const isLate = !isAskedLately(row.account, services.serverNow(city.id))
        const without = !one.isAnswered || totalFen === null ? 'unknown' : isLate ? 'not-read' : 'nothing'
        return rowOf(row, without, marks.get(row.account.id))
      })}
      {rows.length === 0 && <Cell icon="refresh" title={t.elsewhereFailed} onTap={onRetry} arrow={false} />}
      {one.isPart && <Cell title={listCut} onTap={choose} arrow={false} />}
    </CellGroup>
  )
}

function OtherCities({ page }: { page: Extract<BillsState, { status: 'accounts' | 'none' }> }) {
  return (
    <>
      {page.elsewhere.map((one) => (
        <ElsewhereGroup key={one.city.id} one={one} onRetry={page.reload} />
      ))}
    </>
  )
}

function AccountList({ page }: { page: Extract<BillsState, { status: 'accounts' }> }) {
  const t = useText(bills)
  const { listCut } = useText(terms)
  const { city, rows, due, elsewhere } = page
  const notAsked = rows.filter(({ account }) => !isAskedLately(account, services.serverNow(city.id))).length
  const name = useCityName()(city)
  const marks = marksIn(rows)
  return (
    <>
      <DueTotal
        due={due}
        city={city.id}
        cityName={elsewhere.length > 0 ? name : undefined}
        notAsked={notAsked}
        onRefresh={page.reload}
      />
      <CellGroup title={elsewhere.length > 0 ? name : t.accounts}>
        {rows.map((row) => rowOf(row, withoutBills(row.account, due), marks.get(row.account.id)))}
        {page.isPart && <Cell title={listCut} arrow={false} />}
        <Cell icon="plus" title={t.addAccount} onTap={bind(city)} />
      </CellGroup>
      <PayByNumber manifest={page.manifest} city={city} />
      <OtherCities page={page} />
      <RecordLinks city={city.id} count={'count' in due ? due.count : 0} />
    </>
  )
}

function BillsPageContent({ page }: { page: Exclude<BillsState, { status: 'no-city' | 'loading' | 'failed' }> }) {
  const t = useText(bills)
  switch (page.status) {
    case 'not-offered':
      return <Message deadEnd icon="wallet" title={t.notOffered} text={t.notOfferedText(page.manifest.phone)} />
    case 'none':
      return (
        <>
          <ReadOnly manifest={page.manifest} />
          <Nothing
            loads={[page.accounts]}
            onRetry={page.reload}
            icon="receipt"
            title={t.noAccountsTitle}
            text={t.noAccountsText}
          />
          <Button block icon="plus" onTap={bind(page.city)}>
            {t.addAccount}
          </Button>
          <PayByNumber manifest={page.manifest} city={page.city} />
          <OtherCities page={page} />
          <RecordLinks city={page.city.id} />
        </>
      )
    case 'accounts':
      return (
        <>
          <ReadOnly manifest={page.manifest} />
          <AccountList page={page} />
        </>
      )
  }
}

function BillsPage() {
  const t = useText(bills)
  const page = useBills()
  if (page.status === 'no-city')
    return (
      <Screen>
        <OpenPayments />
        <Message icon="map-pin" title={t.noCityTitle} text={t.noCityText} action={t.chooseCity} onAction={openCities} />
      </Screen>
    )
  return (
    <Screen header={<CityHeader city={page.city} />}>
      <OpenPayments />
      <PageState part state={page} skeleton={skeleton}>
        {(page) => <BillsPageContent page={page} />}
      </PageState>
    </Screen>
  )
}

export default page({ title: (language) => bills[language].title, view: BillsPage })
