import { Button } from '@/components/button'
import { CellGroup } from '@/components/cell'
import { Choice } from '@/components/choice'
import { Screen } from '@/components/screen'
import { Section } from '@/components/section'
import { SwitchCell } from '@/components/switch'
import { grantEnds, grantThings } from '@/domain/family'
import type { CityId } from '@/domain/ids'
import { formatDate } from '@/domain/time'
import { todayIn } from '@/lifecycle/use-server-now'
import { page } from '@/parts/page'
import { useGrants } from '@/queries/use-family'
import { valueOf } from '@/queries/use-load'
import { readLink } from '@/routes'
import { useLanguage, useText } from '@/text'
import { family } from '@/text/family'
import { Problem } from '../parts/problem'
import { useInvite } from './use-invite'

function InvitePage({ city }: { city: CityId }) {
  const t = useText(family)
  const language = useLanguage()
  const form = useInvite(city, t.needed)
  const list = valueOf(useGrants(city)[0])
  const today = todayIn(city)
  const { role, things, endsOn } = form
  const missing =
    role === null ? t.chooseRole : things.length === 0 ? t.chooseWhat : endsOn === null ? t.chooseLast : undefined
  return (
    <Screen
      title={t.invite}
      lead={list ? t.limit(list.most) : undefined}
      footer={
        <Button block onTap={form.send} disabled={missing !== undefined} reason={missing}>
          {t.make}
        </Button>
      }
    >
      <Problem problem={form.problem} title={t.makeFailed} />
      <Section title={t.role}>
        <Choice
          label={t.role}
          labelHidden
          value={role ?? undefined}
          onChange={(value) => form.setRole(value === 'giver' ? 'giver' : 'actor')}
          options={(['actor', 'giver'] as const).map((value) => ({
            value,
            label: t.roles[value],
            note: t.roleNote[value],
          }))}
        />
      </Section>
      <CellGroup title={t.what}>
        {grantThings.map((thing) => (
          <SwitchCell
            key={thing}
            title={t.thing[thing]}
            note={t.thingNote[thing]}
            on={things.includes(thing)}
            onChange={() => form.toggle(thing)}
          />
        ))}
      </CellGroup>
      <Section title={t.last}>
        <Choice
          label={t.last}
          labelHidden
          value={endsOn ?? undefined}
          onChange={form.setEndsOn}
          options={grantEnds(today, list?.longestDays ?? 365).map((day) => ({
            value: day,
            label: formatDate(day, language, today),
          }))}
        />
      </Section>
    </Screen>
  )
}

export default page({
  link: (params) => readLink(params, ['city']),
  title: (language) => family[language].invite,
  view: InvitePage,
})
