import { Alert } from '@/components/alert'
import { Cell, CellGroup } from '@/components/cell'
import { Message as Notice } from '@/components/empty'
import { Screen } from '@/components/screen'
import type { CityId } from '@/domain/ids'
import { canAsk } from '@/domain/message'
import { go } from '@/lifecycle/go'
import { failureText } from '@/parts/failure'
import { PageState, page } from '@/parts/page'
import { readLink, routes } from '@/routes'
import { useText } from '@/text'
import { messages as texts } from '@/text/messages'
import { failures } from '@/text/parts/failures'
import { terms } from '@/text/terms'
import { type GrantsPage, useGrantsPage } from './use-grants-page'

type Ready = Extract<GrantsPage, { status: 'grants' }>

function Problem({ page: { problem, allow } }: { page: Ready }) {
  const { grants: t } = useText(texts)
  const failed = useText(failures)
  const { retry, openSettings } = useText(terms)
  if (problem === null) return null
  if (problem.kind === 'not-noted')
    return (
      <Alert live tone="warn" title={t.notNoted} action={retry} onAction={problem.again}>
        {failureText(problem.error, failed).title}
      </Alert>
    )
  if (problem.kind === 'unavailable') return <Alert live tone="warn" title={t.unavailable} />
  return (
    <Alert live title={t.refused} {...(allow && { action: openSettings, onAction: allow })}>
      {t.refusedText}
    </Alert>
  )
}

function Grants({ page, city }: { page: Ready; city: CityId }) {
  const { grants: t } = useText(texts)
  const { grants, ask } = page
  if (grants.items.length === 0) return <Notice deadEnd icon="bell" title={t.none} text={t.noneText} />
  return (
    <>
      {grants.off && (
        <Alert tone="warn" title={t.off} action={t.turnOn} onAction={() => go(routes.consents({ city }))}>
          {t.offText}
        </Alert>
      )}
      <Problem page={page} />
      <CellGroup note={ask ? undefined : t.cannotAsk}>
        {grants.items.map((grant) => (
          <Cell
            key={grant.template}
            icon="bell"
            title={grant.title}
            note={grant.left === undefined ? t.state[grant.state] : t.left(grant.left)}
            {...(ask && canAsk(grant) && { id: grant.template, value: grant.left ? t.askMore : t.ask, onTap: ask })}
          />
        ))}
      </CellGroup>
    </>
  )
}

function GrantsPageView({ city }: { city: CityId }) {
  const { grants: t } = useText(texts)
  return (
    <Screen title={t.title} lead={t.lead}>
      <PageState part state={useGrantsPage(city)} skeleton={[{ kind: 'cell', count: 3 }]}>
        {(page) => <Grants page={page} city={city} />}
      </PageState>
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city']),
  title: (language) => texts[language].grants.title,
  view: GrantsPageView,
})
