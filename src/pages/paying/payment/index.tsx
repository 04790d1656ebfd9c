import { useState } from 'react'
import { Alert } from '@/components/alert'
import { Cell, CellGroup } from '@/components/cell'
import { Dialog } from '@/components/dialog'
import { Message } from '@/components/empty'
import { Screen } from '@/components/screen'
import type { CityId, PaymentId } from '@/domain/ids'
import { screenFor } from '@/domain/payment'
import { instantOf } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { Failure, failureText } from '@/parts/failure'
import { Freshness } from '@/parts/freshness'
import { PageState, page } from '@/parts/page'
import { ReportsAbout } from '@/parts/report-cells'
import { readLink, routes } from '@/routes'
import { useText } from '@/text'
import { failures } from '@/text/parts/failures'
import { checkout } from '@/text/paying/checkout'
import { paying } from '@/text/paying/payment'
import { recall as recallText } from '@/text/paying/recall'
import { PapersCell, useHasPapers } from '../parts/papers-cell'
import { PaymentClocks } from './clocks'
import { PaymentHero } from './hero'
import { PaidBills, PaymentFacts } from './parts'
import { PaymentActions } from './payment-actions'
import { RecallOffer, Recalls } from './recalls'
import { Refunds } from './refunds'
import { type ShownPayment, usePaymentPage } from './use-payment'
import './index.scss'

function TroubleAlert({ page }: { page: ShownPayment }) {
  const { payment: t } = useText(paying)
  const failed = useText(failures)
  const recalls = useText(recallText)
  const { trouble } = page
  if (trouble === null || trouble.kind === 'no-room') return null
  const troubles = { 'not-opened': t.openFailed, 'not-closed': t.cancelFailed, 'not-recalled': recalls.failed }
  return (
    <Alert tone="bad" title={troubles[trouble.kind]} onClose={page.dismiss} live>
      {failureText(trouble.error, failed).title}
    </Alert>
  )
}

function PaymentPageContent({ page }: { page: ShownPayment }) {
  const { payment: t } = useText(paying)
  const before = useText(checkout)
  const [isCancelling, setCancelling] = useState(false)
  const { payment } = page
  const hasPapers = useHasPapers(payment.cityId)
  if (page.isInCashier)
    return (
      <Screen>
        <Message icon="wallet" title={before.opening} text={before.openingText} />
      </Screen>
    )
  return (
    <Screen footer={<PaymentActions page={page} onCancel={() => setCancelling(true)} />}>
      <TroubleAlert page={page} />
      {page.checkError && (
        <Alert tone="warn" icon="wifi-off" live>
          {t.checkFailed}
        </Alert>
      )}
      <PaymentHero page={page} />
      <PaymentClocks page={page} />
      {page.refunds && <Refunds payment={payment} load={page.refunds} />}
      <Recalls payment={payment} />
      <PaidBills payment={payment} />
      {payment.bills.some(({ keep }) => keep) && (
        <CellGroup>
          <Cell
            icon="home"
            title={t.keep}
            note={t.keepNote}
            // Replaced and opened anew: an answer changes nothing of the payment's version.
            onTap={() => go.replace(routes.keepFound({ city: payment.cityId, payment: payment.id }))}
          />
        </CellGroup>
      )}
      <PaymentFacts payment={payment} />
      <ReportsAbout city={payment.cityId} about={{ kind: 'payment', id: payment.id }} />
      <Freshness city={payment.cityId} at={instantOf(page.checkedMs)} always onRefresh={page.check} />
      <RecallOffer page={page} />
      <CellGroup>
        {payment.paidAt && hasPapers && <PapersCell city={payment.cityId} payment={payment.id} bills={payment.bills} />}
        <Cell icon="history" title={t.allPayments} onTap={() => go(routes.payments({ city: payment.cityId }))} />
      </CellGroup>
      <Dialog
        open={isCancelling}
        title={t.cancelTitle}
        actions={[
          {
            label: t.cancelYes,
            kind: 'danger',
            onTap: async () => {
              await page.close()
              setCancelling(false)
            },
          },
          { label: t.cancelNo, kind: 'secondary', onTap: () => setCancelling(false) },
        ]}
      >
        {t.cancelText}
      </Dialog>
      <Dialog
        open={page.trouble?.kind === 'no-room'}
        title={before.noRoomTitle}
        actions={[
          { label: before.payWithoutRoom, onTap: page.openWithoutJournal },
          { label: before.notNow, kind: 'secondary', onTap: page.dismiss },
        ]}
      >
        {before.noRoomText}
      </Dialog>
    </Screen>
  )
}

function PaymentPageView({ city, payment }: { city: CityId; payment: PaymentId }) {
  const { payment: t } = useText(paying)
  const state = usePaymentPage(city, payment)
  const isResult = state.status !== 'payment' || screenFor(state.shown, 'result') === 'result'
  usePageTitle(isResult ? t.title : t.detailTitle)
  if (state.status === 'failed')
    return (
      <Screen>
        {state.isNoted && <Alert tone="warn">{t.loadFailedNote}</Alert>}
        <Failure error={state.error} onRetry={state.reload} />
      </Screen>
    )
  return (
    <PageState state={state} skeleton={[{ kind: 'card' }, { kind: 'cell', count: 5 }]}>
      {(page) => <PaymentPageContent page={page} />}
    </PageState>
  )
}

export default page({ link: (params) => readLink(params, ['city', 'payment']), view: PaymentPageView })
