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
import { formatFen } from '@/domain/money'
import { dayOf, formatMoment } from '@/domain/time'
import { normalise } from '@/domain/typed'
import { leave } from '@/lifecycle/leave'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { BadLink, Failure, sayFailure } from '@/parts/failure'
import { Maintenance } from '@/parts/maintenance'
import { useTextProblem } from '@/parts/use-text-problem'
import { platform } from '@/platform'
import { type ReportLink, readReport, tabs } from '@/routes'
import { services } from '@/services'
import { mayBeDone } from '@/services/errors'
import { useLanguage, useText } from '@/text'
import { refusals } from '@/text/booking/refusals'
import { failures } from '@/text/parts/failures'
import { report as texts } from '@/text/report'
import { terms } from '@/text/terms'
import { type ReportPage, useReport } from './use-report'

type Of<S extends ReportPage['status']> = { link: ReportLink; page: Extract<ReportPage, { status: S }> }

/** As long as the contract lets a report be. */
const longestText = 1000

function ReportForm({ link, page }: Of<'writing'>) {
  const t = useText(texts)
  const failed = useText(failures)
  const { sendUnsure, sendUnsureText } = useText(refusals)
  const { kind } = link.about
  const { payment, error, reason, reasons } = page
  const problem = useTextProblem('text', page.text, longestText)
  const isEmpty = normalise('text', page.text) === ''
  return (
    <Screen
      lead={t[kind].lead}
      title={t[kind].title}
      footer={
        <Button
          block
          onTap={page.send}
          disabled={reason === null || isEmpty || problem !== undefined}
          reason={reason === null ? t.chooseReason : isEmpty ? t.empty : problem}
        >
          {t.submit}
        </Button>
      }
    >
      {kind === 'appointment' && <Maintenance manifest={page.manifest} text="pausedText" />}
      {error && (
        <Alert tone="bad" title={mayBeDone(error) ? sendUnsure : t.failed} live>
          {mayBeDone(error) ? sendUnsureText : sayFailure(error, failed).text}
        </Alert>
      )}
      {payment && (
        <Card>
          <KeyValue
            rows={[
              { label: t.number, value: payment.reference },
              { label: t.amount, value: formatFen(payment.amountFen, { symbol: true }) },
            ]}
          />
        </Card>
      )}
      <Choice
        label={t.reason}
        value={reason ?? undefined}
        onChange={(value) => {
          const chosen = reasons.find((other) => other === value)
          if (chosen) page.setReason(chosen)
        }}
        options={reasons.map((value) => ({ value, label: t.reasons[value] }))}
      />
      <TextArea
        label={t.text}
        hint={t[kind].hint}
        value={page.text}
        onChange={page.setText}
        maxLength={longestText}
        error={problem}
      />
    </Screen>
  )
}

function ReportSent({ link, page }: Of<'sent'>) {
  const t = useText(texts)
  const language = useLanguage()
  const { kind } = link.about
  const { reference, answerBy } = page.report
  const time = formatMoment(answerBy, language, dayOf(services.serverNow(link.city)))
  return (
    <Screen
      footer={
        <Button block onTap={() => leave.back(kind === 'payment' ? tabs.bills : tabs.appointments)}>
          {t[kind].back}
        </Button>
      }
    >
      <Message icon="check-circle" title={t.doneTitle} text={t[kind].sent(time)} />
      <Card>
        <KeyValue rows={[{ label: t.doneReference, value: reference, copy: true }]} />
      </Card>
    </Screen>
  )
}

function ReportPageContent({ link }: { link: ReportLink }) {
  const t = useText(texts)
  const { call } = useText(terms)
  const { kind } = link.about
  const page = useReport(link)
  usePageTitle(t[kind].title)
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
            text={t[kind].call(page.phone)}
            action={call}
            onAction={() => platform.call(page.phone)}
          />
        </Screen>
      )
    case 'sent':
      return <ReportSent page={page} link={link} />
    case 'writing':
      return <ReportForm page={page} link={link} />
  }
}

function ReportPageView() {
  const link = readReport(useRouter().params)
  return link ? <ReportPageContent link={link} /> : <BadLink />
}

export default guarded(ReportPageView)
