import { Dialog } from '@/components/dialog'
import type { CancelConsequence } from '@/domain/appointment'
import { dayOf, formatDay, formatTime, msOf } from '@/domain/time'
import { failureText } from '@/parts/failure'
import { useLanguage, useText } from '@/text'
import { attending } from '@/text/booking/appointment'
import { booking } from '@/text/booking/booking'
import { refusals } from '@/text/booking/refusals'
import { failures } from '@/text/parts/failures'
import { terms } from '@/text/terms'
import type { Shown } from './use-appointment'

/** Shows what cancelling costs before it is done, and what happened when it failed. */
export function CancelDialog({ page }: { page: Shown }) {
  const t = useText(attending)
  const textOf = useConsequenceText(page)
  const { understood } = useText(booking)
  const { retry } = useText(terms)
  const failed = useText(failures)
  const { cancelUnsure, cancelUnsureText } = useText(refusals)
  const { cancelling, keep } = page
  if (cancelling.status === 'idle') return null
  if (cancelling.status !== 'asking') {
    const { text } = failureText(cancelling.error, failed)
    const isOpen = page.actions.includes('cancel')
    const isUnsure = cancelling.status === 'unsure'
    return (
      <Dialog
        open
        title={isUnsure ? cancelUnsure : t.cancelFailed}
        actions={[
          ...(isOpen ? [{ label: retry, onTap: page.askCancel }] : []),
          { label: understood, onTap: keep, kind: 'secondary' as const },
        ]}
      >
        {isUnsure ? cancelUnsureText : text}
      </Dialog>
    )
  }
  const { consequence } = cancelling
  if (consequence.kind === 'too-late')
    return (
      <Dialog open title={t.cancel} actions={[{ label: understood, onTap: keep }]}>
        {textOf(consequence)}
      </Dialog>
    )
  return (
    <Dialog
      open
      title={t.cancelAsk}
      actions={[
        { label: t.keep, onTap: keep },
        { label: t.cancel, onTap: page.doCancel, kind: 'danger' },
      ]}
    >
      {textOf(consequence)}
    </Dialog>
  )
}

function useConsequenceText({ rules, nowMs }: Shown): (consequence: CancelConsequence) => string {
  const t = useText(attending)
  const language = useLanguage()
  const momentOf = (instant: string) =>
    `${formatDay(dayOf(msOf(instant)), language, dayOf(nowMs))} ${formatTime(instant)}`
  return (consequence) => {
    switch (consequence.kind) {
      case 'free':
        return consequence.until ? t.cancelFreeUntil(momentOf(consequence.until)) : t.cancelFree
      case 'counts':
        return consequence.blocks
          ? t.cancelBlocks(consequence.after, rules?.noShowBlockDays ?? 0)
          : t.cancelCounts(consequence.after, consequence.limit)
      case 'unknown-count':
        return t.cancelUnknown(consequence.limit)
      case 'too-late':
        return t.cancelTooLate
    }
  }
}
