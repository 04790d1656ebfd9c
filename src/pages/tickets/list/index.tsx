import { useCallback } from 'react'
import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { Screen } from '@/components/screen'
import type { TagTone } from '@/components/tag'
import { queueNow } from '@/domain/hall'
import { asId, type CityId, type HallId, type TicketId } from '@/domain/ids'
import { type Ticket, type TicketState, ticketPlace } from '@/domain/ticket'
import { formatMoment } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { useServerNow } from '@/lifecycle/use-server-now'
import { Failure } from '@/parts/failure'
import { Nothing } from '@/parts/nothing'
import { page } from '@/parts/page'
import { readLink, routes } from '@/routes'
import { useLanguage, useText } from '@/text'
import { tickets as texts } from '@/text/tickets'
import { useTicketList } from './use-list'

const tones: Readonly<Record<TicketState, TagTone>> = {
  waiting: 'info',
  called: 'ok',
  passed: 'warn',
  served: 'plain',
  returned: 'plain',
  void: 'plain',
  'ended-by-hall': 'warn',
  expired: 'plain',
  unlisted: 'warn',
}

function TicketGroup({ city, title, tickets }: { city: CityId; title: string; tickets: readonly Ticket[] }) {
  const t = useText(texts)
  const language = useLanguage()
  const nowMs = useServerNow(city)
  const show = useCallback((id: string) => go(routes.ticket({ city, ticket: asId<TicketId>(id) })), [city])
  if (tickets.length === 0) return null
  return (
    <CellGroup title={title}>
      {tickets.map((ticket) => {
        const place = ticketPlace(ticket, nowMs)
        const ahead = place.kind === 'waiting' ? t.ahead(place.ahead) : ''
        return (
          <Cell
            key={ticket.id}
            id={ticket.id}
            title={ticket.number}
            tag={t.state[ticket.state]}
            tagTone={tones[ticket.state]}
            note={[ticket.hall.name, ahead || formatMoment(ticket.takenAt, language)].join('\n')}
            onTap={show}
          />
        )
      })}
    </CellGroup>
  )
}

function TicketListPage({ city }: { city: CityId }) {
  const t = useText(texts)
  const { isOffered, load, halls, reload, open, earlier, giving } = useTicketList(city)
  const nowMs = useServerNow(city)
  const take = useCallback((id: string) => go(routes.takeTicket({ city, hall: asId<HallId>(id) })), [city])
  const book = () => go(routes.items({ city }))
  if (!isOffered)
    return (
      <Screen>
        <Message deadEnd icon="list-checks" title={t.notOffered} text={t.noHallsText} action={t.book} onAction={book} />
      </Screen>
    )
  if (load.status === 'failed')
    return (
      <Screen>
        <Failure error={load.error} onRetry={reload} />
      </Screen>
    )
  return (
    <Screen title={t.title} lead={t.lead}>
      <TicketGroup city={city} title={t.mine} tickets={open} />
      {giving.length === 0 && open.length === 0 && (
        <Nothing
          deadEnd
          loads={[halls, load]}
          onRetry={reload}
          skeleton={{ kind: 'cell', count: 3 }}
          icon="list-checks"
          title={t.noHalls}
          text={t.noHallsText}
          action={t.book}
          onAction={book}
        />
      )}
      {giving.length > 0 && (
        <CellGroup title={t.halls}>
          {giving.map((hall) => {
            const queue = queueNow(hall, nowMs)
            return (
              <Cell
                key={hall.id}
                id={hall.id}
                title={hall.name}
                note={queue ? (queue.waiting === 0 ? t.nobody : t.waiting(queue.waiting)) : hall.district}
                onTap={take}
              />
            )
          })}
        </CellGroup>
      )}
      <TicketGroup city={city} title={t.earlier} tickets={earlier} />
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city']),
  title: (language) => texts[language].title,
  view: TicketListPage,
})
