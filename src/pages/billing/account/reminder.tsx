import { Alert } from '@/components/alert'
import { CellGroup } from '@/components/cell'
import { SwitchCell } from '@/components/switch'
import type { CityId } from '@/domain/ids'
import { dayOf, formatMoment } from '@/domain/time'
import { failureText } from '@/parts/failure'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { account as accountText } from '@/text/billing/account'
import { failures } from '@/text/parts/failures'
import { terms } from '@/text/terms'
import type { Reminder } from './use-reminder'

/** Straight after binding. */
export function ReminderOffer({ reminder }: { reminder: Reminder }) {
  const t = useText(accountText)
  if (!reminder.isOffered) return null
  return (
    <Alert icon="bell" title={t.remindOffer} action={t.remindYes} onAction={() => reminder.set(true)}>
      {t.remindNote}
    </Alert>
  )
}

/** What was granted, and the way to take it back. */
export function AccountReminder({ city, reminder }: { city: CityId; reminder: Reminder }) {
  const t = useText(accountText)
  const failed = useText(failures)
  const { openSettings } = useText(terms)
  const language = useLanguage()
  const { given, problem } = reminder
  if (!reminder.isShown) return null
  const on = given?.given === true
  const since = given && formatMoment(given.changedAt, language, dayOf(services.serverNow(city)))
  return (
    <>
      <CellGroup>
        <SwitchCell
          icon="bell"
          title={t.remind}
          note={on && since ? t.reminded(since) : t.remindNote}
          on={on}
          onChange={reminder.set}
        />
      </CellGroup>
      {problem && (
        <Alert
          tone="warn"
          title={t.remindRefused}
          live
          {...(problem === 'refused' && reminder.allow && { action: openSettings, onAction: reminder.allow })}
        >
          {problem === 'refused'
            ? t.remindRefusedText
            : problem === 'unavailable'
              ? t.remindUnavailable
              : failureText(problem, failed).text}
        </Alert>
      )}
    </>
  )
}
