import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { Alert } from '@/components/alert'
import { Amount } from '@/components/amount'
import { Button } from '@/components/button'
import { Fold } from '@/components/fold'
import { guarded } from '@/components/guarded'
import { Icon } from '@/components/icon'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import { Tag } from '@/components/tag'
import type { Bill } from '@/domain/bill'
import type { BillId, CityId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import { leave } from '@/lifecycle/leave'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { billIcon } from '@/parts/bill-kinds'
import { BadLink, Failure } from '@/parts/failure'
import { Freshness } from '@/parts/freshness'
import { OpenPayments } from '@/parts/open-payments'
import { platform } from '@/platform'
import { readLink, routes } from '@/routes'
import { useText } from '@/text'
import { bill as billText } from '@/text/billing/bill'
import { bills as billsText } from '@/text/bills'
import { elder } from '@/text/elder'
import { lineTone, statusTone, useBillLine, useStatus } from '../parts/bill-cell'
import { AmountSheet } from './amount-sheet'
import { Breakdown, Changes, DecisionPart, Facts } from './facts'
import { NextNotice } from './next-notice'
import { type KnownBill, useBill } from './use-bill'
import './index.scss'

function Footer({ page, onChoose }: { page: KnownBill; onChoose: () => void }) {
  const t = useText(billText)
  const { bill, next, biller } = page
  const city = bill.cityId
  switch (next.next) {
    case 'pay':
      return (
        <>
          {next.all && (
            <Button block onTap={() => leave.to(routes.checkout({ city, bill: bill.id }))}>
              {t.pay(formatFen(bill.amountFen, { symbol: true }))}
            </Button>
          )}
          {next.part && (
            <Button block kind={next.all ? 'secondary' : 'primary'} onTap={onChoose}>
              {t.part}
            </Button>
          )}
        </>
      )
    case 'top-up':
      return (
        <Button block onTap={onChoose}>
          {t.topUp}
        </Button>
      )
    case 'confirm':
      return (
        <Button block onTap={page.confirmDecision}>
          {t.confirmDecision}
        </Button>
      )
    case 'see-payment':
      return (
        <Button
          block
          kind={next.because === 'settled' ? 'secondary' : 'primary'}
          onTap={() => leave.to(routes.payment({ city, payment: next.payment }))}
        >
          {next.because === 'settled' ? t.settledMine : t.seePayment}
        </Button>
      )
    case 'wait':
      return null
    case 'nothing':
      return biller ? (
        <Button block kind="secondary" icon="phone" onTap={() => platform.call(biller.phone)}>
          {t.callBiller(biller.phone)}
        </Button>
      ) : null
  }
}

/** An empty footer would still be a bar. */
const hasFooter = ({ next, biller }: KnownBill) =>
  next.next === 'nothing'
    ? (next.because === 'not-payable' || next.because === 'above-limit') && biller !== null
    : next.next !== 'wait'

/** What is owed, or what a meter holds, and how old that is. */
function Head({ page }: { page: KnownBill }) {
  const t = useText(billText)
  const status = useStatus()
  const { bill } = page
  const { topUp } = bill
  const { line: lines } = useText(billsText)
  const line = useBillLine(bill)
  const asOf = topUp?.balanceAsOf ?? bill.asOf
  const label = topUp ? t.balance : bill.status === 'settled' ? t.settledAmount : t.amount
  const isBad = topUp ? topUp.balanceFen < 0 : !line && bill.status === 'overdue'
  return (
    <Card>
      <View className="bill__head">
        <Icon name={billIcon[bill.kind]} tone="brand" size="l" />
        <View className="bill__title">{bill.title}</View>
        <Tag tone={line ? lineTone[line] : statusTone[bill.status]}>{line ? lines[line] : status(bill)}</Tag>
      </View>
      <View className="bill__label">{label}</View>
      <Amount amountFen={topUp ? topUp.balanceFen : bill.amountFen} size="xl" tone={isBad ? 'bad' : 'ink'} />
      <Freshness city={bill.cityId} at={asOf} onRefresh={page.reload} />
    </Card>
  )
}

const hasDetails = ({ lines, lateFeeFen, changes }: Bill) =>
  lines.length > 0 || lateFeeFen !== undefined || (changes !== undefined && changes.length > 0)

function Known({ page }: { page: KnownBill }) {
  const t = useText(billText)
  const { details } = useText(elder)
  const [choosing, setChoosing] = useState(false)
  const { bill, next } = page
  const toRead = next.next === 'confirm'
  const debtFen = bill.topUp ? Math.max(bill.amountFen, -bill.topUp.balanceFen) : 0
  return (
    <Screen footer={hasFooter(page) && <Footer page={page} onChoose={() => setChoosing(true)} />}>
      <OpenPayments bill={{ city: bill.cityId, id: bill.id }} />
      <NextNotice page={page} />
      {toRead && <DecisionPart bill={bill} />}
      <Head page={page} />
      {debtFen > 0 && (
        <Alert tone="warn" title={`${t.debt} ${formatFen(debtFen, { symbol: true })}`}>
          {bill.settlement ?? t.debtNote}
        </Alert>
      )}
      {bill.linesLeftOut && <Breakdown bill={bill} />}
      {hasDetails(bill) && (
        <Fold title={details}>
          {!bill.linesLeftOut && <Breakdown bill={bill} />}
          <Changes bill={bill} />
        </Fold>
      )}
      <Facts page={page} />
      {!toRead && <DecisionPart bill={bill} />}
      {choosing && (next.next === 'pay' || next.next === 'top-up') && (
        <AmountSheet page={page} next={next} onClose={() => setChoosing(false)} />
      )}
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
  const t = useText(billText)
  usePageTitle(t.title)
  const link = readLink(useRouter().params, ['city', 'bill'])
  return link ? <Linked city={link.city} bill={link.bill} /> : <BadLink />
}

export default guarded(BillPageView)
