import { Alert } from '@/components/alert'
import { Card } from '@/components/section'
import { type Step, Steps } from '@/components/steps'
import type { CityId } from '@/domain/ids'
import type { ReportEntry } from '@/domain/report'
import { formatMoment, type Instant } from '@/domain/time'
import { todayIn } from '@/lifecycle/use-server-now'
import { platform } from '@/platform'
import { useLanguage, useText } from '@/text'
import { reports as texts } from '@/text/reports'
import type { ShownReport } from './use-detail'

interface Props {
  city: CityId
  page: ShownReport
}

function useTimes(city: CityId) {
  const language = useLanguage()
  return (at: Instant) => formatMoment(at, language, todayIn(city))
}

/** Where it stands, and past the promise whom to call. An answer speaks for itself. */
export function StandingAlert({ city, page: { report, standing, next } }: Props) {
  const t = useText(texts)
  const time = useTimes(city)
  if (standing === 'answered') return null
  if (standing === 'overdue')
    return (
      <Alert tone="bad" title={t.overdue} action={t.call(next.phone)} onAction={() => platform.call(next.phone)}>
        {t.overdueText(time(report.answerBy), next.name ?? t.line)}
      </Alert>
    )
  if (standing === 'waiting')
    return (
      <Alert icon="hourglass" title={t.waiting}>
        {t.waitingText(time(report.answerBy))}
      </Alert>
    )
  const isClosed = standing === 'closed'
  return (
    <Alert tone={isClosed ? 'ok' : 'warn'} title={isClosed ? t.closed : t.unlisted}>
      {isClosed ? t.closedText : t.unlistedText}
    </Alert>
  )
}

/** What was said, from the citizen's own text to what the city owes. */
export function Talk({ city, page: { report, standing } }: Props) {
  const t = useText(texts)
  const time = useTimes(city)
  const { entries, answer, answeredAt, createdAt, answerBy } = report
  // A city of before gives the newest answer alone.
  const said: readonly ReportEntry[] =
    entries ?? (answer === undefined ? [] : [{ by: 'office', text: answer, at: answeredAt ?? '' }])
  const noteOf = ({ text, language }: ReportEntry): string => {
    if (language === 'zh-CN') return `${t.onlyChinese}\n${text}`
    return language === 'en' ? `${t.onlyEnglish}\n${text}` : text
  }
  const steps: Step[] = [
    { title: t.mine, time: time(createdAt), note: report.text || t.wordsOnline, state: 'done' },
    ...said.map((entry) => ({
      title: entry.by === 'citizen' ? t.added : (entry.office ?? t.office),
      time: time(entry.at),
      note: noteOf(entry),
      state: 'done' as const,
    })),
  ]
  if (standing === 'waiting') steps.push({ title: t.next(time(answerBy)), state: 'current' })
  if (standing === 'overdue') steps.push({ title: t.nextLate(time(answerBy)), state: 'failed' })
  return (
    <Card title={t.talk}>
      <Steps label={t.talk} steps={steps} />
    </Card>
  )
}
