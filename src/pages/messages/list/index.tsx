import { memo } from 'react'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Message as Notice } from '@/components/empty'
import { Screen } from '@/components/screen'
import type { CityId } from '@/domain/ids'
import type { Message } from '@/domain/message'
import { formatMoment } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { todayIn } from '@/lifecycle/use-server-now'
import { Nothing } from '@/parts/nothing'
import { PageState, page } from '@/parts/page'
import { readLink, routes, tabs } from '@/routes'
import { useLanguage, useText } from '@/text'
import { messages as texts } from '@/text/messages'
import { facts } from './facts'
import { type MessagesPage, useMessagesPage } from './use-messages-page'

const open = (link: string) => (link === tabs.appointments ? go.tab(link) : go(link))

const MessageCell = memo(function MessageCell({ city, message }: { city: CityId; message: Message }) {
  const t = useText(texts)
  const language = useLanguage()
  const { title, text, at, delivery, about, read } = message
  const { icon, link } = facts[about?.kind ?? 'unlisted']
  const time = formatMoment(at, language, todayIn(city))
  return (
    <Cell
      icon={icon}
      title={title}
      note={`${text}\n${t.when(time, t.delivery[delivery])}`}
      tag={read ? undefined : t.fresh}
      tagTone="bad"
      {...(about && link && { id: link(city, about.id), onTap: open })}
    />
  )
})

function List({ city, page }: { city: CityId; page: Extract<MessagesPage, { status: 'messages' }> }) {
  const t = useText(texts)
  return (
    <>
      <CellGroup>
        {page.messages.map((message) => (
          <MessageCell key={message.id} city={city} message={message} />
        ))}
      </CellGroup>
      {page.hasMore && (
        <Button block kind="secondary" onTap={page.readMore}>
          {page.moreFailed ? t.moreFailed : t.more}
        </Button>
      )}
    </>
  )
}

function MessagesPageView({ city }: { city: CityId }) {
  const t = useText(texts)
  const state = useMessagesPage(city)
  const skeleton = { kind: 'cell', count: 5 } as const
  if (state.status === 'not-offered')
    return (
      <Screen>
        <Notice deadEnd icon="bell" title={t.notOffered} />
      </Screen>
    )
  return (
    <PageState state={state} skeleton={[skeleton]}>
      {(page) => (
        <Screen title={t.title}>
          {page.status === 'messages' ? (
            <List city={city} page={page} />
          ) : (
            page.status === 'none' && (
              <Nothing
                loads={[page.load]}
                onRetry={page.reload}
                skeleton={skeleton}
                icon="bell"
                title={t.none}
                text={t.noneText}
              />
            )
          )}
          <CellGroup>
            <Cell icon="settings" title={t.grants.entry} id={routes.messageGrants({ city })} onTap={go} />
          </CellGroup>
        </Screen>
      )}
    </PageState>
  )
}

export default page({
  link: (params) => readLink(params, ['city']),
  title: (language) => texts[language].title,
  view: MessagesPageView,
})
