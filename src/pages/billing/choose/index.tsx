import { View } from '@tarojs/components'
import { useCallback } from 'react'
import { Amount } from '@/components/amount'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { CheckCell } from '@/components/check-cell'
import { Screen } from '@/components/screen'
import { Section } from '@/components/section'
import type { Account } from '@/domain/account'
import { mostBills } from '@/domain/choice'
import { asId, type BillId, type CityId } from '@/domain/ids'
import { opensAt } from '@/domain/manifest'
import { formatFen } from '@/domain/money'
import { go } from '@/lifecycle/go'
import { Freshness } from '@/parts/freshness'
import { Cut, Nothing } from '@/parts/nothing'
import { OpenPayments } from '@/parts/open-payments'
import { PageState, page } from '@/parts/page'
import { readLink, routes } from '@/routes'
import { services } from '@/services'
import { useText } from '@/text'
import { bill as billText } from '@/text/billing/bill'
import { choose as chooseText } from '@/text/billing/choose'
import { bills } from '@/text/bills'
import { type BarredRow, type ChoosePage, useChoose } from './use-choose'
import './index.scss'

type LoadedChoose = Extract<ChoosePage, { status: 'bills' }>

const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })

/** Whose it is: the citizen's own word for it, or where it is. */
const homeOf = (account: Account | null) => account?.nickname || account?.maskedAddress

function PayableBills({ page }: { page: LoadedChoose }) {
  const t = useText(chooseText)
  const { status, someoneElse } = useText(bills)
  const isAll = page.chosen.length === Math.min(page.payable.length, mostBills)
  return (
    <Section title={status.due} action={isAll ? t.clear : t.all} onAction={isAll ? page.clear : page.chooseAll}>
      <CellGroup>
        {page.payable.map(({ bill, account }) => (
          <CheckCell
            key={bill.id}
            id={bill.id}
            title={bill.title}
            tag={account?.relation === 'someone-else' ? someoneElse : undefined}
            note={[bill.status === 'overdue' && status.overdue, homeOf(account)].filter(Boolean).join(' · ')}
            value={yuan(bill.amountFen)}
            valueTone={bill.status === 'overdue' ? 'bad' : 'ink'}
            checked={page.chosen.indexOf(bill.id) >= 0}
            onToggle={page.toggle}
          />
        ))}
      </CellGroup>
    </Section>
  )
}

function BarredBills({ city, barred }: { city: CityId; barred: readonly BarredRow[] }) {
  const t = useText(chooseText)
  const { limit } = useText(billText)
  const { status, progress } = useText(bills)
  const { asleep } = useText(billText)
  const open = useCallback((id: string) => go(routes.bill({ city, bill: asId<BillId>(id) })), [city])
  if (barred.length === 0) return null
  const reason = ({ bill, because }: BarredRow) => {
    switch (because) {
      case 'asleep':
        return asleep
      case 'confirm-first':
        return t.confirmFirst
      case 'top-up':
        return t.topUp
      case 'above-limit':
        return limit
      case 'status':
        return bill.notPayable ?? status[bill.status]
      default:
        return progress[because]
    }
  }
  return (
    <CellGroup title={t.others}>
      {barred.map((row) => (
        <Cell
          key={row.bill.id}
          id={row.bill.id}
          title={row.bill.title}
          note={[reason(row), homeOf(row.account)].filter(Boolean).join(' · ')}
          value={row.bill.topUp ? undefined : yuan(row.bill.amountFen)}
          valueTone="quiet"
          onTap={open}
        />
      ))}
    </CellGroup>
  )
}

function useBarText(city: CityId, bar: LoadedChoose['bar']): string | undefined {
  const t = useText(chooseText)
  const { readOnly, asleepText } = useText(billText)
  switch (bar?.kind) {
    case 'none-chosen':
      return t.chooseFirst
    case 'too-many':
      return t.most(mostBills)
    case 'asleep':
      return asleepText(bar.biller.name, opensAt(bar.biller, services.serverNow(city)) ?? '')
    case 'above-limit':
      return t.aboveLimit(bar.biller.name, yuan(bar.maxFen))
    case 'read-only':
      return readOnly
    case 'offline':
      return t.offline
  }
}

function ChooseFooter({ city, page }: { city: CityId; page: LoadedChoose }) {
  const t = useText(chooseText)
  const { chosen, totalFen, feeFen, bar } = page
  const barText = useBarText(city, bar)
  return (
    <>
      {chosen.length > 0 && (
        <View className="choose__total">
          <View className="choose__label">
            {t.total(chosen.length)}
            {feeFen > 0 && <View className="choose__fee">{t.fee(yuan(feeFen))}</View>}
          </View>
          <Amount amountFen={totalFen} size="l" />
        </View>
      )}
      <Button
        block
        disabled={bar !== null}
        reason={barText}
        onTap={() => go(routes.checkout({ city, bills: chosen.map((bill) => ({ bill })) }))}
      >
        {bar ? t.payNone : t.pay(yuan(totalFen))}
      </Button>
    </>
  )
}

function ChooseContent({ city, page }: { city: CityId; page: LoadedChoose }) {
  const t = useText(chooseText)
  return (
    <Screen title={t.title} lead={t.lead} footer={page.payable.length > 0 && <ChooseFooter city={city} page={page} />}>
      <OpenPayments />
      {page.payable.length > 0 ? (
        <PayableBills page={page} />
      ) : (
        <Nothing loads={[page.load]} onRetry={page.reload} icon="receipt" title={t.none} text={t.noneText} />
      )}
      <Cut page={page.load.value} />
      <Freshness city={city} at={page.asOf} onRefresh={page.reload} />
      <BarredBills city={city} barred={page.barred} />
    </Screen>
  )
}

function ChoosePageView({ city }: { city: CityId }) {
  return (
    <PageState state={useChoose(city)} skeleton={[{ kind: 'cell', count: 5 }]}>
      {(page) => <ChooseContent city={city} page={page} />}
    </PageState>
  )
}

export default page({
  link: (params) => readLink(params, ['city']),
  title: (language) => chooseText[language].title,
  view: ChoosePageView,
})
