import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Dialog } from '@/components/dialog'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import { type Grant, mayDo } from '@/domain/family'
import type { CityId, GrantId } from '@/domain/ids'
import { spokenInvitationCode } from '@/domain/invitation-code'
import { formatDate, formatMoment } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { todayIn } from '@/lifecycle/use-server-now'
import { PageState, page } from '@/parts/page'
import { readLink, routes } from '@/routes'
import { useLanguage, useText } from '@/text'
import { family } from '@/text/family'
import { terms } from '@/text/terms'
import { Problem } from '../parts/problem'
import { useThingsText } from '../parts/use-things-text'
import { type GrantPage, useGrantPage } from './use-grant'

interface Props {
  city: CityId
  grant: Grant
}

function Code({ city, grant: { role, code, codeUntil } }: Props) {
  const t = useText(family)
  const language = useLanguage()
  if (code === undefined) return null
  return (
    <Card>
      <KeyValue
        rows={[
          { label: t.code, value: spokenInvitationCode(code), strong: true, copy: true },
          ...(codeUntil ? [{ label: t.codeUntil, value: formatMoment(codeUntil, language, todayIn(city)) }] : []),
        ]}
      />
      <Alert>{t.codeText}</Alert>
      {role === 'actor' && <Alert>{t.codeCounter}</Alert>}
    </Card>
  )
}

function Facts({ city, grant }: Props) {
  const t = useText(family)
  const language = useLanguage()
  const thingsText = useThingsText()
  const { role, state, maskedName, maskedPhone, things, endsOn, endReason, atCounter } = grant
  return (
    <Card>
      <KeyValue
        rows={[
          ...(maskedName ? [{ label: t.who, value: [maskedName, maskedPhone].filter(Boolean).join(' ') }] : []),
          { label: t.role, value: t.roles[role === 'actor' ? 'actor' : 'giver'] },
          { label: t.mayDo, value: thingsText(things) },
          { label: t.lastDay, value: formatDate(endsOn, language, todayIn(city)) },
          { label: t.state, value: state === 'ended' ? t.why[endReason ?? 'unlisted'] : t.states[state] },
          ...(atCounter ? [{ label: '', value: t.atCounter }] : []),
        ]}
      />
    </Card>
  )
}

function Log({ city, acts }: { city: CityId; acts: GrantPage['acts'] }) {
  const t = useText(family)
  const language = useLanguage()
  if (acts.items.length === 0) return null
  return (
    <>
      <CellGroup title={t.log} note={t.logNote}>
        {acts.items.map(({ id, at, actor, giver, text, kind }) => (
          <Cell
            key={id}
            title={text}
            note={`${kind === 'begin' || kind === 'end' ? actor : t.act(actor, giver)}\n${formatMoment(at, language, todayIn(city))}`}
            arrow={false}
          />
        ))}
      </CellGroup>
      {acts.hasMore && (
        <Button block kind="secondary" onTap={acts.readMore}>
          {acts.moreError ? t.moreFailed : t.more}
        </Button>
      )}
    </>
  )
}

function GrantDetail({ city, grant, page }: Props & { page: GrantPage }) {
  const t = useText(family)
  const { cancel } = useText(terms)
  const isOpen = grant.state === 'open'
  return (
    <Screen
      title={grant.maskedName || t.title}
      footer={
        grant.state !== 'ended' && (
          <Button block kind="secondary" onTap={() => page.ask(true)}>
            {isOpen ? t.withdraw : t.end}
          </Button>
        )
      }
    >
      <Code city={city} grant={grant} />
      <Facts city={city} grant={grant} />
      {(mayDo(grant, 'bills') || mayDo(grant, 'book')) && (
        <CellGroup>
          <Cell icon="receipt" title={t.things} onTap={() => go(routes.familyThings({ city }))} />
        </CellGroup>
      )}
      <Log city={city} acts={page.acts} />
      <Dialog
        open={page.isAsking}
        title={t.endAsk}
        actions={[
          { label: isOpen ? t.withdraw : t.endYes, kind: 'danger', onTap: page.end },
          { label: cancel, kind: 'secondary', onTap: () => page.ask(false) },
        ]}
      >
        {isOpen ? t.withdrawText : t.endText}
        <Problem problem={page.problem} title={t.endFailed} />
      </Dialog>
    </Screen>
  )
}

function GrantPageView({ city, grant: id }: { city: CityId; grant: GrantId }) {
  const page = useGrantPage(city, id)
  return (
    <PageState state={{ ...page.load, reload: page.reload }} skeleton={[{ kind: 'card' }, { kind: 'cell', count: 3 }]}>
      {({ value }) => <GrantDetail city={city} grant={value} page={page} />}
    </PageState>
  )
}

export default page({
  link: (params) => readLink(params, ['city', 'grant']),
  title: (language) => family[language].title,
  view: GrantPageView,
})
