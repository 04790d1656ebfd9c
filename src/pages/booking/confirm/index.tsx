import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { Button } from '@/components/button'
import { Countdown } from '@/components/countdown'
import { guarded } from '@/components/guarded'
import { KeyValue } from '@/components/key-value'
import { Notice } from '@/components/notice'
import { Screen } from '@/components/screen'
import { Card, Section } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import type { CityId, HoldId } from '@/domain/ids'
import { dayOf, formatDayAndRange } from '@/domain/time'
import { Rules } from '@/pages/booking/rules'
import { TakeSheets, useSaid } from '@/pages/booking/take-sheets'
import { BadLink, Failure } from '@/pages/failure'
import { readLink } from '@/pages/routes'
import { usePageTitle } from '@/pages/use-page-title'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { booking } from '@/text/booking'
import { type Confirm, type Trouble, useConfirm } from './use-confirm'
import { VisitorFields } from './visitor-fields'
import './index.scss'

type Ready = Extract<Confirm, { status: 'ready' }>

function TroubleNotice({ page, trouble }: { page: Ready; trouble: Trouble }) {
  const words = useText(booking)
  const said = useSaid(trouble.error, page.rules, page.hold.cityId, words.notConfirmed)
  if (trouble.kind === 'refused')
    return (
      <Notice tone="bad" title={said.title} live>
        {said.text}
      </Notice>
    )
  const isSafe = trouble.kind === 'not-done'
  return (
    <Notice tone="warn" title={isSafe ? words.notConfirmed : words.unsure} live>
      {isSafe ? words.slotSafe : words.unsureText}
    </Notice>
  )
}

/** What runs out and what to do: always in sight, whatever is being typed above. */
function Foot({ page }: { page: Ready }) {
  const words = useText(booking)
  const { hold, isOver, trouble } = page
  const now = () => services.serverNow(hold.cityId)
  if (isOver)
    return (
      <>
        <Notice tone="warn" title={hold.state === 'released' ? words.released : words.expired} icon="clock" live>
          {words.expiredText}
        </Notice>
        <Button block onTap={page.holdAgain}>
          {words.holdAgain}
        </Button>
        <Button block kind="secondary" onTap={page.chooseOther}>
          {words.chooseOther}
        </Button>
      </>
    )
  return (
    <>
      {trouble && <TroubleNotice page={page} trouble={trouble} />}
      <View className="confirm__held">
        <Countdown deadline={hold.expiresAt} now={now} onEnd={page.timeUp} label={words.held} />
      </View>
      <Button block onTap={page.confirm}>
        {page.moving ? words.doMove : words.doConfirm}
      </Button>
    </>
  )
}

function Facts({ page }: { page: Ready }) {
  const words = useText(booking)
  const language = useLanguage()
  const { hold, moving, old } = page
  const today = dayOf(services.serverNow(hold.cityId))
  const said = ({ startsAt, endsAt }: Ready['hold']['slot']) => formatDayAndRange(startsAt, endsAt, language, today)
  return (
    <Card>
      <KeyValue
        rows={[
          ...(old ? [{ label: words.oldTime, value: said(old.slot), tone: 'quiet' as const }] : []),
          { label: moving ? words.newTime : words.time, value: said(hold.slot) },
          { label: words.item, value: hold.itemName },
          { label: words.hall, value: hold.hallName },
        ]}
      />
      {moving && <View className="confirm__note">{words.oldKept}</View>}
    </Card>
  )
}

function ConfirmHold({ city, hold }: { city: CityId; hold: HoldId }) {
  const words = useText(booking)
  const page = useConfirm(city, hold)
  usePageTitle(words.confirm)
  if (page.status === 'failed')
    return (
      <Screen>
        <Failure error={page.error} onRetry={page.reload} />
      </Screen>
    )
  if (page.status === 'loading')
    return (
      <Screen>
        <Skeleton kind="card" count={2} />
      </Screen>
    )
  return (
    <Screen footer={<Foot page={page} />}>
      <Facts page={page} />
      {page.form.fields.length > 0 && (
        <Section title={words.visitor} note={words.sent}>
          <Card>
            <View className="confirm__fields">
              <VisitorFields form={page.form} />
            </View>
          </Card>
        </Section>
      )}
      {page.rules && (
        <Section title={words.rules}>
          <Rules rules={page.rules} counters={page.counters} />
        </Section>
      )}
      <TakeSheets city={city} taking={page.taking} rules={page.rules} />
    </Screen>
  )
}

function ConfirmPage() {
  const link = readLink(useRouter().params, ['city', 'hold'])
  return link ? <ConfirmHold city={link.city} hold={link.hold} /> : <BadLink />
}

export default guarded(ConfirmPage)
