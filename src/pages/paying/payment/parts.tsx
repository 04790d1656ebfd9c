import { Alert } from '@/components/alert'
import { Cell, CellGroup } from '@/components/cell'
import { KeyValue, type KeyValueRow } from '@/components/key-value'
import { Card } from '@/components/section'
import type { TagTone } from '@/components/tag'
import { asId, type BillId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import { creditClock, hasRefunds, type Payment, type PaymentBill } from '@/domain/payment'
import { dayOf, formatMoment, type Instant } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { billIcon } from '@/parts/bill-kinds'
import { routes } from '@/routes'
import { services } from '@/services'
import { type Shape, useLanguage, useText } from '@/text'
import { paying } from '@/text/paying/payment'

type Texts = Shape<(typeof paying)['zh-CN']>['payment']

const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })

const outcomeTone: Readonly<Record<PaymentBill['outcome'], TagTone>> = {
  open: 'plain',
  credited: 'ok',
  'not-credited': 'bad',
  refunded: 'info',
  unlisted: 'warn',
}

const useInstantFormat = (payment: Payment) => {
  const language = useLanguage()
  const today = dayOf(services.serverNow(payment.cityId))
  return (instant: Instant) => formatMoment(instant, language, today)
}

/** The second clock of one bill among several. */
function clockText(payment: Payment, bill: PaymentBill, t: Texts, format: (instant: Instant) => string) {
  if (bill.outcome === 'unlisted') return undefined
  const clock = creditClock(payment, services.serverNow(payment.cityId), bill)
  if (clock.kind === 'credited') return t.credited(format(clock.at))
  if (clock.kind === 'on-time') return t.creditBy(format(clock.by))
  return clock.kind === 'late' ? t.late(format(clock.by)) : undefined
}

/** What became of each bill: one that failed hides nothing of the others. */
export function PaidBills({ payment }: { payment: Payment }) {
  const { payment: t } = useText(paying)
  const format = useInstantFormat(payment)
  // "Under way" is only for a bill whose money is.
  const isPaid = payment.paidAt !== undefined
  const { bills, cityId } = payment
  return (
    <>
      {!hasRefunds(payment) && bills.some((bill) => bill.outcome === 'not-credited') && (
        <Alert tone="bad" title={t.notCreditedTitle}>
          {t.notCreditedText}
        </Alert>
      )}
      <CellGroup title={t.bills}>
        {bills.map((bill) => (
          <Cell
            key={bill.billId}
            id={bill.billId}
            icon={billIcon[bill.kind]}
            title={bill.title}
            tag={isPaid || bill.outcome !== 'open' ? t.outcome[bill.outcome] : undefined}
            tagTone={outcomeTone[bill.outcome]}
            note={[bill.accountLabel, bills.length > 1 && clockText(payment, bill, t, format)]
              .filter(Boolean)
              .join('\n')}
            value={yuan(bill.amountFen)}
            onTap={bill.unbound ? undefined : (id) => go(routes.bill({ city: cityId, bill: asId<BillId>(id) }))}
          />
        ))}
      </CellGroup>
    </>
  )
}

export function PaymentFacts({ payment }: { payment: Payment }) {
  const { payment: t } = useText(paying)
  const format = useInstantFormat(payment)
  const { feeFen = 0, amountFen, refundedFen } = payment
  const rows: KeyValueRow[] = [
    { label: t.reference, value: payment.reference, copy: true },
    { label: t.createdAt, value: format(payment.createdAt) },
    { label: t.cashier, value: t.cashiers[payment.cashier] },
  ]
  if (feeFen > 0)
    rows.push(
      { label: t.billTotal, value: yuan(amountFen - feeFen) },
      { label: t.fee, value: yuan(feeFen) },
      { label: t.paidAmount, value: yuan(amountFen) },
    )
  if (refundedFen > 0) rows.push({ label: t.refundedAmount, value: yuan(refundedFen) })
  return (
    <Card title={t.details}>
      <KeyValue rows={rows} />
    </Card>
  )
}
