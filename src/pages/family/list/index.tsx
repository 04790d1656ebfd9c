import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { Fold } from '@/components/fold'
import { Screen } from '@/components/screen'
import { type Grant, groupGrants, mayDo } from '@/domain/family'
import { asId, type CityId, type GrantId } from '@/domain/ids'
import { hasFeature } from '@/domain/manifest'
import { formatDate } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { todayIn } from '@/lifecycle/use-server-now'
import { Nothing } from '@/parts/nothing'
import { PageState, page } from '@/parts/page'
import { useGrants } from '@/queries/use-family'
import { valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import { readLink, routes } from '@/routes'
import { useLanguage, useText } from '@/text'
import { family } from '@/text/family'
import { useThingsText } from '../parts/use-things-text'

function Group({ city, title, grants }: { city: CityId; title: string; grants: readonly Grant[] }) {
  const t = useText(family)
  const thingsText = useThingsText()
  const language = useLanguage()
  if (grants.length === 0) return null
  return (
    <CellGroup title={title}>
      {grants.map(({ id, role, state, maskedName, maskedPhone, things, endsOn, endReason }) => (
        <Cell
          key={id}
          id={id}
          title={[maskedName ?? t.roles[role === 'actor' ? 'actor' : 'giver'], maskedPhone].filter(Boolean).join(' ')}
          note={`${thingsText(things)}\n${state === 'ended' ? t.why[endReason ?? 'unlisted'] : t.until(formatDate(endsOn, language, todayIn(city)))}`}
          onTap={(tapped) => go(routes.grant({ city, grant: asId<GrantId>(tapped) }))}
        />
      ))}
    </CellGroup>
  )
}

function Grants({ city, grants }: { city: CityId; grants: readonly Grant[] }) {
  const t = useText(family)
  const { received, given, open, ended } = groupGrants(grants)
  return (
    <>
      <Group city={city} title={t.received} grants={received} />
      {received.some((grant) => mayDo(grant, 'bills') || mayDo(grant, 'book')) && (
        <CellGroup>
          <Cell icon="receipt" title={t.things} note={t.thingsNote} onTap={() => go(routes.familyThings({ city }))} />
        </CellGroup>
      )}
      <Group city={city} title={t.given} grants={given} />
      <Group city={city} title={t.open} grants={open} />
      {ended.length > 0 && (
        <Fold title={t.ended}>
          <Group city={city} title={t.ended} grants={ended} />
        </Fold>
      )}
    </>
  )
}

function FamilyPage({ city }: { city: CityId }) {
  const t = useText(family)
  const manifest = valueOf(useManifest(city)[0])
  const isOffered = manifest === null || hasFeature(manifest, 'family')
  const [load, reload] = useGrants(isOffered ? city : null)
  if (!isOffered)
    return (
      <Screen>
        <Message deadEnd icon="users" title={t.notOffered} text={t.notOfferedText} />
      </Screen>
    )
  return (
    <Screen title={t.title} lead={t.lead}>
      <PageState part state={{ ...load, reload }} skeleton={[{ kind: 'cell', count: 3 }]}>
        {({ value }) => (
          <>
            {value.items.length === 0 ? (
              <Nothing loads={[load]} onRetry={reload} icon="users" title={t.none} text={t.noneText} />
            ) : (
              <Grants city={city} grants={value.items} />
            )}
            <Button block icon="plus" onTap={() => go(routes.inviteFamily({ city }))}>
              {t.invite}
            </Button>
            <Button block kind="secondary" onTap={() => go(routes.acceptFamily({ city }))}>
              {t.accept}
            </Button>
          </>
        )}
      </PageState>
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city']),
  title: (language) => family[language].title,
  view: FamilyPage,
})
