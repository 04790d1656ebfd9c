import { useState } from 'react'
import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Choice } from '@/components/choice'
import { KeyValue } from '@/components/key-value'
import { Card } from '@/components/section'
import { Sheet } from '@/components/sheet'
import { type Step, Steps } from '@/components/steps'
import { formatFen } from '@/domain/money'
import type { Payment, PaymentBill, Recall } from '@/domain/payment'
import { isRecallLate, recallable } from '@/domain/recall'
import { dayOf, formatMoment, type Instant } from '@/domain/time'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { recall as recallText } from '@/text/paying/recall'
import type { ShownPayment } from './use-payment'

const nameOf = ({ title, accountLabel = '' }: PaymentBill) => [title, accountLabel].filter(Boolean).join(' · ')

/** What was asked back, and how that stands. */
export function Recalls({ payment }: { payment: Payment }) {
  const t = useText(recallText)
  return (
    <>
      {payment.bills.map(
        (bill) =>
          bill.recall && (
            <Card key={bill.billId} title={`${t.progress} · ${bill.title}`}>
              <RecallSteps payment={payment} recall={bill.recall} />
            </Card>
          ),
      )}
    </>
  )
}

function RecallSteps({ payment, recall }: { payment: Payment; recall: Recall }) {
  const t = useText(recallText)
  const language = useLanguage()
  const now = services.serverNow(payment.cityId)
  const format = (at: Instant) => formatMoment(at, language, dayOf(now))
  const { state, askedAt, decideBy, endedAt, reason, reference } = recall
  const isLate = isRecallLate(recall, now)
  const time = endedAt && format(endedAt)
  const note = decideBy && (isLate ? t.late(format(decideBy)) : t.decideBy(format(decideBy)))
  const ends: Readonly<Record<Recall['state'], Step>> = {
    asked: { title: t.waiting, state: isLate ? 'failed' : 'current', note },
    stopped: { title: t.stopped, state: 'done', time, note: t.back },
    agreed: { title: t.agreed, state: 'done', time, note: t.back },
    declined: { title: t.declined, state: 'failed', time, note: reason },
    unlisted: { title: t.unlisted, state: 'current' },
  }
  return (
    <>
      <Steps label={t.progress} steps={[{ title: t.asked, state: 'done', time: format(askedAt) }, ends[state]]} />
      <KeyValue rows={[{ label: t.reference, value: reference, copy: true }]} />
    </>
  )
}

/** From a payment to its recall: this line, which bill where there are several, and the button. */
export function RecallOffer({ page }: { page: ShownPayment }) {
  const t = useText(recallText)
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const { payment, recall } = page
  const bills = recall ? recallable(payment) : []
  const [first] = bills
  if (!recall || first === undefined) return null
  const { bill, chance } = bills.find((one) => one.bill.billId === chosen) ?? first
  const days = services.manifest.cached(payment.cityId)?.value.promises.answerWithinDays ?? 0
  const send = async () => {
    await recall(bill.billId)
    setOpen(false)
  }
  return (
    <>
      <CellGroup>
        <Cell icon="refresh" title={t.offer} onTap={() => setOpen(true)} />
      </CellGroup>
      <Sheet
        open={isOpen}
        title={t.title}
        onClose={() => setOpen(false)}
        footer={
          <>
            <Button block onTap={send}>
              {t.doIt}
            </Button>
            <Button block kind="quiet" onTap={() => setOpen(false)}>
              {t.notNow}
            </Button>
          </>
        }
      >
        {bills.length > 1 ? (
          <Choice
            label={t.which}
            value={bill.billId}
            onChange={setChosen}
            options={bills.map((one) => ({
              value: one.bill.billId,
              label: nameOf(one.bill),
              note: formatFen(one.bill.amountFen, { symbol: true }),
            }))}
          />
        ) : (
          <KeyValue
            rows={[{ label: nameOf(bill), value: formatFen(bill.amountFen, { symbol: true }), strong: true }]}
          />
        )}
        <Alert tone="info">{chance === 'stops' ? t.stops : t.decides(days)}</Alert>
      </Sheet>
    </>
  )
}
