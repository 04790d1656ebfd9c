import { View } from '@tarojs/components'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Countdown } from '@/components/countdown'
import { freeUntil, moveCost } from '@/domain/appointment'
import { dayOf, formatDay, formatTime, isPast, msOf } from '@/domain/time'
import { moveOverlapping, useRefusal } from '@/pages/booking/parts/take-sheets'
import { Maintenance } from '@/parts/maintenance'
import { outcomeText } from '@/parts/offer-outcome'
import { platform } from '@/platform'
import { valueOf } from '@/queries/use-load'
import { services } from '@/services'
import type { ServiceError } from '@/services/errors'
import { useLanguage, useText } from '@/text'
import { appointments } from '@/text/appointments'
import { booking } from '@/text/booking/booking'
import { refusals } from '@/text/booking/refusals'
import type { ConfirmReady } from './use-confirm'

type Words = (typeof booking)['zh-CN']

function ConfirmRefusal({ page, error }: { page: ConfirmReady; error: ServiceError }) {
  const t = useText(booking)
  const { moveThat } = useText(refusals)
  const { cityId } = page.hold
  const refusal = useRefusal(error, page.rules, cityId, t.notConfirmed)
  const { overlaps } = error
  return (
    <>
      <Alert
        tone={refusal.kind === 'level' ? 'warn' : 'bad'}
        title={refusal.title}
        live
        {...(overlaps && { action: moveThat, onAction: () => moveOverlapping(cityId, overlaps) })}
      >
        {refusal.text}
      </Alert>
      {refusal.kind === 'level' && (
        <Button block kind="secondary" icon="phone" onTap={() => platform.call(page.manifest.phone)}>
          {t.callTo(page.manifest.phone)}
        </Button>
      )}
      {refusal.kind === 'overlap' && (
        <Button block kind="secondary" onTap={page.chooseOther}>
          {t.chooseOther}
        </Button>
      )}
    </>
  )
}

/** How the last request ended, when no appointment came of it. */
function ConfirmAlert({ page }: { page: ConfirmReady }) {
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

/** What moving costs that comes too late. */
function moveLines({ old, moving, rules, counters }: ConfirmReady, now: number, t: Words): string[] {
  if (rules === null || moving === null || old === null) return []
  const cost = moveCost(old, valueOf(counters), rules, now)
  if (cost === null) return []
  if (cost.kind === 'unknown-count') return [t.moveUnknown(cost.limit)]
  return [cost.blocks ? t.moveBlocks(cost.after, rules.noShowBlockDays) : t.moveCounts(cost.after, cost.limit)]
}

/** What moving now and what cancelling this appointment would cost, and the citizen's own count: right above the button. */
function useCost(page: ConfirmReady): string {
  const { hold, rules, counters } = page
  const t = useText(booking)
  const language = useLanguage()
  if (rules === null) return ''
  const now = services.serverNow(hold.cityId)
  const until = freeUntil(hold.slot, rules)
  const today = dayOf(now)
  const day = dayOf(msOf(until))
  const own = counters.status === 'ready' ? [t.countersShort(counters.value.noShowsThisMonth, rules.noShowLimit)] : []
  const moment = `${day === today ? t.today : formatDay(day, language, today)} ${formatTime(until)}`
  return [...moveLines(page, now, t), ...own, isPast(until, now) ? t.ruleThisLate : t.ruleThis(moment)].join('\n')
}

/** The deadline and what to do: always in sight, whatever is being typed above. */
export function ConfirmFooter({ page }: { page: ConfirmReady }) {
  const t = useText(booking)
  const lists = useText(appointments)
  const language = useLanguage()
  const cost = useCost(page)
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
          {[t.expiredText, page.outcome && outcomeText(page.outcome, lists, language)].filter(Boolean).join('\n')}
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
      <Countdown deadline={hold.expiresAt} now={now} onEnd={page.timeUp} label={t.held} />
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
