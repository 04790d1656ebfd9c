import { View } from '@tarojs/components'
import { Alert } from '@/components/alert'
import { Cell, CellGroup } from '@/components/cell'
import { KeyValue, type KeyValueRow } from '@/components/key-value'
import { Card } from '@/components/section'
import { type Bill, changesOf } from '@/domain/bill'
import { formatFen } from '@/domain/money'
import { dayOf, formatDate, formatMoment, msOf } from '@/domain/time'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { bill as billText } from '@/text/billing/bill'
import { kinds } from '@/text/kinds'
import type { LoadedBill } from './use-bill'

const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })

/** The parts of the amount, what was paid of it, what a payment settles first. */
export function AmountBreakdown({ bill }: { bill: Bill }) {
  const t = useText(billText)
  const own = useText(kinds)[bill.kind]
  const { lines, lateFeeFen, paidFen, arrearsFen, amountFen } = bill
  if (bill.linesLeftOut)
    return (
      <Alert tone="warn" title={t.linesLeftOut}>
        {t.linesLeftOutText}
      </Alert>
    )
  if (lines.length === 0 && !lateFeeFen) return null
  return (
    <CellGroup title={t.breakdown} note={bill.settlement && t.settles(bill.settlement)}>
      {lines.map((line) => (
        <Cell
          key={`${line.label} ${line.note ?? ''}`}
          title={line.label}
          note={line.note}
          value={yuan(line.amountFen)}
        />
      ))}
      {lateFeeFen ? <Cell title={own.lateFee} note={own.lateFeeNote} value={yuan(lateFeeFen)} valueTone="bad" /> : null}
      {paidFen ? <Cell title={t.paid} value={yuan(-paidFen)} valueTone="ok" /> : null}
      {(lines.length > 1 || lateFeeFen || paidFen || arrearsFen) && (
        <Cell
          title={paidFen ? t.left : t.total}
          note={arrearsFen ? `${t.arrears} ${yuan(arrearsFen)}` : undefined}
          value={yuan(amountFen)}
        />
      )}
    </CellGroup>
  )
}

/** How the amount grew to what it is: each change with its day and reason, from what to what. */
export function AmountChanges({ bill }: { bill: Bill }) {
  const t = useText(billText)
  const language = useLanguage()
  if (!bill.changes || bill.changes.length === 0) return null
  const today = dayOf(services.serverNow(bill.cityId))
  return (
    <CellGroup title={t.changes}>
      {changesOf(bill).map(({ version, changedAt, reason, fromFen, toFen }) => (
        <Cell
          key={version}
          title={[formatDate(dayOf(msOf(changedAt)), language, today), reason].filter(Boolean).join(' ')}
          note={toFen === null ? undefined : t.changed(yuan(fromFen), yuan(toFen))}
        />
      ))}
    </CellGroup>
  )
}

/** The decision behind it, to be read before it is paid. */
export function DecisionPart({ bill }: { bill: Bill }) {
  const t = useText(billText)
  const language = useLanguage()
  const { decision } = bill
  if (!decision) return null
  const today = dayOf(services.serverNow(bill.cityId))
  const rows: KeyValueRow[] = [{ label: t.decisionNumber, value: decision.number, copy: true }]
  rows.push({ label: t.decidedOn, value: formatDate(decision.decidedOn, language, today) })
  if (decision.authority) rows.push({ label: t.authority, value: decision.authority })
  if (decision.objectUntil)
    rows.push({ label: t.objectUntil, value: formatDate(decision.objectUntil, language, today), strong: true })
  if (decision.confirmedAt)
    rows.push({ label: t.confirmedOn, value: formatMoment(decision.confirmedAt, language, today), tone: 'ok' })
  return (
    <Card title={t.decision} icon="file-text">
      <View className="bill__decision">{decision.text || (decision.level ? t.decisionHidden : t.decisionNotKept)}</View>
      <KeyValue rows={rows} />
    </Card>
  )
}

export function BillFacts({ page }: { page: LoadedBill }) {
  const t = useText(billText)
  const language = useLanguage()
  const { bill, account, biller } = page
  const own = useText(kinds)[bill.kind]
  const today = dayOf(services.serverNow(bill.cityId))
  const day = (text: string) => formatDate(text, language, today)
  const rules = bill.status === 'settled' ? undefined : biller?.paying
  const rows: (KeyValueRow | null)[] = [
    biller && { label: t.biller, value: biller.name },
    account && { label: biller?.account.label ?? own.title, value: account.nickname || account.maskedNumber },
    account && { label: own.address, value: account.maskedAddress },
    bill.period ? { label: own.period, value: `${day(bill.period.from)} – ${day(bill.period.to)}` } : null,
    bill.usage ? { label: own.usage, value: `${bill.usage.quantity} ${bill.usage.unit}` } : null,
    bill.topUp ? null : { label: own.issuedOn, value: day(bill.issuedOn) },
    bill.dueOn ? { label: t.dueOn, value: day(bill.dueOn), tone: bill.status === 'overdue' ? 'bad' : 'ink' } : null,
    rules?.feeFen ? { label: t.fee, value: t.feeEach(yuan(rules.feeFen), rules.feeNote ?? '') } : null,
    rules?.maxFen ? { label: t.limit, value: yuan(rules.maxFen) } : null,
  ]
  return (
    <Card title={t.details}>
      <KeyValue rows={rows.filter((row): row is KeyValueRow => row !== null)} />
    </Card>
  )
}
