import { View } from '@tarojs/components'
import { useShareAppMessage } from '@tarojs/taro'
import { a11y } from '@/components/a11y'
import { Alert } from '@/components/alert'
import { Amount } from '@/components/amount'
import { Button, ButtonRow } from '@/components/button'
import { CellGroup } from '@/components/cell'
import { Fold } from '@/components/fold'
import { KeyValue, type KeyValueRow } from '@/components/key-value'
import { QrCode } from '@/components/qr-code'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import type { CityId, ReceiptId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import type { PaidBill } from '@/domain/payment'
import type { Receipt } from '@/domain/receipt'
import { standingOf } from '@/domain/standing'
import { dayOf, formatMoment, formatMonth, type Instant, isPast } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { billIcon } from '@/parts/bill-kinds'
import { PageState, page } from '@/parts/page'
import { platform } from '@/platform'
import { useReceipt } from '@/queries/use-payments'
import { readLink, routes } from '@/routes'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { kinds } from '@/text/kinds'
import { paying } from '@/text/paying/payment'
import { receipt as receiptText } from '@/text/paying/receipt'
import { terms } from '@/text/terms'
import { PapersCell, useHasPapers } from '../parts/papers-cell'
import './index.scss'

const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })

const useInstantFormat = (city: CityId) => {
  const language = useLanguage()
  const today = dayOf(services.serverNow(city))
  return (instant: Instant) => formatMoment(instant, language, today)
}

function ReceiptFacts({ receipt }: { receipt: Receipt }) {
  const t = useText(receiptText)
  const format = useInstantFormat(receipt.cityId)
  const { amountFen, feeFen = 0 } = receipt
  const rows: KeyValueRow[] = [
    { label: t.number, value: receipt.number, copy: true },
    { label: t.reference, value: receipt.reference, copy: true },
    { label: t.payer, value: receipt.payer },
    { label: t.paidAt, value: format(receipt.paidAt) },
  ]
  if (receipt.creditedAt) rows.push({ label: t.creditedAt, value: format(receipt.creditedAt) })
  rows.push({ label: t.issuedAt, value: format(receipt.issuedAt) })
  if (feeFen > 0)
    rows.push(
      { label: t.billTotal, value: yuan(amountFen - feeFen) },
      { label: t.fee, value: yuan(feeFen) },
      { label: t.paid, value: yuan(amountFen), strong: true },
    )
  return (
    <Card>
      <KeyValue rows={rows} />
    </Card>
  )
}

/** The papers that billers issue themselves, by their own names: whether it is there, when it comes, and what to do when it does not. */
function EBill({ receipt: { cityId, eBill, bills } }: { receipt: Receipt }) {
  const t = useText(receiptText)
  const own = useText(kinds)
  const papers = Array.from(new Set(bills.map(({ kind }) => own[kind].paper))).join(' / ')
  const format = useInstantFormat(cityId)
  const { state, number, checkCode, expectedBy } = eBill
  const isLate = state === 'issuing' && expectedBy !== undefined && isPast(expectedBy, services.serverNow(cityId))
  const rows: KeyValueRow[] = [{ label: papers, value: t.eBillState[state], tone: state === 'failed' ? 'bad' : 'ink' }]
  if (state === 'issuing' && expectedBy) rows.push({ label: t.eBillBy, value: format(expectedBy) })
  if (number) rows.push({ label: t.eBillNumber, value: number, copy: true })
  if (checkCode) rows.push({ label: t.checkCode, value: checkCode, copy: true })
  return (
    <Card>
      <KeyValue rows={rows} />
      <View className="receipt__quiet">{isLate ? t.eBillLate : t.eBillText[state]}</View>
    </Card>
  )
}

const outcomeTone = {
  open: 'quiet',
  credited: 'ok',
  'not-credited': 'bad',
  refunded: 'warn',
  unlisted: 'warn',
} as const

