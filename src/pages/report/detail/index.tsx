import { Alert } from '@/components/alert'
import { Button, ButtonRow } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Dialog } from '@/components/dialog'
import { Fold } from '@/components/fold'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import { TextArea } from '@/components/text-area'
import { type AppointmentId, asId, type BillId, type CityId, type PaymentId, type ReportId } from '@/domain/ids'
import type { ReportSubject } from '@/domain/report'
import { formatMoment } from '@/domain/time'
import { normalise } from '@/domain/typed'
import { go } from '@/lifecycle/go'
import { todayIn } from '@/lifecycle/use-server-now'
import { failureText } from '@/parts/failure'
import { PageState, page } from '@/parts/page'
import { useTextProblem } from '@/parts/use-text-problem'
import { readLink, routes } from '@/routes'
import { mayBeDone } from '@/services/errors'
import { useLanguage, useText } from '@/text'
import { refusals } from '@/text/booking/refusals'
import { failures } from '@/text/parts/failures'
import { report as form } from '@/text/report'
import { reports as texts } from '@/text/reports'
import { useTitleOf } from '../parts/use-title-of'
import { StandingAlert, Talk } from './talk'
import { type ShownReport, useDetail } from './use-detail'

type Of = { city: CityId; page: ShownReport }

/** As long as the contract lets a reply be. */
const longestText = 1000

function TroubleAlert({ page: { acting } }: { page: ShownReport }) {
  const t = useText(texts)
  const failed = useText(failures)
  const { sendUnsure, sendUnsureText } = useText(refusals)
  const { trouble } = acting
  if (trouble === null) return null
  const { of, error } = trouble
  if (error.code === 'report-changed')
    return (
      <Alert tone="warn" title={t.changed} live>
        {of === 'reply' ? t.changedText : undefined}
      </Alert>
    )
  if (error.code === 'report-not-open') return <Alert tone="warn" title={t.notOpen} live />
  if (of === 'reply' && mayBeDone(error))
    return (
      <Alert tone="bad" title={sendUnsure} live>
        {sendUnsureText}
      </Alert>
    )
  return (
    <Alert tone="bad" title={of === 'reply' ? t.failed : t.closeFailed} live>
      {failureText(error, failed).text}
    </Alert>
  )
}

function Reply({ page }: { page: ShownReport }) {
  const t = useText(texts)
  const { text } = page.acting
  const problem = useTextProblem('text', text ?? '', longestText)
  if (text === null) return null
  return (
    <Card>
      <TextArea
        label={t.replyText}
        hint={t.replyHint}
        value={text}
        onChange={page.setText}
        maxLength={longestText}
        error={problem}
      />
    </Card>
  )
}

function Actions({ page }: { page: ShownReport }) {
  const t = useText(texts)
  const { actions, acting } = page
  const problem = useTextProblem('text', acting.text ?? '', longestText)
  if (acting.text !== null) {
    const isEmpty = normalise('text', acting.text) === ''
    const canReply = actions.includes('reply')
    return (
      <ButtonRow>
        <Button
          onTap={page.send}
          disabled={isEmpty || problem !== undefined || !canReply}
          reason={!canReply ? t.notOpen : isEmpty ? t.replyEmpty : problem}
        >
          {t.send}
        </Button>
        <Button kind="quiet" onTap={() => page.setText(null)}>
          {t.keep}
        </Button>
      </ButtonRow>
    )
  }
  if (actions.length === 0) return null
  return (
    <ButtonRow>
      {actions.includes('reply') && (
        <Button kind="secondary" onTap={() => page.setText('')}>
          {t.reply}
        </Button>
      )}
      {actions.includes('close') && (
        <Button kind="quiet" onTap={() => page.ask(true)}>
          {t.solve}
        </Button>
      )}
    </ButtonRow>
  )
}

/** The page of what a report is about; null where this app has none. */
function linkOf(city: CityId, { kind, id }: ReportSubject): string | null {
  if (kind === 'payment') return routes.payment({ city, payment: asId<PaymentId>(id) })
  if (kind === 'appointment') return routes.appointment({ city, appointment: asId<AppointmentId>(id) })
  return kind === 'bill' ? routes.bill({ city, bill: asId<BillId>(id) }) : null
}

function Facts({ city, page: { report } }: Of) {
  const t = useText(texts)
  const { reasons } = useText(form)
  const language = useLanguage()
  const { about, reason, reference, createdAt } = report
  const link = linkOf(city, about)
  const open =
    about.kind === 'payment' || about.kind === 'appointment' || about.kind === 'bill' ? t.open[about.kind] : null
  return (
    <>
      <Card>
        <KeyValue
          rows={[
            { label: t.number, value: reference, copy: true },
            { label: t.reason, value: reason === 'unlisted' ? t.unlistedReason : reasons[reason] },
            { label: t.sentAt, value: formatMoment(createdAt, language, todayIn(city)) },
          ]}
        />
      </Card>
      {link && open && (
        <CellGroup>
          <Cell title={open} id={link} onTap={go} />
        </CellGroup>
      )}
    </>
  )
}

function ReportDetail({ city, page }: Of) {
  const t = useText(texts)
  const titleOf = useTitleOf()
  const { report, acting } = page
  return (
    <Screen title={titleOf(report)} footer={<Actions page={page} />}>
      {acting.isSent && <Alert tone="ok" title={t.sent} live />}
      <StandingAlert city={city} page={page} />
      <Talk city={city} page={page} />
      <TroubleAlert page={page} />
      <Reply page={page} />
      <Fold title={t.facts} open={page.standing === 'overdue'}>
        <Facts city={city} page={page} />
      </Fold>
      <Dialog
        open={acting.isAsking}
        title={t.solveAsk}
        actions={[
          { label: t.solveYes, onTap: page.close },
          { label: t.solveNo, onTap: () => page.ask(false) },
        ]}
      >
        {t.solveText}
      </Dialog>
    </Screen>
  )
}

function DetailPage({ city, report }: { city: CityId; report: ReportId }) {
  return (
    <PageState state={useDetail(city, report)} skeleton={[{ kind: 'card', count: 2 }]}>
      {(ready) => <ReportDetail city={city} page={ready} />}
    </PageState>
  )
}

export default page({
  link: (params) => readLink(params, ['city', 'report']),
  title: (language) => texts[language].detail,
  view: DetailPage,
})
