import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { CellGroup } from '@/components/cell'
import { Choice } from '@/components/choice'
import { Message } from '@/components/empty'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import { TextArea } from '@/components/text-area'
import { formatFen } from '@/domain/money'
import { formatMoment } from '@/domain/time'
import { normalise } from '@/domain/typed'
import { go } from '@/lifecycle/go'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { todayIn } from '@/lifecycle/use-server-now'
import { failureText } from '@/parts/failure'
import { Maintenance } from '@/parts/maintenance'
import { PageState, page } from '@/parts/page'
import { ReportCell } from '@/parts/report-cells'
import { useTextProblem } from '@/parts/use-text-problem'
import { platform } from '@/platform'
import { type ReportLink, readReport, routes, tabs } from '@/routes'
import { mayBeDone } from '@/services/errors'
import { useLanguage, useText } from '@/text'
import { refusals } from '@/text/booking/refusals'
import { failures } from '@/text/parts/failures'
import { report as texts } from '@/text/report'
import { reports } from '@/text/reports'
import { terms } from '@/text/terms'
import { useTitleOf } from '../parts/use-title-of'
import { type ReportPage, useReport } from './use-report'

type Of<S extends ReportPage['status']> = { link: ReportLink; page: Extract<ReportPage, { status: S }> }

/** Where a report ends that was opened by a link. */
const backTo = { payment: tabs.bills, appointment: tabs.appointments, 'data-use': tabs.me } as const

/** As long as the contract lets a report be. */
const longestText = 1000

function ReportForm({ link, page }: Of<'writing'>) {
  const t = useText(texts)
  const r = useText(reports)
  const titleOf = useTitleOf()
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
          {mayBeDone(error) ? sendUnsureText : failureText(error, failed).text}
        </Alert>
      )}
      {page.earlier && (
        <CellGroup title={r.already} note={r.alreadyText}>
          <ReportCell city={link.city} report={page.earlier} title={titleOf(page.earlier)} />
        </CellGroup>
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
  const { see } = useText(reports)
  const { reference, answerBy } = page.report
  const time = formatMoment(answerBy, language, todayIn(link.city))
  return (
    <Screen
      footer={
        <>
          <Button block onTap={() => go.back(backTo[kind])}>
            {t[kind].back}
          </Button>
          <Button
            block
            kind="quiet"
            onTap={() => go.replace(routes.sentReport({ city: link.city, report: page.report.id }))}
          >
            {see}
          </Button>
        </>
      }
    >
      <Message icon="check-circle" title={t.doneTitle} text={t[kind].sent(time)} />
      <Card>
        <KeyValue rows={[{ label: t.doneReference, value: reference, copy: true }]} />
      </Card>
    </Screen>
  )
}

function ReportNotOffered({ link, page }: Of<'not-offered'>) {
  const t = useText(texts)
  const { call } = useText(terms)
  return (
    <Screen>
      <Message
        icon="headset"
        title={t.notOffered}
        text={t[link.about.kind].call(page.phone)}
        action={call}
        onAction={() => platform.call(page.phone)}
      />
    </Screen>
  )
}

function ReportPageContent(link: ReportLink) {
  const state = useReport(link)
  usePageTitle(useText(texts)[link.about.kind].title)
  return (
    <PageState state={state} skeleton={[{ kind: 'card' }, { kind: 'cell', count: 5 }]}>
      {(ready) => {
        if (ready.status === 'not-offered') return <ReportNotOffered link={link} page={ready} />
        if (ready.status === 'sent') return <ReportSent link={link} page={ready} />
        return <ReportForm link={link} page={ready} />
      }}
    </PageState>
  )
}

export default page({ link: readReport, view: ReportPageContent })
