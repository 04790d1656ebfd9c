import { Dialog } from '@/components/dialog'
import { KeyValue } from '@/components/key-value'
import { formatFen } from '@/domain/money'
import { formatAge } from '@/domain/time'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { paying } from '@/text/paying'
import type { Ask } from './place-order'

interface Props {
  ask: Ask | null
  onYes: () => Promise<void>
  onNo: () => void
}

/** A question before any money moves. It says each time that nothing was charged. */
export function AskDialog({ ask, onYes, onNo }: Props) {
  const { checkout: words } = useText(paying)
  const language = useLanguage()
  if (ask === null) return null
  const no = { label: words.notNow, kind: 'secondary', onTap: onNo } as const
  switch (ask.kind) {
    case 'changed': {
      const { oldFen, newFen } = ask
      const amount = formatFen(newFen, { symbol: true })
      return (
        <Dialog open title={words.changedTitle} actions={[{ label: words.payNew(amount), onTap: onYes }, no]}>
          {oldFen === newFen ? words.changedSame : words.changedText}
          <KeyValue
            rows={[
              { label: words.oldAmount, value: formatFen(oldFen, { symbol: true }), tone: 'quiet' },
              { label: words.newAmount, value: amount, strong: true },
            ]}
          />
        </Dialog>
      )
    }
    case 'recent': {
      const now = services.serverNow(ask.order.bill.cityId)
      return (
        <Dialog
          open
          title={words.recentTitle}
          actions={[
            { ...no, kind: 'primary' },
            { label: words.payAnyway, kind: 'secondary', onTap: onYes },
          ]}
        >
          {words.recentText(ask.paidAt ? formatAge(ask.paidAt, now, language) : '')}
        </Dialog>
      )
    }
    case 'no-room':
      return (
        <Dialog open title={words.noRoomTitle} actions={[{ label: words.payWithoutRoom, onTap: onYes }, no]}>
          {words.noRoomText}
        </Dialog>
      )
  }
}
