import { useRouter } from '@tarojs/taro'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Choice } from '@/components/choice'
import { Message } from '@/components/empty'
import { guarded } from '@/components/guarded'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import { TextArea } from '@/components/text-area'
import type { CityId, PaymentId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import { dayOf, formatMoment } from '@/domain/time'
import { normalise } from '@/domain/typed'
import { leave } from '@/lifecycle/leave'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { BadLink, Failure, sayFailure } from '@/parts/failure'
import { useTextProblem } from '@/parts/use-text-problem'
import { platform } from '@/platform'
import { readLink, tabs } from '@/routes'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { failures } from '@/text/parts/failures'
import { records } from '@/text/paying/records'
import { terms } from '@/text/terms'
import { type ReportPage, reasons, useReport } from './use-report'

type Of<S extends ReportPage['status']> = { page: Extract<ReportPage, { status: S }> }

/** As long as the contract lets a report be. */
const longestText = 1000

function Writing({ page }: Of<'writing'>) {
  const { report: t, receipt } = useText(records)
  const failed = useText(failures)
  const { payment, error } = page
  const problem = useTextProblem('text', page.text, longestText)
  const isEmpty = normalise('text', page.text) === ''
  return (
    <Screen
      lead={t.lead}
      title={t.title}
      footer={
        <Button
          block
          onTap={page.send}
          disabled={isEmpty || problem !== undefined}
          reason={isEmpty ? t.empty : problem}
        >
          {t.submit}
        </Button>
      }
    >
      {error && (
        <Alert tone="bad" title={t.failed} live>
          {sayFailure(error, failed).text}
        </Alert>
      )}
      <Card>
        <KeyValue
          rows={[
            { label: receipt.reference, value: payment.reference },
            { label: t.amount, value: formatFen(payment.amountFen, { symbol: true }) },
          ]}
        />
      </Card>
      <Choice
        label={t.reason}
        value={page.reason}
        onChange={(value) => {
          const reason = reasons.find((other) => other === value)
          if (reason) page.setReason(reason)
        }}
        options={reasons.map((reason) => ({ value: reason, label: t.reasons[reason] }))}
      />
      <TextArea
        label={t.text}
        value={page.text}
        onChange={page.setText}
        maxLength={longestText}
        error={problem}
        hint={`${t.textHint}${t.privacy}`}
      />
    </Screen>
  )
}

function Sent({ page, city }: Of<'sent'> & { city: CityId }) {
  const { report: t } = useText(records)
  const language = useLanguage()
  const { report } = page
  const answerBy = formatMoment(report.answerBy, language, dayOf(services.serverNow(city)))
  return (
    <Screen
      footer={
        <Button block onTap={() => leave.back(tabs.bills)}>
          {t.backToPayment}
        </Button>
      }
    >
      <Message icon="check-circle" title={t.doneTitle} text={t.doneText(answerBy)} />
      <Card>
        <KeyValue rows={[{ label: t.doneReference, value: report.reference, copy: true }]} />
      </Card>
    </Screen>
  )
}

function Linked({ city, payment }: { city: CityId; payment: PaymentId }) {
  const { report: t } = useText(records)
  const { call } = useText(terms)
  const page = useReport(city, payment)
  switch (page.status) {
    case 'loading':
      return (
        <Screen>
          <Skeleton kind="card" />
          <Skeleton kind="cell" count={5} />
        </Screen>
      )
    case 'failed':
      return (
        <Screen>
          <Failure error={page.error} onRetry={page.reload} />
        </Screen>
      )
    case 'not-offered':
      return (
        <Screen>
          <Message
            icon="headset"
            title={t.notOffered}
            text={t.notOfferedText(page.phone)}
            action={call}
            onAction={() => platform.call(page.phone)}
          />
        </Screen>
      )
    case 'sent':
      return <Sent page={page} city={city} />
    case 'writing':
      return <Writing page={page} />
  }
}

function ReportPageView() {
  const { report: t } = useText(records)
  usePageTitle(t.title)
  const link = readLink(useRouter().params, ['city', 'payment'])
  return link ? <Linked city={link.city} payment={link.payment} /> : <BadLink />
}

export default guarded(ReportPageView)
