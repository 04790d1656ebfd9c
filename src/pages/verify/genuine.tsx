import { Alert } from '@/components/alert'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { KeyValue, type KeyValueRow } from '@/components/key-value'
import { Card } from '@/components/section'
import type { TagTone } from '@/components/tag'
import { asId, type BillerId } from '@/domain/ids'
import { billerOf } from '@/domain/manifest'
import { formatFen } from '@/domain/money'
import type { ReceiptCheck } from '@/domain/receipt'
import type { CodedBill } from '@/domain/receipt-code'
import { dayOf, formatMoment, formatMonth, type Instant } from '@/domain/time'
import { billIcon } from '@/parts/bill-kinds'
import { failureText } from '@/parts/failure'
import { services } from '@/services'
import { type Shape, useLanguage, useText } from '@/text'
import { failures } from '@/text/parts/failures'
import { verify as texts } from '@/text/verify'
import type { Found, Verify } from './use-verify'

type Genuine = Extract<Found, { kind: 'genuine' }>
type Texts = Shape<(typeof texts)['zh-CN']>

const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })

const tones: Readonly<Record<CodedBill['outcome'], TagTone>> = {
  open: 'plain',
  credited: 'ok',
  'not-credited': 'bad',
  refunded: 'info',
}

/** What became of the payment since, in the city's answer: it may not prove a payment any more. */
function standingOf(
  { outcome, state, refundedFen = 0 }: ReceiptCheck,
  t: Texts,
): { tone: 'ok' | 'warn' | 'bad'; text: string } {
  if (outcome !== 'genuine') return { tone: 'bad', text: t.now.notOurs }
  if (state === 'refunded') return { tone: 'bad', text: t.now.refunded }
  if (state === 'refunding' || state === 'partly-refunded')
    return { tone: 'warn', text: refundedFen > 0 ? t.now.partly(yuan(refundedFen)) : t.now.refunding }
  if (state === 'credited') return { tone: 'ok', text: t.now.credited }
  return { tone: 'warn', text: state === 'paid' ? t.now.paid : t.now.other }
}

function Since({ page }: { page: Verify }) {
  const t = useText(texts)
  const failed = useText(failures)
  const { asked, ask } = page
  if (asked?.kind === 'answered') {
    const { tone, text } = standingOf(asked.check, t)
    return (
      <Alert tone={tone} title={t.now.title} live>
        {text}
      </Alert>
    )
  }
  return (
    <>
      {asked && (
        <Alert tone="warn" title={t.now.failed} live>
          {failureText(asked.error, failed).title}
        </Alert>
      )}
      <Alert tone="info">{ask ? t.cannotKnow : t.cannotAsk}</Alert>
      {ask && (
        <Button block onTap={ask}>
          {t.ask}
        </Button>
      )}
    </>
  )
}

/** What the text says, which is what the city signed. */
export function GenuineReceipt({ page, found }: { page: Verify; found: Genuine }) {
  const t = useText(texts)
  const language = useLanguage()
  const { code, manifest } = found
  const today = dayOf(services.serverNow(code.cityId))
  const format = (at: Instant) => formatMoment(at, language, today)
  const rows: KeyValueRow[] = [
    { label: t.city, value: manifest.name, tone: page.isOtherCity ? 'warn' : 'ink' },
    { label: t.number, value: code.number },
    { label: t.amount, value: yuan(code.amountFen), strong: true },
  ]
  if (code.feeFen > 0) rows.push({ label: t.fee, value: yuan(code.feeFen) })
  if (code.paidAt) rows.push({ label: t.paidAt, value: format(code.paidAt) })
  if (code.signedAt) rows.push({ label: t.signedAt, value: format(code.signedAt) })
  const unnamed = code.billCount - code.bills.length
  const titleOf = ({ billerId }: CodedBill) => billerOf(manifest, asId<BillerId>(billerId))?.name ?? billerId
  const iconOf = ({ billerId }: CodedBill) => billIcon[billerOf(manifest, asId<BillerId>(billerId))?.kind ?? 'unlisted']
  const monthsOf = ({ months }: CodedBill) =>
    months && Array.from(new Set([months.from, months.to]), (month) => formatMonth(month, language)).join(' – ')
  return (
    <>
      <Alert tone="ok" title={t.genuine.title} live>
        {t.genuine.text}
      </Alert>
      {page.isOtherCity && (
        <Alert tone="warn" title={t.otherCity(manifest.name)}>
          {t.otherCityText}
        </Alert>
      )}
      <Card>
        <KeyValue rows={rows} />
      </Card>
      {code.bills.length > 0 && (
        <CellGroup title={t.bills} note={unnamed > 0 ? t.unnamed(unnamed) : undefined}>
          {code.bills.map((bill, index) => (
            <Cell
              // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes, and two bills may be alike
              key={index}
              icon={iconOf(bill)}
              title={titleOf(bill)}
              note={[bill.maskedNumber, bill.mark && t.mark(bill.mark), monthsOf(bill)].filter(Boolean).join('\n')}
              tag={t.outcome[bill.outcome]}
              tagTone={tones[bill.outcome]}
              value={yuan(bill.amountFen)}
            />
          ))}
        </CellGroup>
      )}
      <Since page={page} />
    </>
  )
}
