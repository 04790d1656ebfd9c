import { View } from '@tarojs/components'
import { useState } from 'react'
import { Alert } from '@/components/alert'
import { Amount } from '@/components/amount'
import { Button } from '@/components/button'
import { Fold } from '@/components/fold'
import { Icon } from '@/components/icon'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import { Tag } from '@/components/tag'
import { type Bill, meterDebtFen } from '@/domain/bill'
import type { BillId, CityId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import { go } from '@/lifecycle/go'
import { billIcon } from '@/parts/bill-kinds'
import { Freshness } from '@/parts/freshness'
import { OpenPayments } from '@/parts/open-payments'
import { PageState, page } from '@/parts/page'
import { platform } from '@/platform'
import { readLink, routes } from '@/routes'
import { useText } from '@/text'
import { bill as billText } from '@/text/billing/bill'
import { bills as billsText } from '@/text/bills'
import { elder } from '@/text/elder'
import { progressTone, statusTone, useBillProgress, useStatus } from '../parts/bill-cell'
import { AmountSheet } from './amount-sheet'
import { AmountBreakdown, AmountChanges, BillFacts, DecisionPart } from './facts'
import { StepAlert } from './step-alert'
import { type LoadedBill, useBillPage } from './use-bill'
import './index.scss'

function BillFooter({ page, onChoose }: { page: LoadedBill; onChoose: () => void }) {
  const t = useText(billText)
  const { bill, step, biller } = page
  const city = bill.cityId
  switch (step.kind) {
    case 'pay':
      return (
        <>
          {step.all && (
            <Button block onTap={() => go(routes.checkout({ city, bill: bill.id }))}>
              {t.pay(formatFen(bill.amountFen, { symbol: true }))}
            </Button>
          )}
          {step.part && (
            <Button block kind={step.all ? 'secondary' : 'primary'} onTap={onChoose}>
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
    case 'verify':
      return (
        <Button block onTap={() => page.verify(step.level)}>
          {t.verifyToRead}
        </Button>
      )
    case 'see-payment':
      return (
        <Button
          block
          kind={step.because === 'settled' ? 'secondary' : 'primary'}
          onTap={() => go(routes.payment({ city, payment: step.payment }))}
        >
          {step.because === 'settled' ? t.settledMine : t.seePayment}
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
const hasFooter = ({ step, biller }: LoadedBill) =>
  step.kind === 'nothing'
    ? (step.because === 'not-payable' || step.because === 'above-limit') && biller !== null
    : step.kind !== 'wait'

/** What is owed, or what a meter holds, and how old that is. */
function BillHead({ page }: { page: LoadedBill }) {
  const t = useText(billText)
  const status = useStatus()
  const { bill } = page
  const { topUp } = bill
  const { progress: progressText } = useText(billsText)
  const progress = useBillProgress(bill)
  const asOf = topUp?.balanceAsOf ?? bill.asOf
  const label = topUp ? t.balance : bill.status === 'settled' ? t.settledAmount : t.amount
  const isBad = topUp ? topUp.balanceFen < 0 : !progress && bill.status === 'overdue'
  return (
    <Card>
      <View className="bill__head">
        <Icon name={billIcon[bill.kind]} tone="brand" size="l" />
        <View className="bill__title">{bill.title}</View>
        <Tag tone={progress ? progressTone[progress] : statusTone[bill.status]}>
          {progress ? progressText[progress] : status(bill)}
        </Tag>
      </View>
      <View className="bill__label">{label}</View>
      <Amount amountFen={topUp ? topUp.balanceFen : bill.amountFen} size="xl" tone={isBad ? 'bad' : 'ink'} />
      <Freshness city={bill.cityId} at={asOf} onRefresh={page.reload} />
    </Card>
  )
}

const hasDetails = ({ lines, lateFeeFen, changes }: Bill) =>
  lines.length > 0 || lateFeeFen !== undefined || (changes !== undefined && changes.length > 0)

function BillPageContent({ page }: { page: LoadedBill }) {
  const t = useText(billText)
  const { details } = useText(elder)
  const [choosing, setChoosing] = useState(false)
  const { bill, step } = page
  const toRead = step.kind === 'confirm' || step.kind === 'verify'
  const debtFen = meterDebtFen(bill)
  return (
    <Screen footer={hasFooter(page) && <BillFooter page={page} onChoose={() => setChoosing(true)} />}>
      <OpenPayments bill={{ city: bill.cityId, id: bill.id }} />
      <StepAlert page={page} />
      {toRead && <DecisionPart bill={bill} />}
      <BillHead page={page} />
      {debtFen > 0 && (
        <Alert tone="warn" title={`${t.debt} ${formatFen(debtFen, { symbol: true })}`}>
          {bill.settlement ?? t.debtNote}
        </Alert>
      )}
      {bill.linesLeftOut && <AmountBreakdown bill={bill} />}
      {hasDetails(bill) && (
        <Fold title={details}>
          {!bill.linesLeftOut && <AmountBreakdown bill={bill} />}
          <AmountChanges bill={bill} />
        </Fold>
      )}
      <BillFacts page={page} />
      {!toRead && <DecisionPart bill={bill} />}
      {choosing && (step.kind === 'pay' || step.kind === 'top-up') && (
        <AmountSheet page={page} step={step} onClose={() => setChoosing(false)} />
      )}
    </Screen>
  )
}

function BillPageView({ city, bill }: { city: CityId; bill: BillId }) {
  return (
    <PageState state={useBillPage(city, bill)} skeleton={[{ kind: 'card' }, { kind: 'cell', count: 4 }]}>
      {(page) => <BillPageContent page={page} />}
    </PageState>
  )
}

export default page({
  link: (params) => readLink(params, ['city', 'bill']),
  title: (language) => billText[language].title,
  view: BillPageView,
})
