import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { Amount } from '@/components/amount'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { guarded } from '@/components/guarded'
import { KeyValue, type KeyValueRow } from '@/components/key-value'
import { AsOf } from '@/components/notice'
import { QrCode } from '@/components/qr-code'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import type { CityId, ReceiptId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import type { Receipt } from '@/domain/receipt'
import { dayOf, formatAge, formatMoment, type Instant } from '@/domain/time'
import { billIcon } from '@/pages/bill-kinds'
import { BadLink, Failure } from '@/pages/failure'
import { readLink, routes } from '@/pages/routes'
import { useLoad } from '@/pages/use-load'
import { usePageTitle } from '@/pages/use-page-title'
import { platform } from '@/platform'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { records } from '@/text/records'
import './index.scss'

function Facts({ receipt }: { receipt: Receipt }) {
  const { receipt: words } = useText(records)
  const language = useLanguage()
  const today = dayOf(services.serverNow(receipt.cityId))
  const { eBill } = receipt
  const rows: KeyValueRow[] = [
    { label: words.number, value: receipt.number, copy: true },
    { label: words.reference, value: receipt.reference, copy: true },
    { label: words.payer, value: receipt.payer },
    { label: words.paidAt, value: formatMoment(receipt.paidAt, language, today) },
    { label: words.issuedAt, value: formatMoment(receipt.issuedAt, language, today) },
    { label: words.eBill, value: words.eBillState[eBill.state] },
  ]
  if (eBill.number) rows.push({ label: words.eBillNumber, value: eBill.number, copy: true })
  return (
    <Card>
      <KeyValue rows={rows} />
    </Card>
  )
}

function Known({
  receipt,
  oldAsOf,
  onRefresh,
}: {
  receipt: Receipt
  oldAsOf: Instant | null
  onRefresh: () => Promise<void>
}) {
  const { receipt: words } = useText(records)
  const language = useLanguage()
  const { cityId } = receipt
  return (
    <Screen
      footer={
        <Button
          block
          kind="secondary"
          onTap={() => platform.navigation.to(routes.payment({ city: cityId, payment: receipt.paymentId }))}
        >
          {words.payment}
        </Button>
      }
    >
      {oldAsOf && <AsOf old time={formatAge(oldAsOf, services.serverNow(cityId), language)} onRefresh={onRefresh} />}
      <Card>
        <View className="receipt__center">
          <View className="receipt__label">{words.paid}</View>
          <Amount amountFen={receipt.amountFen} size="xl" />
          <QrCode text={receipt.verifyText} label={words.verify} />
          <View className="receipt__label">{words.verify}</View>
          <View className="receipt__quiet">{words.verifyText}</View>
        </View>
      </Card>
      <Facts receipt={receipt} />
      <CellGroup title={words.bills}>
        {receipt.bills.map((bill) => (
          <Cell
            key={bill.billId}
            icon={billIcon[bill.kind]}
            title={bill.title}
            value={formatFen(bill.amountFen, { symbol: true })}
          />
        ))}
      </CellGroup>
    </Screen>
  )
}

function Linked({ city, receipt }: { city: CityId; receipt: ReceiptId }) {
  const [load, reload] = useLoad(
    `${city} ${receipt}`,
    () => services.receipts.get(city, receipt),
    () => services.receipts.kept(city, receipt),
  )
  if (load.status === 'ready')
    return (
      <Known
        receipt={load.value}
        oldAsOf={load.refreshError ? (load.asOf ?? load.value.issuedAt) : null}
        onRefresh={reload}
      />
    )
  return (
    <Screen>
      {load.status === 'failed' ? (
        <Failure error={load.error} onRetry={reload} />
      ) : (
        <>
          <Skeleton kind="card" />
          <Skeleton kind="cell" count={5} />
        </>
      )}
    </Screen>
  )
}

function ReceiptPage() {
  const { receipt: words } = useText(records)
  usePageTitle(words.title)
  const link = readLink(useRouter().params, ['city', 'receipt'])
  return link ? <Linked city={link.city} receipt={link.receipt} /> : <BadLink />
}

export default guarded(ReceiptPage)
