import { View } from '@tarojs/components'
import { useState } from 'react'
import { AmountField } from '@/components/amount-field'
import { Button } from '@/components/button'
import { Notice } from '@/components/notice'
import { Sheet } from '@/components/sheet'
import { formatFen, parseYuan } from '@/domain/money'
import { leave } from '@/lifecycle/leave'
import { routes } from '@/routes'
import { useText } from '@/text'
import { bill as billText } from '@/text/bill'
import type { KnownBill, NextStep } from './use-bill'

interface Props {
  page: KnownBill
  next: Extract<NextStep, { next: 'pay' | 'top-up' }>
  onClose: () => void
}

const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })

/** How much of a bill to pay now, or to put on a meter. */
export function AmountSheet({ page, next, onClose }: Props) {
  const words = useText(billText)
  const [typed, setTyped] = useState('')
  const { bill } = page
  const { minFen, maxFen } = next
  const isTopUp = next.next === 'top-up'
  const amountFen = parseYuan(typed)
  // All that is left is always fine.
  const isLow = amountFen !== null && amountFen < minFen
  const isHigh = amountFen !== null && amountFen > maxFen
  const problem =
    amountFen === null
      ? words.sumWrong
      : isLow
        ? words.sumLow(yuan(minFen))
        : isHigh
          ? words.sumHigh(yuan(maxFen))
          : null
  const presets = bill.topUp?.presetsFen.filter((preset) => preset >= minFen && preset <= maxFen)
  const range = words.sumRange(yuan(minFen), yuan(maxFen))
  const toPay = problem === null ? amountFen : null
  const pay = async () => {
    if (toPay === null) return
    onClose()
    return leave.to(routes.checkout({ city: bill.cityId, bills: [{ bill: bill.id, amountFen: toPay }] }))
  }
  return (
    <Sheet
      open
      title={isTopUp ? words.topUpTitle : words.partTitle}
      onClose={onClose}
      footer={
        <Button block disabled={toPay === null} onTap={pay}>
          {toPay === null ? (isTopUp ? words.topUp : words.part) : words.goPay(yuan(toPay))}
        </Button>
      }
    >
      <AmountField
        label={words.sum}
        value={typed}
        onChange={setTyped}
        presetsFen={presets}
        unit={words.unit}
        hint={isTopUp || toPay === null ? range : words.partLeft(range, yuan(bill.amountFen - toPay))}
        error={typed === '' || problem === null ? undefined : problem}
      />
      {bill.settlement && (
        <View className="bill__settlement">
          <Notice title={words.settlement}>{bill.settlement}</Notice>
        </View>
      )}
    </Sheet>
  )
}
