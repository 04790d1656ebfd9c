import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { Amount } from '@/components/amount'
import { Button } from '@/components/button'
import { Check } from '@/components/choice'
import { Empty } from '@/components/empty'
import { guarded } from '@/components/guarded'
import { KeyValue } from '@/components/key-value'
import { Notice } from '@/components/notice'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import { Skeleton } from '@/components/skeleton'
import type { BillId, CityId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import { BadLink, Failure, sayFailure } from '@/pages/failure'
import { readLink, routes } from '@/pages/routes'
import { usePageTitle } from '@/pages/use-page-title'
import { platform } from '@/platform'
import type { ServiceError } from '@/services/errors'
import { useText } from '@/text'
import { bills } from '@/text/bills'
import { failures } from '@/text/failures'
import { paying } from '@/text/paying'
import { sayPromise } from '../say-promise'
import { AskDialog } from './ask-dialog'
import { type Checkout, useCheckout } from './use-checkout'
import './index.scss'

type Of<S extends Checkout['status']> = { page: Extract<Checkout, { status: S }> }

/** Where the money is after an order that failed: nowhere, because no cashier opened. */
function Problem({ error }: { error: ServiceError }) {
  const { checkout: words } = useText(paying)
  const failed = useText(failures)
  const said = sayFailure(error, failed)
  const isRefused = error.kind === 'refused'
  const text =
    error.code === 'cashier-not-answering' ? words.cashierSilent : isRefused ? said.text : words.startFailedText
  return (
    <Notice tone="bad" title={isRefused ? words.refused : words.startFailed} live>
      {isRefused ? text : `${said.title}。${text}`}
    </Notice>
  )
}

function Ready({ page }: Of<'ready'>) {
  const words = useText(paying)
  const { kind } = useText(bills)
  const [isChecked, setChecked] = useState(false)
  const { bill, account, biller, warn } = page
  const { checkout } = words
  const amount = formatFen(bill.amountFen, { symbol: true })
  const mustCheck = warn === 'first' && !isChecked
  return (
    <Screen
      footer={
        <Button
          block
          onTap={page.pay}
          disabled={mustCheck || page.isReadOnly}
          reason={page.isReadOnly ? checkout.readOnly : checkout.checkFirst}
        >
          {checkout.pay(amount)}
        </Button>
      }
    >
      {page.problem && <Problem error={page.problem} />}
      <Card>
        <View className="checkout__label">{checkout.amount}</View>
        <Amount amountFen={bill.amountFen} size="xl" />
        <KeyValue
          rows={[
            { label: checkout.bill, value: bill.title },
            { label: checkout.biller, value: biller?.name ?? kind[bill.kind] },
            { label: biller?.account.label ?? checkout.account, value: account.maskedNumber },
            { label: checkout.holder, value: account.maskedHolder },
            { label: checkout.address, value: account.maskedAddress },
            { label: checkout.total, value: amount, strong: true },
          ]}
        />
      </Card>
      {warn && (
        <Notice tone="warn" title={warn === 'first' ? checkout.firstTitle : checkout.someoneElseTitle}>
          {warn === 'first' ? checkout.firstText : checkout.someoneElseText}
        </Notice>
      )}
      {warn === 'first' && <Check label={checkout.checked} checked={isChecked} onChange={setChecked} />}
      {biller && <View className="checkout__promise">{sayPromise(biller.creditedWithinMinutes, words)}</View>}
      <AskDialog ask={page.ask} onYes={page.agree} onNo={page.decline} />
    </Screen>
  )
}

function Closed({ page, city }: Of<'closed'> & { city: CityId }) {
  const { checkout: words } = useText(paying)
  const said = {
    settled: { icon: 'check-circle', title: words.settledTitle, text: words.settledText },
    'paying-other': { icon: 'users', title: words.payingOtherTitle, text: words.payingOtherText },
    'not-payable': { icon: 'ban', title: words.notPayableTitle, text: words.notPayableText },
  } as const
  const { icon, title, text } = said[page.because]
  return (
    <Screen
      footer={
        <Button block onTap={() => platform.navigation.replace(routes.bill({ city, bill: page.bill.id }))}>
          {words.backToBill}
        </Button>
      }
    >
      <Empty icon={icon} title={title} text={text} />
    </Screen>
  )
}

function Linked({ city, bill }: { city: CityId; bill: BillId }) {
  const { checkout: words } = useText(paying)
  const page = useCheckout(city, bill)
  switch (page.status) {
    case 'loading':
      return (
        <Screen>
          <Skeleton kind="card" />
          <Skeleton kind="cell" count={3} />
        </Screen>
      )
    case 'failed':
      return (
        <Screen>
          <Failure error={page.error} onRetry={page.reload} />
        </Screen>
      )
    case 'elsewhere':
      return (
        <Screen>
          <Empty
            icon="hourglass"
            title={words.toPayment}
            action={words.seePayment}
            onAction={() => platform.navigation.replace(routes.payment({ city, payment: page.payment }))}
          />
        </Screen>
      )
    case 'cashier':
      return (
        <Screen>
          <Empty icon="wallet" title={words.opening} text={words.openingText} />
        </Screen>
      )
    case 'closed':
      return <Closed page={page} city={city} />
    case 'ready':
      return <Ready page={page} />
  }
}

function CheckoutPage() {
  const { checkout: words } = useText(paying)
  usePageTitle(words.title)
  const link = readLink(useRouter().params, ['city', 'bill'])
  return link ? <Linked city={link.city} bill={link.bill} /> : <BadLink />
}

export default guarded(CheckoutPage)
