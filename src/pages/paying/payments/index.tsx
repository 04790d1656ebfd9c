import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { memo } from 'react'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { guarded } from '@/components/guarded'
import { Screen } from '@/components/screen'
import { Skeleton } from '@/components/skeleton'
import { asId, type CityId, type PaymentId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import { type PaymentSummary, quietToneOf } from '@/domain/payment'
import { headlineFen, standingOf } from '@/domain/standing'
import { dayOf, formatMoment } from '@/domain/time'
import { leave } from '@/lifecycle/leave'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { BadLink, Failure } from '@/parts/failure'
import { Freshness } from '@/parts/freshness'
import { Nothing } from '@/parts/nothing'
import { OpenPayments } from '@/parts/open-payments'
import { readLink, routes, tabs } from '@/routes'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { bills } from '@/text/bills'
import { records } from '@/text/paying/records'
import { tagTone } from '../parts/payment-tone'
import { type PaymentsPage, usePayments } from './use-payments'

/** One payment in the list, which may lag behind: its colour never says success. */
const PaymentCell = memo(function PaymentCell({ payment }: { payment: PaymentSummary }) {
  const { payments: t, state } = useText(records)
  const language = useLanguage()
  const { cityId, billCount, title } = payment
  const today = dayOf(services.serverNow(cityId))
  const standing = standingOf(payment)
  const headline = headlineFen(payment)
  return (
    <Cell
      title={billCount > 1 ? `${title} ${t.billsOf(billCount)}` : title}
      tag={state[standing]}
      tagTone={tagTone[standing === 'refund-failed' ? 'problem' : quietToneOf(payment)]}
      note={[formatMoment(payment.createdAt, language, today), payment.accountLabel].filter(Boolean).join('\n')}
      value={formatFen(headline.amountFen, { symbol: true })}
      valueNote={headline.backFen > 0 ? t.back(formatFen(headline.backFen, { symbol: true })) : undefined}
      id={payment.id}
      onTap={(id) => leave.to(routes.payment({ city: cityId, payment: asId<PaymentId>(id) }))}
    />
  )
})

function Months({ page, city }: { page: Extract<PaymentsPage, { status: 'payments' }>; city: CityId }) {
  const { payments: t } = useText(records)
  return (
    <>
      <Freshness city={city} at={page.asOf} onRefresh={page.reload} />
      {page.months.map(({ year, month, payments }) => (
        <CellGroup key={`${year}-${month}`} title={t.month(year, month)}>
          {payments.map((payment) => (
            <PaymentCell key={payment.id} payment={payment} />
          ))}
        </CellGroup>
      ))}
      {page.hasMore && (
        <View>
          <Button block kind="secondary" onTap={page.readMore}>
            {page.moreFailed ? t.moreFailed : t.more}
          </Button>
        </View>
      )}
    </>
  )
}

function Linked({ city }: { city: CityId }) {
  const { payments: t } = useText(records)
  const { title: billsTitle } = useText(bills)
  const page = usePayments(city)
  switch (page.status) {
    case 'loading':
      return <Skeleton kind="cell" count={6} />
    case 'failed':
      return <Failure error={page.error} onRetry={page.reload} />
    case 'none':
      return (
        <Nothing
          loads={[page.load]}
          onRetry={page.reload}
          skeleton={{ kind: 'cell', count: 6 }}
          icon="history"
          title={t.none}
          text={t.noneText}
          action={billsTitle}
          onAction={() => leave.tab(tabs.bills)}
        />
      )
    case 'payments':
      return <Months page={page} city={city} />
  }
}

function PaymentsPageView() {
  const { payments: t } = useText(records)
  usePageTitle(t.title)
  const link = readLink(useRouter().params, ['city'])
  if (!link) return <BadLink />
  return (
    <Screen>
      <OpenPayments />
      <Linked city={link.city} />
    </Screen>
  )
}

export default guarded(PaymentsPageView)
