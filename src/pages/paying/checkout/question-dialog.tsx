import { View } from '@tarojs/components'
import { Dialog } from '@/components/dialog'
import { KeyValue } from '@/components/key-value'
import type { Question } from '@/domain/checkout'
import { formatFen } from '@/domain/money'
import { formatAge } from '@/domain/time'
import { services } from '@/services'
import { findCity } from '@/services/cities'
import { stores } from '@/stores'
import { useLanguage, useText } from '@/text'
import { checkout } from '@/text/paying/checkout'

interface Props {
  question: Question | null
  /** The city of these bills. */
  cityName: string
  onYes: () => Promise<void>
  onNo: () => void
}

const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })

/** Old and new of each bill that changed, and of the total. */
function ChangedAmounts({ question }: { question: Extract<Question, { kind: 'changed' }> }) {
  const t = useText(checkout)
  const { before, draft } = question
  const changed = before.lines.flatMap((old) => {
    const now = draft.lines.find(({ bill }) => bill.id === old.bill.id)
    return now?.amountFen === old.amountFen ? [] : [{ ...old, now }]
  })
  const isAlone = before.lines.length === 1
  return (
    <>
      {before.totalFen === draft.totalFen ? t.changedSame : t.changedText}
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
          { label: t.newAmount, value: yuan(draft.totalFen), strong: true },
        ]}
      />
    </>
  )
}

/** A question before any money moves; each states that nothing was charged. */
export function QuestionDialog({ question, cityName, onYes, onNo }: Props) {
  const t = useText(checkout)
  const language = useLanguage()
  if (question === null) return null
  const decline = { label: t.notNow, kind: 'secondary', onTap: onNo } as const
  switch (question.kind) {
    case 'other-city': {
      const chosen = findCity(stores.city.getState().city ?? '')
      const name = (language === 'en' ? chosen?.latin : chosen?.name) ?? ''
      return (
        <Dialog open title={t.otherCityTitle(cityName)} actions={[{ label: t.otherCityYes, onTap: onYes }, decline]}>
          {t.otherCityText(name)}
        </Dialog>
      )
    }
    case 'changed':
      return (
        <Dialog
          open
          title={t.changedTitle}
          actions={[{ label: t.payNew(yuan(question.draft.totalFen)), onTap: onYes }, decline]}
        >
          <ChangedAmounts question={question} />
        </Dialog>
      )
    case 'recent': {
      const now = services.serverNow(question.draft.city)
      return (
        <Dialog
          open
          title={question.draft.lines.length > 1 ? t.recentManyTitle : t.recentTitle}
          actions={[
            { ...decline, kind: 'primary' },
            { label: t.payAnyway, kind: 'secondary', onTap: onYes },
          ]}
        >
          {t.recentText(question.paidAt ? formatAge(question.paidAt, now, language) : '')}
        </Dialog>
      )
    }
    case 'no-room':
      return (
        <Dialog open title={t.noRoomTitle} actions={[{ label: t.payWithoutRoom, onTap: onYes }, decline]}>
          {t.noRoomText}
        </Dialog>
      )
  }
}
