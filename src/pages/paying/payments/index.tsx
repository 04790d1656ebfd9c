import { View } from '@tarojs/components'
import { memo } from 'react'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Screen } from '@/components/screen'
import { asId, type CityId, type PaymentId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import type { PaymentSummary } from '@/domain/payment'
import { headlineFen, quietToneOf, standingOf } from '@/domain/standing'
import { dayOf, formatMoment } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { Freshness } from '@/parts/freshness'
import { Nothing } from '@/parts/nothing'
import { OpenPayments } from '@/parts/open-payments'
import { PageState, page } from '@/parts/page'
import { readLink, routes, tabs } from '@/routes'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { bills } from '@/text/bills'
import { payments as paymentsText } from '@/text/paying/payments'
import { type PaymentsPage, usePaymentsPage } from './use-payments'

const tagTone = { neutral: 'plain', waiting: 'warn', problem: 'bad' } as const

/** One payment in the list, which may lag behind: its colour never shows success. */
const PaymentCell = memo(function PaymentCell({ payment }: { payment: PaymentSummary }) {
  const t = useText(paymentsText)
  const language = useLanguage()
  const { cityId, billCount, title } = payment
  const today = dayOf(services.serverNow(cityId))
  const standing = standingOf(payment)
  const headline = headlineFen(payment)
  return (
    <Cell
      title={billCount > 1 ? `${title} ${t.billsOf(billCount)}` : title}
      tag={t.state[standing]}
      tagTone={tagTone[quietToneOf(standing)]}
      note={[formatMoment(payment.createdAt, language, today), payment.accountLabel].filter(Boolean).join('\n')}
      value={formatFen(headline.amountFen, { symbol: true })}
      valueNote={headline.backFen > 0 ? t.back(formatFen(headline.backFen, { symbol: true })) : undefined}
      id={payment.id}
      onTap={(id) => go(routes.payment({ city: cityId, payment: asId<PaymentId>(id) }))}
    />
  )
})

function PaymentMonths({ page, city }: { page: Extract<PaymentsPage, { status: 'payments' }>; city: CityId }) {
  const t = useText(paymentsText)
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

function PaymentsPageView({ city }: { city: CityId }) {
  const t = useText(paymentsText)
  const { title: billsTitle } = useText(bills)
  const skeleton = { kind: 'cell', count: 6 } as const
  return (
    <Screen>
      <OpenPayments />
      <PageState part state={usePaymentsPage(city)} skeleton={[skeleton]}>
        {(page) =>
          page.status === 'payments' ? (
            <PaymentMonths page={page} city={city} />
          ) : (
            <Nothing
              loads={[page.load]}
              onRetry={page.reload}
              skeleton={skeleton}
              icon="history"
              title={t.none}
              text={t.noneText}
              action={billsTitle}
              onAction={() => go.tab(tabs.bills)}
            />
          )
        }
      </PageState>
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city']),
  title: (language) => paymentsText[language].title,
  view: PaymentsPageView,
})
