import { View } from '@tarojs/components'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Choice } from '@/components/choice'
import { Countdown } from '@/components/countdown'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card, Section } from '@/components/section'
import { freeUntil } from '@/domain/appointment'
import type { CityId, HoldId, WaitlistId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import { endOf } from '@/domain/slot'
import { dayOf, formatDay, formatDayAndRange, formatTime, isPast, msOf } from '@/domain/time'
import { todayIn } from '@/lifecycle/use-server-now'
import { Rules } from '@/pages/booking/parts/rules'
import { moveOverlapping, TakeSheets, useRefusal } from '@/pages/booking/parts/take-sheets'
import { usePreparation } from '@/pages/booking/parts/use-preparation'
import { Maintenance } from '@/parts/maintenance'
import { PageState, page } from '@/parts/page'
import { platform } from '@/platform'
import { valueOf } from '@/queries/use-load'
import { readLink } from '@/routes'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'
import { useLanguage, useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { refusals } from '@/text/booking/refusals'
import { type ConfirmPage as State, useConfirm } from './use-confirm'
import { VisitorFields } from './visitor-fields'
import './index.scss'
import type { Hold } from '@/domain/hold'
import { materialsFor, totalFee } from '@/domain/item'

type Ready = Extract<State, { status: 'ready' }>

function ConfirmRefusal({ page, error }: { page: Ready; error: ServiceError }) {
  const t = useText(booking)
  const { moveThat } = useText(refusals)
  const { cityId } = page.hold
  const refusal = useRefusal(error, page.rules, cityId, t.notConfirmed)
  const { overlaps } = error
  return (
    <>
      <Alert
        tone="bad"
        title={refusal.title}
        live
        {...(overlaps && { action: moveThat, onAction: () => moveOverlapping(cityId, overlaps) })}
      >
        {refusal.text}
      </Alert>
      {refusal.kind === 'overlap' && (
        <Button block kind="secondary" onTap={page.chooseOther}>
          {t.chooseOther}
        </Button>
      )}
    </>
  )
}

/** How the last request ended, when no appointment came of it. */
function ConfirmAlert({ page }: { page: Ready }) {
  const t = useText(booking)
  const { confirmation } = page
  switch (confirmation.status) {
    case 'refused':
      return <ConfirmRefusal page={page} error={confirmation.error} />
    case 'not-done':
      return (
        <Alert tone="warn" title={t.notConfirmed} live>
          {t.slotSafe}
        </Alert>
      )
    case 'unsure':
      return (
        <Alert tone="warn" title={t.unsure} live>
          {t.unsureText}
        </Alert>
      )
    default:
      return null
  }
}

/** What cancelling this appointment would cost, and the citizen's own count: right above the button. */
function useCancelCost({ hold, rules, counters }: Ready): string {
  const t = useText(booking)
  const language = useLanguage()
  if (rules === null) return ''
  const now = services.serverNow(hold.cityId)
  const until = freeUntil(hold.slot, rules)
  const today = dayOf(now)
  const day = dayOf(msOf(until))
  const own = counters.status === 'ready' ? [t.countersShort(counters.value.noShowsThisMonth, rules.noShowLimit)] : []
  const moment = `${day === today ? t.today : formatDay(day, language, today)} ${formatTime(until)}`
  return [...own, isPast(until, now) ? t.ruleThisLate : t.ruleThis(moment)].join('\n')
}

/** The deadline and what to do: always in sight, whatever is being typed above. */
function ConfirmFooter({ page }: { page: Ready }) {
  const t = useText(booking)
  const cost = useCancelCost(page)
  const { hold, holdStatus, callInstead } = page
  const now = () => services.serverNow(hold.cityId)
  if (holdStatus === 'unlisted')
    return (
      <>
        <Alert tone="warn" title={t.holdUnlisted} live>
          {t.holdUnlistedText}
        </Alert>
        <Button block kind="secondary" onTap={page.chooseOther}>
          {t.chooseOther}
        </Button>
      </>
    )
  if (holdStatus === 'expired' || holdStatus === 'released')
    return (
      <>
        <Alert tone="warn" title={t[holdStatus]} icon="clock" live>
          {t.expiredText}
        </Alert>
        <Button block onTap={page.holdAgain}>
          {t.holdAgain}
        </Button>
        <Button block kind="secondary" onTap={page.chooseOther}>
          {t.chooseOther}
        </Button>
      </>
    )
  if (holdStatus === 'paused')
    return (
      <>
        <Maintenance manifest={page.manifest} text="holdPaused" />
        {page.giveUp && (
          <Button block kind="quiet" onTap={page.giveUp}>
            {t.giveUp}
          </Button>
        )}
      </>
    )
  return (
    <>
      <ConfirmAlert page={page} />
      <View className="confirm__held">
        <Countdown deadline={hold.expiresAt} now={now} onEnd={page.timeUp} label={t.held} />
      </View>
      {callInstead === null ? (
        <>
          <View className="confirm__cost">{cost}</View>
          <Button block onTap={page.confirm}>
            {page.moving ? t.doMove : t.doConfirm}
          </Button>
        </>
      ) : (
        <>
          <Alert tone="warn" title={t.cannotFill}>
            {t.cannotFillText(callInstead)}
          </Alert>
          <Button block icon="phone" onTap={() => platform.call(callInstead)}>
            {t.callTo(callInstead)}
          </Button>
        </>
      )}
      {page.giveUp && (
        <Button block kind="quiet" onTap={page.giveUp}>
          {t.giveUp}
        </Button>
      )}
    </>
  )
}

function HoldFacts({ page }: { page: Ready }) {
  const t = useText(booking)
  const language = useLanguage()
  const { hold, moving, old } = page
  const today = todayIn(hold.cityId)
  const timeOf = (one: Pick<Hold, 'slot' | 'endsAt'>) =>
    formatDayAndRange(one.slot.startsAt, endOf(one), language, today)
  return (
    <Card>
      <KeyValue
        rows={[
          ...(old ? [{ label: t.oldTime, value: timeOf(old), tone: 'quiet' as const }] : []),
          { label: moving ? t.newTime : t.time, value: timeOf(hold) },
          { label: t.item, value: hold.itemName },
          { label: t.hall, value: hold.hallName },
          ...useCostAndMaterials(page),
        ]}
      />
      {moving && <View className="confirm__note">{t.oldKept}</View>}
    </Card>
  )
}

/** Fee and materials of the items; where they could not be read the page says so, never "free". */
function useCostAndMaterials({ hold, items }: Ready): { label: string; value: string }[] {
  const t = useText(booking)
  const { fee, feeUnknown, bring, bringUnknown, bringIf } = useText(refusals)
  const { answers } = usePreparation(hold.cityId, [hold.itemId, ...(hold.moreItemIds ?? [])])
  if (items.status === 'loading') return []
  if (items.status === 'failed')
    return [
      { label: fee, value: feeUnknown },
      { label: bring, value: bringUnknown },
    ]
  const feeFen = totalFee(items.value)
  const needed = materialsFor(items.value, answers).map(({ name, required }) => (required ? name : bringIf(name)))
  return [
    { label: fee, value: feeFen > 0 ? formatFen(feeFen, { symbol: true }) : t.free },
    { label: bring, value: needed.length > 0 ? needed.join(t.comma) : t.noMaterials },
  ]
}

/** Who comes, where the citizen may act for somebody. */
function ForCitizen({ page }: { page: Ready }) {
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

function ConfirmPageContent({ city, page }: { city: CityId; page: Ready }) {
  const t = useText(booking)
  return (
    <Screen footer={<ConfirmFooter page={page} />}>
      <HoldFacts page={page} />
      <ForCitizen page={page} />
      {page.form.fields.length > 0 && (
        <Section title={t.visitor} note={t.sent}>
          <Card>
            <View className="confirm__fields">
              <VisitorFields form={page.form} />
            </View>
          </Card>
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
