import { useRouter } from '@tarojs/taro'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Choice } from '@/components/choice'
import { Message } from '@/components/empty'
import { guarded } from '@/components/guarded'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import { TextArea } from '@/components/text-area'
import type { AppointmentId, CityId } from '@/domain/ids'
import { dayOf, formatMoment } from '@/domain/time'
import { normalise } from '@/domain/typed'
import { leave } from '@/lifecycle/leave'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { BadLink, sayFailure } from '@/parts/failure'
import { Maintenance } from '@/parts/maintenance'
import { useTextProblem } from '@/parts/use-text-problem'
import { platform } from '@/platform'
import { readLink, tabs } from '@/routes'
import { services } from '@/services'
import { mayBeDone } from '@/services/errors'
import { useLanguage, useText } from '@/text'
import { attending } from '@/text/booking/appointment'
import { refusals } from '@/text/booking/refusals'
import { failures } from '@/text/parts/failures'
import { terms } from '@/text/terms'
import { type ComplaintPage, reasons, useComplaint } from './use-complaint'

/** As long as the contract lets a report be. */
const longestText = 1000

function Writing({ page }: { page: Extract<ComplaintPage, { status: 'writing' }> }) {
  const t = useText(attending)
  const failed = useText(failures)
  const { chooseReason, sendUnsure, sendUnsureText } = useText(refusals)
  const problem = useTextProblem('text', page.text, longestText)
  const isEmpty = normalise('text', page.text) === ''
  return (
    <Screen
      lead={t.complainLead}
      title={t.complain}
      footer={
        <Button
          block
          onTap={page.send}
          disabled={page.reason === null || isEmpty || problem !== undefined}
          reason={page.reason === null ? chooseReason : isEmpty ? t.complaintEmpty : problem}
        >
          {t.submit}
        </Button>
      }
    >
      <Maintenance manifest={page.manifest} text="pausedText" />
      {page.error && (
        <Alert tone="bad" title={mayBeDone(page.error) ? sendUnsure : t.complaintFailed} live>
          {mayBeDone(page.error) ? sendUnsureText : sayFailure(page.error, failed).text}
        </Alert>
      )}
      <Choice
        label={t.reason}
        value={page.reason ?? undefined}
        onChange={(value) => {
          const reason = reasons.find((other) => other === value)
          if (reason) page.setReason(reason)
        }}
        options={reasons.map((reason) => ({ value: reason, label: t.reasons[reason] }))}
      />
      <TextArea
        label={t.complaintText}
        hint={t.complaintHint}
        value={page.text}
        onChange={page.setText}
        maxLength={longestText}
        error={problem}
      />
    </Screen>
  )
}

function Complaint({ city, visit }: { city: CityId; visit: AppointmentId }) {
  const t = useText(attending)
  const { call } = useText(terms)
  const language = useLanguage()
  const page = useComplaint(city, visit)
  if (page.status === 'writing') return <Writing page={page} />
  if (page.status === 'not-offered')
    return (
      <Screen>
        <Message
          icon="headset"
          title={t.complain}
          text={t.complaintCall(page.phone)}
          action={call}
          onAction={() => platform.call(page.phone)}
        />
      </Screen>
    )
  const answerBy = formatMoment(page.report.answerBy, language, dayOf(services.serverNow(city)))
  return (
    <Screen
      footer={
        <Button block onTap={() => leave.back(tabs.appointments)}>
          {t.backToVisit}
        </Button>
      }
    >
      <Message icon="check-circle" title={t.complaintDone} text={t.complaintBy(answerBy)} />
      <Card>
        <KeyValue rows={[{ label: t.complaintReference, value: page.report.reference, copy: true }]} />
      </Card>
    </Screen>
  )
}

function ComplaintPageView() {
  usePageTitle(useText(attending).complain)
  const link = readLink(useRouter().params, ['city', 'appointment'])
  return link ? <Complaint city={link.city} visit={link.appointment} /> : <BadLink />
}

export default guarded(ComplaintPageView)
