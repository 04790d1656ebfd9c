import { View } from '@tarojs/components'
import { KeyValue } from '@/components/key-value'
import { Card } from '@/components/section'
import type { Hold } from '@/domain/hold'
import { materialsFor, totalFee } from '@/domain/item'
import { formatFen } from '@/domain/money'
import { endOf } from '@/domain/slot'
import { formatDayAndRange } from '@/domain/time'
import { todayIn } from '@/lifecycle/use-server-now'
import { usePreparation } from '@/pages/booking/parts/use-preparation'
import { useLanguage, useText } from '@/text'
import { booking } from '@/text/booking/booking'
import { people } from '@/text/booking/people'
import { refusals } from '@/text/booking/refusals'
import type { ConfirmReady } from './use-confirm'

export function HoldFacts({ page }: { page: ConfirmReady }) {
  const t = useText(booking)
  const { persons, count } = useText(people)
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
          ...(hold.persons ? [{ label: persons, value: count(hold.persons) }] : []),
          ...useCostAndMaterials(page),
        ]}
      />
      {moving && <View className="confirm__note">{t.oldKept}</View>}
    </Card>
  )
}

/** Fee and materials of the items; where they could not be read the page says so, never "free". */
function useCostAndMaterials({ hold, items }: ConfirmReady): { label: string; value: string }[] {
  const t = useText(booking)
  const { fee, feeUnknown, bring, bringUnknown, bringIf } = useText(refusals)
  const { feeEach } = useText(people)
  const { answers } = usePreparation(hold.cityId, [hold.itemId, ...(hold.moreItemIds ?? [])])
  if (items.status === 'loading') return []
  if (items.status === 'failed')
    return [
      { label: fee, value: feeUnknown },
      { label: bring, value: bringUnknown },
    ]
  const feeFen = totalFee(items.value)
  const amount = formatFen(feeFen, { symbol: true })
  const needed = materialsFor(items.value, answers).map(({ name, required }) => (required ? name : bringIf(name)))
  return [
    { label: fee, value: feeFen === 0 ? t.free : hold.persons ? feeEach(amount) : amount },
    { label: bring, value: needed.length > 0 ? needed.join(t.comma) : t.noMaterials },
  ]
}
