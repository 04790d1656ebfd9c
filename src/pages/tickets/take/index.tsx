import { View } from '@tarojs/components'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card, Section } from '@/components/section'
import type { CityId, HallId } from '@/domain/ids'
import { verifiable } from '@/domain/level'
import type { TicketLine } from '@/domain/ticket'
import { formatAge, formatTime } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { useServerNow } from '@/lifecycle/use-server-now'
import { failureText } from '@/parts/failure'
import { Maintenance } from '@/parts/maintenance'
import { PageState, page } from '@/parts/page'
import { readLink, routes } from '@/routes'
import { useLanguage, useText } from '@/text'
import { failures } from '@/text/parts/failures'
import { tickets as texts } from '@/text/tickets'
import { type TakePage as State, type Taking, useTake } from './use-take'
import '../parts/tickets.scss'

type Shown = Extract<State, { status: 'ready' }>

function TakingAlert({ taking, most }: { taking: Taking; most: number }) {
  const t = useText(texts)
  const failed = useText(failures)
  if (taking.status === 'idle') return null
  if (taking.status === 'too-many')
    return (
      <Alert tone="warn" title={t.tooMany} live>
        {t.tooManyText(most)}
      </Alert>
    )
  const { status, error } = taking
  // The page itself says why then.
  if (error.code === 'tickets-not-given') return null
  return (
    <Alert tone={status === 'unsure' ? 'warn' : 'bad'} title={status === 'unsure' ? t.unsure : t.notTaken} live>
      {status === 'unsure' ? t.unsureText : failureText(error, failed).text}
    </Alert>
  )
}

/** Why no number is given now, and what there is instead. */
function NotGiven({ city, line }: { city: CityId; line: TicketLine }) {
  const t = useText(texts)
  if (line.status === 'open') return null
  const { title, text } = t.line[line.status]
  return (
    <Alert
      tone="warn"
      title={line.reason ? `${title} · ${line.reason}` : title}
      action={t.book}
      onAction={() => go(routes.items({ city, hall: line.hallId }))}
    >
      {text(line.opensAt ? formatTime(line.opensAt) : '')}
    </Alert>
  )
}

function LineCard({ city, line }: { city: CityId; line: TicketLine }) {
  const t = useText(texts)
  const language = useLanguage()
  const nowMs = useServerNow(city)
  const { waiting, called, wait, status, until } = line
  return (
    <Section {...(status === 'open' && { note: t.waitNote })}>
      <Card title={line.hallName}>
        <View className="number">
          <View className="number__place">{waiting === 0 ? t.nobody : t.waiting(waiting)}</View>
          <View className="number__hint">
            {[called && t.called(called), t.counted(formatAge(line.countedAt, nowMs, language))]
              .filter(Boolean)
              .join(' · ')}
          </View>
        </View>
        {status === 'open' && (
          <KeyValue
            rows={[
              {
                label: t.waitLabel,
                value: wait ? t.wait(wait.fromMinutes, wait.toMinutes) : t.waitUnknown,
                strong: true,
              },
              ...(until ? [{ label: t.until, value: formatTime(until) }] : []),
            ]}
          />
        )}
      </Card>
    </Section>
  )
}

function TakePageContent({ city, page }: { city: CityId; page: Shown }) {
  const t = useText(texts)
  const { line, taking, take } = page
  const { rules } = line
  return (
    <Screen
      footer={
        take && (
          <Button block onTap={take}>
            {t.take}
          </Button>
        )
      }
    >
      <Maintenance manifest={page.manifest} text="pausedText" />
      <TakingAlert taking={taking} most={rules.numbersPerPerson} />
      <NotGiven city={city} line={line} />
      <LineCard city={city} line={line} />
      <Section title={t.rules}>
        <Card>
          <View className="ticket-rules">
            {verifiable(rules.level) && <View>{t.ruleName}</View>}
            <View>{t.ruleOne(rules.numbersPerPerson)}</View>
            <View>{rules.calledAgainAfter > 0 ? t.ruleAgain(rules.calledAgainAfter) : t.ruleNever}</View>
            {page.hasMessages && <View>{t.messageNote}</View>}
            <View>{t.ruleBooked}</View>
          </View>
        </Card>
      </Section>
    </Screen>
  )
}

function TakePage({ city, hall }: { city: CityId; hall: HallId }) {
  const { purpose } = useText(texts)
  return (
    <PageState state={useTake(city, hall, purpose)} skeleton={[{ kind: 'card', count: 2 }]}>
      {(ready) => <TakePageContent city={city} page={ready} />}
    </PageState>
  )
}

export default page({
  link: (params) => readLink(params, ['city', 'hall']),
  title: (language) => texts[language].take,
  view: TakePage,
})
