import { Dialog } from '@/components/dialog'
import { dayOf, formatDay, formatTime, msOf } from '@/domain/time'
import { sayFailure } from '@/parts/failure'
import { useLanguage, useText } from '@/text'
import { attending } from '@/text/booking/appointment'
import { booking } from '@/text/booking/booking'
import { refusals } from '@/text/booking/refusals'
import { failures } from '@/text/parts/failures'
import { terms } from '@/text/terms'
import type { Consequence, Shown } from './use-appointment'

/** Cancelling says what it costs before it is done, and what happened when it failed. */
export function CancelDialog({ page, nowMs }: { page: Shown; nowMs: number }) {
  const t = useText(attending)
  const said = useConsequence(page, nowMs)
  const { understood } = useText(booking)
  const { retry } = useText(terms)
  const failureWords = useText(failures)
  const { cancelUnsure, cancelUnsureText } = useText(refusals)
  const { cancelling, keep } = page
  if (cancelling.status === 'no') return null
  if (cancelling.status === 'failed') {
    const { text } = sayFailure(cancelling.error, failureWords)
    const isOpen = page.actions.includes('cancel')
    return (
      <Dialog
        open
        title={cancelling.isUnsure ? cancelUnsure : t.cancelFailed}
        actions={[
          ...(isOpen ? [{ label: retry, onTap: page.askCancel }] : []),
          { label: understood, onTap: keep, kind: 'secondary' as const },
        ]}
      >
        {cancelling.isUnsure ? cancelUnsureText : text}
      </Dialog>
    )
  }
  const { consequence } = cancelling
  if (consequence.kind === 'too-late')
    return (
      <Dialog open title={t.cancel} actions={[{ label: understood, onTap: keep }]}>
        {said(consequence)}
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
      {said(consequence)}
    </Dialog>
  )
}

function useConsequence(page: Shown, nowMs: number): (consequence: Consequence) => string {
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
          ? t.cancelBlocks(consequence.after, page.rules?.noShowBlockDays ?? 0)
          : t.cancelCounts(consequence.after, consequence.limit)
      case 'unknown-count':
        return t.cancelUnknown(consequence.limit)
      case 'too-late':
        return t.cancelTooLate
    }
  }
}
