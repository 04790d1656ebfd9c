import { View } from '@tarojs/components'
import { useMemo, useState } from 'react'
import { Alert } from '@/components/alert'
import { Bars } from '@/components/bars'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Card } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import { Segmented } from '@/components/tabs'
import type { History, HistoryMonth } from '@/domain/bill'
import { type YearTotals, yearOnYear, yearTotals } from '@/domain/history'
import { asId, type BillId, type CityId } from '@/domain/ids'
import { formatFen, speakFen } from '@/domain/money'
import { formatMonth } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { Freshness } from '@/parts/freshness'
import type { Load } from '@/queries/use-load'
import { routes } from '@/routes'
import { useLanguage, useText } from '@/text'
import { account as accountText } from '@/text/billing/account'
import { kinds } from '@/text/kinds'
import { terms } from '@/text/terms'
import './usage.scss'
import type { BillKind } from '@/domain/bill-kind'

type Shown = 'amount' | 'quantity'

interface Props {
  city: CityId
  kind: BillKind
  history: Load<History>
  onReload: () => Promise<void>
}

const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })

/** What an account cost and used, month by month beside the year before. A month alone is no chart. */
export function AccountUsage({ city, kind, history, onReload }: Props) {
  const { usage: t } = useText(accountText)
  const { retry } = useText(terms)
  if (history.status === 'loading') return <Skeleton kind="card" />
  if (history.status === 'failed')
    return (
      <Alert tone="warn" title={t.failed} action={retry} onAction={onReload}>
        {null}
      </Alert>
    )
  if (history.value.months.length < 2) return null
  return <UsageChart city={city} kind={kind} history={history.value} />
}

function useSentence(totals: YearTotals | null): string {
  const { usage: t } = useText(accountText)
  const language = useLanguage()
  if (!totals) return ''
  const spoken = (amountFen: number) => speakFen(amountFen, language)
  const { nowFen, beforeFen, highest, lowest } = totals
  const differenceFen = beforeFen === null ? null : nowFen - beforeFen
  return [
    t.total(spoken(nowFen)),
    differenceFen === null
      ? null
      : differenceFen > 0
        ? t.more(spoken(differenceFen))
        : differenceFen < 0
          ? t.less(spoken(-differenceFen))
          : t.same,
    t.highest(formatMonth(highest.month, language), spoken(highest.amountFen)),
    t.lowest(formatMonth(lowest.month, language), spoken(lowest.amountFen)),
  ]
    .filter(Boolean)
    .join(t.comma)
}

function UsageChart({ city, kind, history }: { city: CityId; kind: BillKind; history: History }) {
  const { usage: t } = useText(accountText)
  const own = useText(kinds)[kind]
  const language = useLanguage()
  const [shown, setShown] = useState<Shown>('amount')
  const [chosen, setChosen] = useState<string>()
  const [isListed, setListed] = useState(false)
  const year = useMemo(() => yearOnYear(history.months), [history])
  const sentence = useSentence(useMemo(() => yearTotals(year), [year]))
  const { unit } = history
  const isQuantity = shown === 'quantity' && unit !== undefined

  const figureOf = (month: HistoryMonth | null) =>
    month === null
      ? null
      : isQuantity
        ? month.quantity === undefined
          ? null
          : Number(month.quantity)
        : month.amountFen
  const figureText = (month: HistoryMonth | null) =>
    month === null || figureOf(month) === null
      ? t.none
      : isQuantity
        ? `${month.quantity} ${unit}`
        : yuan(month.amountFen)
  const one = year.find(({ month }) => month === chosen) ?? year[year.length - 1]
  return (
    <Card title={t.title}>
      {unit !== undefined && (
        <Segmented
          label={t.show}
          value={shown}
          onChange={setShown}
          items={[
            { key: 'amount', label: t.amount },
            { key: 'quantity', label: t.quantity(own.usage, unit) },
          ]}
        />
      )}
      <Bars
        label={sentence}
        nowName={t.thisYear}
        beforeName={t.lastYear}
        bars={year.map(({ month, now, before }) => ({
          key: month,
          label: String(Number(month.slice(5))),
          now: figureOf(now),
          before: figureOf(before),
        }))}
        chosen={one?.month}
        onChoose={setChosen}
      />
      {one && (
        <View className="usage__one">
          <View className="usage__month">{`${formatMonth(one.month, language)} ${figureText(one.now)}`}</View>
          <View className="usage__before">{t.before(figureText(one.before))}</View>
        </View>
      )}
      <Freshness city={city} at={history.asOf} />
      <Button block size="s" kind="secondary" onTap={() => setListed(!isListed)}>
        {isListed ? t.hide : t.list}
      </Button>
      {isListed && <UsageMonths city={city} history={history} />}
    </Card>
  )
}

function UsageMonths({ city, history }: { city: CityId; history: History }) {
  const language = useLanguage()
  const open = (id: string) => go(routes.bill({ city, bill: asId<BillId>(id) }))
  return (
    <View className="usage__list">
      <CellGroup>
        {[...history.months].reverse().map(({ month, amountFen, quantity, billId }) => (
          <Cell
            key={month}
            title={formatMonth(month, language)}
            note={quantity && history.unit && `${quantity} ${history.unit}`}
            value={yuan(amountFen)}
            id={billId ?? ''}
            onTap={billId && open}
          />
        ))}
      </CellGroup>
    </View>
  )
}
