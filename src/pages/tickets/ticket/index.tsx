import { View } from '@tarojs/components'
import { useState } from 'react'
import { a11y } from '@/components/a11y'
import { Alert } from '@/components/alert'
import { Button, ButtonRow } from '@/components/button'
import { Dialog } from '@/components/dialog'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card, Section } from '@/components/section'
import type { CityId, TicketId } from '@/domain/ids'
import { isTicketEnd, type Ticket, type TicketPlace, ticketPlace, ticketRule } from '@/domain/ticket'
import { formatAge, formatMoment } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { PageState, page } from '@/parts/page'
import { platform } from '@/platform'
import { readLink, routes } from '@/routes'
import { useLanguage, useText } from '@/text'
import { terms } from '@/text/terms'
import { tickets as texts } from '@/text/tickets'
import { type TicketPage as State, useTicketPage } from './use-ticket'
import '../parts/tickets.scss'

type Shown = Extract<State, { status: 'ready' }>

/** What to do now: go to the counter, to the hall, or nothing more with this number. */
function Now({ ticket, place, age }: { ticket: Ticket; place: TicketPlace; age: string }) {
  const t = useText(texts)
  if (isTicketEnd(ticket.state)) {
    const { title, text } = t.end[ticket.state]
    const tone = ticket.state === 'served' ? 'ok' : ticket.state === 'returned' ? 'info' : 'warn'
    return (
      <Alert tone={tone} title={ticket.reason ? `${title} · ${ticket.reason}` : title} live>
        {text}
      </Alert>
    )
  }
  if (ticket.state === 'unlisted') return <Alert tone="warn" title={t.unlisted} />
  if (place.kind === 'called')
    return (
      <Alert tone="ok" icon="bell" title={t.callTitle(place.counter)} live>
        {t.callText}
      </Alert>
    )
  if (place.kind === 'called-before')
    return (
      <Alert tone="warn" title={t.callTitle(place.counter)}>
        {t.callBefore(age)}
      </Alert>
    )
  if (place.kind === 'passed')
    return (
      <Alert tone="warn" title={t.passed} live>
        {t.passedText(place.ahead)}
      </Alert>
    )
  return place.kind === 'waiting' && place.isNear ? <Alert tone="info" icon="bell" title={t.near} live /> : null
}

function NumberCard({ ticket, place, age }: { ticket: Ticket; place: TicketPlace; age: string }) {
  const t = useText(texts)
  const isOver = isTicketEnd(ticket.state)
  const wait = place.kind === 'waiting' ? place.wait : undefined
  return (
    <Card>
      <View className="number">
        <View className="number__label">{t.number}</View>
        <View className={isOver ? 'number__text number__text--over' : 'number__text'}>{ticket.number}</View>
        {place.kind === 'waiting' && (
          <View className="number__place" {...a11y({ role: 'status', live: 'polite' })}>
            {t.ahead(place.ahead)}
          </View>
        )}
        {wait && <View>{t.wait(wait.fromMinutes, wait.toMinutes)}</View>}
        {!isOver && place.kind === 'unknown' && <View>{t.placeUnknown}</View>}
        {!isOver && (
          <View className="number__hint">
            {[ticket.lineCalled && t.called(ticket.lineCalled), t.counted(age)].filter(Boolean).join(' · ')}
          </View>
        )}
        <View className="number__hall">{ticket.hall.name}</View>
      </View>
    </Card>
  )
}

function HallCard({ hall }: { hall: Ticket['hall'] }) {
  const t = useText(texts)
  const { copied } = useText(terms)
  const { openMap } = platform
  const { name, address, latitude, longitude, phone } = hall
  const copy = async () => {
    if (await platform.copy(address)) platform.toast(copied)
  }
  return (
    <Section title={t.hall}>
      <Card>
        <View>{address}</View>
        <ButtonRow>
          {openMap ? (
            <Button
              size="s"
              kind="quiet"
              icon="navigation"
              onTap={() => openMap({ name, address, latitude, longitude })}
            >
              {t.map}
            </Button>
          ) : (
            <Button size="s" kind="quiet" icon="copy" onTap={copy}>
              {t.copy}
            </Button>
          )}
          <Button size="s" kind="quiet" icon="phone" onTap={() => platform.call(phone)}>
            {t.call}
          </Button>
        </ButtonRow>
      </Card>
    </Section>
  )
}

function TicketPageContent({ city, page }: { city: CityId; page: Shown }) {
  const t = useText(texts)
  const language = useLanguage()
  const [isAsking, setAsking] = useState(false)
  const { ticket, nowMs } = page
  const rule = ticketRule[ticket.state]
  const place = ticketPlace(ticket, nowMs)
  const age = formatAge(ticket.countedAt, nowMs, language)
  const giveBack = async () => {
    const isDone = await page.giveBack()
    setAsking(false)
    if (!isDone) platform.toast(t.giveBackUnsure)
  }
  const again = ticket.calledAgainAfter
  return (
    <Screen
      footer={
        rule.canReturn ? (
          <Button block kind="secondary" onTap={() => setAsking(true)}>
            {t.giveBack}
          </Button>
        ) : rule.canTakeAgain ? (
          <Button block onTap={() => go.replace(routes.takeTicket({ city, hall: ticket.hall.id }))}>
            {t.again}
          </Button>
        ) : (
          isTicketEnd(ticket.state) &&
          ticket.state !== 'served' && (
            <Button block onTap={() => go(routes.items({ city, hall: ticket.hall.id }))}>
              {t.book}
            </Button>
          )
        )
      }
    >
      <Now ticket={ticket} place={place} age={age} />
      <NumberCard ticket={ticket} place={place} age={age} />
      <Section {...(again !== undefined && { note: again > 0 ? t.ruleAgain(again) : t.ruleNever })}>
        <Card>
          <KeyValue
            rows={[
              { label: t.takenAt, value: formatMoment(ticket.takenAt, language) },
              ...(rule.isOpen ? [{ label: t.messages, value: ticket.messages ? t.messagesOn : t.messagesOff }] : []),
            ]}
          />
        </Card>
      </Section>
      {rule.isOpen && <HallCard hall={ticket.hall} />}
      <Dialog
        open={isAsking}
        title={t.giveBackAsk}
        actions={[
          { label: t.keep, onTap: () => setAsking(false) },
          { label: t.giveBack, onTap: giveBack, kind: 'danger' },
        ]}
      >
        {t.giveBackText}
      </Dialog>
    </Screen>
  )
}

function TicketPage({ city, ticket }: { city: CityId; ticket: TicketId }) {
  return (
    <PageState state={useTicketPage(city, ticket)} skeleton={[{ kind: 'card', count: 2 }]}>
      {(ready) => <TicketPageContent city={city} page={ready} />}
    </PageState>
  )
}

export default page({
  link: (params) => readLink(params, ['city', 'ticket']),
  title: (language) => texts[language].number,
  view: TicketPage,
})
