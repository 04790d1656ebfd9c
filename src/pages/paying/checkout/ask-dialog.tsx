import { View } from '@tarojs/components'
import { Dialog } from '@/components/dialog'
import { KeyValue } from '@/components/key-value'
import { formatFen } from '@/domain/money'
import { formatAge } from '@/domain/time'
import { services } from '@/services'
import { findCity } from '@/services/cities'
import { stores } from '@/stores'
import { useLanguage, useText } from '@/text'
import { checkout } from '@/text/paying/checkout'
import type { Ask } from './place-order'

interface Props {
  ask: Ask | null
  /** The city of these bills. */
  cityName: string
  onYes: () => Promise<void>
  onNo: () => void
}

const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })

/** Old and new of each bill that changed, and of the total. */
function Changes({ ask }: { ask: Extract<Ask, { kind: 'changed' }> }) {
  const t = useText(checkout)
  const { before, order } = ask
  const changed = before.lines.flatMap((old) => {
    const now = order.lines.find(({ bill }) => bill.id === old.bill.id)
    return now?.amountFen === old.amountFen ? [] : [{ ...old, now }]
  })
  const isAlone = before.lines.length === 1
  return (
    <>
      {before.totalFen === order.totalFen ? t.changedSame : t.changedText}
      {!isAlone &&
        changed.map(({ bill, amountFen, now }) => (
          <View key={bill.id} className="checkout__change">
            <View>{bill.title}</View>
            <View className="checkout__label">{`${yuan(amountFen)} → ${now ? yuan(now.amountFen) : t.leftOut.settled}`}</View>
          </View>
        ))}
      <KeyValue
        rows={[
          { label: t.oldAmount, value: yuan(before.totalFen), tone: 'quiet' },
          { label: t.newAmount, value: yuan(order.totalFen), strong: true },
        ]}
      />
    </>
  )
}

/** A question before any money moves. It says each time that nothing was charged. */
export function AskDialog({ ask, cityName, onYes, onNo }: Props) {
  const t = useText(checkout)
  const language = useLanguage()
  if (ask === null) return null
  const no = { label: t.notNow, kind: 'secondary', onTap: onNo } as const
  switch (ask.kind) {
    case 'other-city': {
      const chosen = findCity(stores.city.getState().city ?? '')
      const name = (language === 'en' ? chosen?.latin : chosen?.name) ?? ''
      return (
        <Dialog open title={t.otherCityTitle(cityName)} actions={[{ label: t.otherCityYes, onTap: onYes }, no]}>
          {t.otherCityText(name)}
        </Dialog>
      )
    }
    case 'changed':
      return (
        <Dialog open title={t.changedTitle} actions={[{ label: t.payNew(yuan(ask.order.totalFen)), onTap: onYes }, no]}>
          <Changes ask={ask} />
        </Dialog>
      )
    case 'recent': {
      const now = services.serverNow(ask.order.city)
      return (
        <Dialog
          open
          title={ask.order.lines.length > 1 ? t.recentManyTitle : t.recentTitle}
          actions={[
            { ...no, kind: 'primary' },
            { label: t.payAnyway, kind: 'secondary', onTap: onYes },
          ]}
        >
          {t.recentText(ask.paidAt ? formatAge(ask.paidAt, now, language) : '')}
        </Dialog>
      )
    }
    case 'no-room':
      return (
        <Dialog open title={t.noRoomTitle} actions={[{ label: t.payWithoutRoom, onTap: onYes }, no]}>
          {t.noRoomText}
        </Dialog>
      )
  }
}
