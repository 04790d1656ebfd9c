import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { Amount } from '@/components/amount'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { guarded } from '@/components/guarded'
import { Icon } from '@/components/icon'
import { KeyValue, type KeyValueRow } from '@/components/key-value'
import { AsOf } from '@/components/notice'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import { Tag } from '@/components/tag'
import type { Bill } from '@/domain/bill'
import type { BillId, CityId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import { dayOf, formatAge, formatDate } from '@/domain/time'
import { billIcon } from '@/pages/bill-kinds'
import { BadLink, Failure } from '@/pages/failure'
import { OpenPayments } from '@/pages/open-payments'
import { readLink, routes } from '@/pages/routes'
import { usePageTitle } from '@/pages/use-page-title'
import { platform } from '@/platform'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { billing } from '@/text/billing'
import { bills } from '@/text/bills'
import { statusTone } from '../bill-cell'
import { NextNotice } from './next-notice'
import { type BillPage, useBill } from './use-bill'
import './index.scss'

type Known = Extract<BillPage, { status: 'bill' }>

function Breakdown({ bill }: { bill: Bill }) {
  const { bill: words } = useText(billing)
  return (
    <CellGroup title={words.breakdown}>
      {bill.lines.map((line) => (
        <Cell
          key={`${line.label} ${line.note ?? ''}`}
          title={line.label}
          note={line.note}
          value={formatFen(line.amountFen, { symbol: true })}
        />
      ))}
      {bill.lateFeeFen ? (
        <Cell
          title={words.lateFee}
          note={words.lateFeeNote}
          value={formatFen(bill.lateFeeFen, { symbol: true })}
          valueTone="bad"
        />
      ) : null}
      {(bill.lines.length > 1 || bill.lateFeeFen) && (
        <Cell title={words.total} value={formatFen(bill.amountFen, { symbol: true })} />
      )}
    </CellGroup>
  )
}

function Facts({ page }: { page: Known }) {
  const { bill: words } = useText(billing)
  const language = useLanguage()
  const { bill, account, biller } = page
  const today = dayOf(services.serverNow(bill.cityId))
  const day = (text: string) => formatDate(text, language, today)
  const rows: (KeyValueRow | null)[] = [
    biller && { label: words.biller, value: biller.name },
    account && { label: biller?.account.label ?? words.account, value: account.nickname || account.maskedNumber },
    bill.period ? { label: words.period, value: `${day(bill.period.from)} – ${day(bill.period.to)}` } : null,
    bill.usage ? { label: words.usage, value: `${bill.usage.quantity} ${bill.usage.unit}` } : null,
    { label: words.issuedOn, value: day(bill.issuedOn) },
    bill.dueOn ? { label: words.dueOn, value: day(bill.dueOn), tone: bill.status === 'overdue' ? 'bad' : 'ink' } : null,
  ]
  return (
    <Card title={words.details}>
      <KeyValue rows={rows.filter((row): row is KeyValueRow => row !== null)} />
    </Card>
  )
}

function Footer({ page }: { page: Known }) {
  const { bill: words } = useText(billing)
  const { bill, next, biller } = page
  const city = bill.cityId
  switch (next.next) {
    case 'pay':
      return (
        <Button block onTap={() => platform.navigation.to(routes.checkout({ city, bill: bill.id }))}>
          {words.pay(formatFen(bill.amountFen, { symbol: true }))}
        </Button>
      )
    case 'see-payment':
      return (
        <Button
          block
          kind={next.because === 'settled' ? 'secondary' : 'primary'}
          onTap={() => platform.navigation.to(routes.payment({ city, payment: next.payment }))}
        >
          {next.because === 'settled' ? words.settledMine : words.seePayment}
        </Button>
      )
    case 'wait':
      return null
    case 'nothing':
      return biller ? (
        <Button block kind="secondary" icon="phone" onTap={() => platform.call(biller.phone)}>
          {words.callBiller(biller.phone)}
        </Button>
      ) : null
  }
}

/** An empty footer would still be a bar. */
const hasFooter = ({ next, biller }: Known) =>
  next.next === 'nothing' ? next.because === 'not-payable' && biller !== null : next.next !== 'wait'

function Known({ page }: { page: Known }) {
  const { bill: words } = useText(billing)
  const { status } = useText(bills)
  const language = useLanguage()
  const { bill } = page
  const asOf = formatAge(page.keptAsOf ?? bill.asOf, services.serverNow(bill.cityId), language)
  return (
    <Screen footer={hasFooter(page) && <Footer page={page} />}>
      <OpenPayments bill={{ city: bill.cityId, id: bill.id }} />
      <NextNotice page={page} />
      <Card>
        <View className="bill__head">
          <Icon name={billIcon[bill.kind]} tone="brand" size="l" />
          <View className="bill__title">{bill.title}</View>
          <Tag tone={statusTone[bill.status]}>{status[bill.status]}</Tag>
        </View>
        <View className="bill__label">{bill.status === 'settled' ? words.settledAmount : words.amount}</View>
        <Amount amountFen={bill.amountFen} size="xl" tone={bill.status === 'overdue' ? 'bad' : 'ink'} />
        <AsOf old={page.keptAsOf !== null} time={asOf} onRefresh={page.reload} />
      </Card>
      <Breakdown bill={bill} />
      <Facts page={page} />
    </Screen>
  )
}

function Linked({ city, bill }: { city: CityId; bill: BillId }) {
  const page = useBill(city, bill)
  if (page.status === 'bill') return <Known page={page} />
  return (
    <Screen>
      {page.status === 'failed' ? (
        <Failure error={page.error} onRetry={page.reload} />
      ) : (
        <>
          <Skeleton kind="card" />
          <Skeleton kind="cell" count={4} />
        </>
      )}
    </Screen>
  )
}

function BillPageView() {
  const { bill: words } = useText(billing)
  usePageTitle(words.title)
  const link = readLink(useRouter().params, ['city', 'bill'])
  return link ? <Linked city={link.city} bill={link.bill} /> : <BadLink />
}

export default guarded(BillPageView)
