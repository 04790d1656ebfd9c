import { CellGroup } from '@/components/cell'
import { Notice } from '@/components/notice'
import { SwitchCell } from '@/components/switch'
import type { CityId } from '@/domain/ids'
import { dayOf, formatMoment } from '@/domain/time'
import { sayFailure } from '@/parts/failure'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { billing } from '@/text/billing'
import { common } from '@/text/common'
import { failures } from '@/text/failures'
import type { Reminder } from './use-reminder'

/** Straight after binding. */
export function ReminderOffer({ reminder }: { reminder: Reminder }) {
  const { account: words } = useText(billing)
  if (!reminder.isOffered) return null
  return (
    <Notice icon="bell" title={words.remindOffer} action={words.remindYes} onAction={() => reminder.set(true)}>
      {words.remindNote}
    </Notice>
  )
}

/** What was granted, and the way to take it back. */
export function ReminderPart({ city, reminder }: { city: CityId; reminder: Reminder }) {
  const { account: words } = useText(billing)
  const failed = useText(failures)
  const { openSettings } = useText(common)
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
          title={words.remind}
          note={on && since ? words.reminded(since) : words.remindNote}
          on={on}
          onChange={reminder.set}
        />
      </CellGroup>
      {problem && (
        <Notice
          tone="warn"
          title={words.remindRefused}
          live
          {...(problem === 'refused' && reminder.allow && { action: openSettings, onAction: reminder.allow })}
        >
          {problem === 'refused'
            ? words.remindRefusedText
            : problem === 'unavailable'
              ? words.remindUnavailable
              : sayFailure(problem, failed).text}
        </Notice>
      )}
    </>
  )
}