/** Whose bill it is and for which time, masked; two homes with equal masks have different marks. */
function PaidBillCard({ city, bill }: { city: CityId; bill: PaidBill }) {
  const t = useText(receiptText)
  const own = useText(kinds)[bill.kind]
  const language = useLanguage()
  const format = useInstantFormat(city)
  const { account, period, creditedAt, outcome } = bill
  const months = period && Array.from(new Set([period.from.slice(0, 7), period.to.slice(0, 7)]))
  const isOwnName =
    bill.accountLabel && bill.accountLabel !== account?.maskedAddress && bill.accountLabel !== account?.maskedNumber
  const rows: (KeyValueRow | false | '' | undefined)[] = [
    account && { label: t.biller, value: account.billerName },
    account && { label: own.title, value: account.maskedNumber },
    account?.mark && { label: t.mark, value: account.mark },
    isOwnName && { label: t.accountLabel, value: bill.accountLabel ?? '' },
    account?.maskedHolder && { label: own.holder, value: account.maskedHolder },
    account?.maskedAddress && { label: own.address, value: account.maskedAddress },
    months && { label: own.period, value: months.map((month) => formatMonth(month, language)).join(' – ') },
    creditedAt && { label: t.creditedAt, value: format(creditedAt) },
    outcome !== 'credited' && { label: t.state, value: t.outcome[outcome], tone: outcomeTone[outcome] },
    { label: t.billAmount, value: yuan(bill.amountFen), strong: true },
  ]
  return (
    <Card icon={billIcon[bill.kind]} title={bill.title}>
      <KeyValue rows={rows.filter((row): row is KeyValueRow => Boolean(row))} />
    </Card>
  )
}

function ReceiptContent({ receipt }: { receipt: Receipt }) {
  const t = useText(receiptText)
  const format = useInstantFormat(receipt.cityId)
  const { copied } = useText(terms)
  const hasPapers = useHasPapers(receipt.cityId)
  const { cityId: city, paymentId: payment, number, reference, bills } = receipt
  const isBack = bills.some(({ outcome }) => outcome === 'not-credited' || outcome === 'refunded')
  const { refundFailed } = useText(paying)
  const isStuck = receipt.payment !== undefined && standingOf(receipt.payment) === 'refund-failed'
  // A name is in none of these: they leave the phone.
  const text = t.text(number, reference, yuan(receipt.amountFen), format(receipt.paidAt))
  useShareAppMessage(() => ({ title: t.shareTitle(number), path: routes.verify({ code: receipt.verifyText }) }))
  const copy = async () => {
    if (await platform.copy(text)) platform.toast(copied)
  }
  const seePayment = () => go(routes.payment({ city, payment }))
  return (
    <Screen
      footer={
        <ButtonRow>
          <Button kind="secondary" onTap={seePayment}>
            {t.payment}
          </Button>
          <Button kind="quiet" onTap={() => go(routes.report({ city, payment }))}>
            {t.report}
          </Button>
        </ButtonRow>
      }
    >
      {(isBack || isStuck) && (
        <Alert
          tone={isStuck ? 'bad' : 'warn'}
          title={isStuck ? refundFailed.title : t.backTitle}
          action={t.backAction}
          onAction={seePayment}
        >
          {isStuck ? refundFailed.text : t.backText}
        </Alert>
      )}
      <Card>
        <View className="receipt__center">
          <View className="receipt__label" {...a11y({ role: 'heading' })}>
            {t.paid}
          </View>
          <Amount amountFen={receipt.amountFen} size="xl" />
          <QrCode text={receipt.verifyText} label={t.verify} />
          <View className="receipt__label">{t.verify}</View>
          <View className="receipt__quiet">{t.verifyText}</View>
        </View>
      </Card>
      <ReceiptFacts receipt={receipt} />
      <Fold title={t.bills}>
        {bills.map((bill) => (
          <PaidBillCard key={bill.billId} city={city} bill={bill} />
        ))}
      </Fold>
      {hasPapers ? (
        <CellGroup>
          <PapersCell city={city} payment={payment} bills={bills} />
        </CellGroup>
      ) : (
        <EBill receipt={receipt} />
      )}
      <Button block kind="secondary" icon="copy" onTap={copy}>
        {t.copyAll}
      </Button>
    </Screen>
  )
}

function ReceiptPageView({ city, receipt }: { city: CityId; receipt: ReceiptId }) {
  const [load, reload] = useReceipt(city, receipt)
  return (
    <PageState state={{ ...load, reload }} skeleton={[{ kind: 'card' }, { kind: 'cell', count: 5 }]}>
      {(ready) => <ReceiptContent receipt={ready.value} />}
    </PageState>
  )
}

export default page({
  link: (params) => readLink(params, ['city', 'receipt']),
  title: (language) => receiptText[language].title,
  view: ReceiptPageView,
})
