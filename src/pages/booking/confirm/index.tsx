import { View } from '@tarojs/components'
import { Choice } from '@/components/choice'
import { Screen } from '@/components/screen'
import { Card, Section } from '@/components/section'
import type { CityId, HoldId, WaitlistId } from '@/domain/ids'
import { dayOf, formatDay, msOf } from '@/domain/time'
import { todayIn } from '@/lifecycle/use-server-now'
import { Rules } from '@/pages/booking/parts/rules'
import { TakeSheets } from '@/pages/booking/parts/take-sheets'
import { PageState, page } from '@/parts/page'
import { valueOf } from '@/queries/use-load'
import { readLink } from '@/routes'
import { useLanguage, useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { ConfirmFooter } from './footer'
import { HoldFacts } from './hold-facts'
import { SavedVisitors, SaveVisitor } from './saved-visitors'
import { type ConfirmReady, useConfirm } from './use-confirm'
import { VisitorFields } from './visitor-fields'
import './index.scss'

/** Who comes, where the citizen may act for somebody. */
function ForCitizen({ page }: { page: ConfirmReady }) {
  const t = useText(booking)
  const language = useLanguage()
  const { grants, forCitizen, setForCitizen, hold } = page
  if (grants.length === 0) return null
  const today = todayIn(hold.cityId)
  return (
    <Choice
      label={t.forWhom}
      value={forCitizen ?? ''}
      onChange={(value) => setForCitizen(grants.find(({ citizenId }) => citizenId === value)?.citizenId ?? null)}
      options={[
        { value: '', label: t.self },
        ...grants.map(({ citizenId, maskedName, until }) => ({
          value: citizenId,
          label: maskedName,
          note: t.until(formatDay(dayOf(msOf(until)), language, today)),
        })),
      ]}
    />
  )
}

const none: readonly never[] = []

function ConfirmPageContent({ city, page }: { city: CityId; page: ConfirmReady }) {
  const t = useText(booking)
  return (
    <Screen footer={<ConfirmFooter page={page} />}>
      <HoldFacts page={page} />
      <ForCitizen page={page} />
      <SavedVisitors page={page} />
      {page.form.fields.length > 0 && (
        <Section title={t.visitor} note={t.sent}>
          <Card>
            <View className="confirm__fields">
              <VisitorFields form={page.form} />
            </View>
          </Card>
          <SaveVisitor page={page} />
        </Section>
      )}
      {page.rules && (
        <Section title={t.rules}>
          <Rules rules={page.rules} counters={page.counters} items={valueOf(page.items) ?? none} />
        </Section>
      )}
      <TakeSheets city={city} taking={page.taking} rules={page.rules} />
    </Screen>
  )
}

function ConfirmPage({ city, hold, entry }: { city: CityId; hold: HoldId; entry?: WaitlistId }) {
  const state = useConfirm(city, hold, entry)
  return (
    <PageState state={state} skeleton={[{ kind: 'card', count: 2 }]}>
      {(ready) => <ConfirmPageContent city={city} page={ready} />}
    </PageState>
  )
}

export default page({
  link: (params) => readLink(params, ['city', 'hold'], ['entry']),
  title: (language) => booking[language].confirm,
  view: ConfirmPage,
})
