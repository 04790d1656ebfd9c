import { View } from '@tarojs/components'
import { useState } from 'react'
import { Alert } from '@/components/alert'
import { AmountField } from '@/components/amount-field'
import { Button } from '@/components/button'
import { Sheet } from '@/components/sheet'
import { amountProblem, type BillStep } from '@/domain/bill-step'
import { formatFen, parseYuan } from '@/domain/money'
import { go } from '@/lifecycle/go'
import { routes } from '@/routes'
import { useText } from '@/text'
import { bill as billText } from '@/text/billing/bill'
import type { LoadedBill } from './use-bill'

interface Props {
  page: LoadedBill
  step: Extract<BillStep, { kind: 'pay' | 'top-up' }>
  onClose: () => void
}

const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })

/** How much of a bill to pay now, or to put on a meter. */
export function AmountSheet({ page, step, onClose }: Props) {
  const t = useText(billText)
  const [typed, setTyped] = useState('')
  const { bill } = page
  const { minFen, maxFen } = step
  const isTopUp = step.kind === 'top-up'
  const amountFen = parseYuan(typed)
  const problem = amountProblem(step, amountFen)
  const problemText = {
    'not-an-amount': t.sumWrong,
    'too-low': t.sumLow(yuan(minFen)),
    'too-high': t.sumHigh(yuan(maxFen)),
  }
  const presets = bill.topUp?.presetsFen.filter((preset) => amountProblem(step, preset) === null)
  const range = t.sumRange(yuan(minFen), yuan(maxFen))
  const toPay = problem === null ? amountFen : null
  const pay = async () => {
    if (toPay === null) return
    onClose()
    return go(routes.checkout({ city: bill.cityId, bills: [{ bill: bill.id, amountFen: toPay }] }))
  }
  return (
    <Sheet
      open
      title={isTopUp ? t.topUpTitle : t.partTitle}
      onClose={onClose}
      footer={
        <Button block disabled={toPay === null} onTap={pay}>
          {toPay === null ? (isTopUp ? t.topUp : t.part) : t.goPay(yuan(toPay))}
        </Button>
      }
    >
      <AmountField
        label={t.sum}
        value={typed}
        onChange={setTyped}
        presetsFen={presets}
        unit={t.unit}
        hint={isTopUp || toPay === null ? range : t.partLeft(range, yuan(bill.amountFen - toPay))}
        error={typed === '' || problem === null ? undefined : problemText[problem]}
      />
      {bill.settlement && (
        <View className="bill__settlement">
          <Alert title={t.settlement}>{bill.settlement}</Alert>
        </View>
      )}
    </Sheet>
  )
}
