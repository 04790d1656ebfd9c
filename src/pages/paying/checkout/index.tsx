import { useRouter } from '@tarojs/taro'
import { useMemo } from 'react'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { guarded } from '@/components/guarded'
import { Screen } from '@/components/screen'
import { Skeleton } from '@/components/skeleton'
import type { BillSelection, CheckoutLine } from '@/domain/checkout'
import type { CityId } from '@/domain/ids'
import { leave } from '@/lifecycle/leave'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { billIcon } from '@/parts/bill-kinds'
import { BadLink, Failure } from '@/parts/failure'
import { readCheckout, routes, tabs } from '@/routes'
import { useText } from '@/text'
import { checkout } from '@/text/paying/checkout'
import { CheckoutReady } from './ready'
import { useCheckout } from './use-checkout'
import './index.scss'

/** One bill that cannot be paid, and why. */
function ClosedBill({ city, line: { bill, leftOut } }: { city: CityId; line: CheckoutLine }) {
  const t = useText(checkout)
  const reasons = {
    settled: { icon: 'check-circle', title: t.settledTitle, text: t.settledText },
    'paying-other': { icon: 'users', title: t.payingOtherTitle, text: t.payingOtherText },
    'not-payable': { icon: 'ban', title: t.notPayableTitle, text: bill.notPayable ?? t.notPayableText },
    'no-amount': { icon: 'wallet', title: t.noAmountTitle, text: t.noAmountText },
  } as const
  const { icon, title, text } = reasons[leftOut ?? 'not-payable']
  return (
    <Screen
      footer={
        <Button block onTap={() => leave.replace(routes.bill({ city, bill: bill.id }))}>
          {t.backToBill}
        </Button>
      }
    >
      <Message deadEnd icon={icon} title={title} text={text} />
    </Screen>
  )
}

/** Several, none of which can be paid. */
function ClosedBills({ city, lines }: { city: CityId; lines: readonly CheckoutLine[] }) {
  const t = useText(checkout)
  return (
    <Screen
      footer={
        <Button block onTap={() => leave.back(tabs.bills)}>
          {t.backToBill}
        </Button>
      }
    >
      <Message deadEnd icon="ban" title={t.noneTitle} text={t.noneText} />
      <CellGroup>
        {lines.map(({ bill, leftOut }) => (
          <Cell
            key={bill.id}
            icon={billIcon[bill.kind]}
            title={bill.title}
            tag={leftOut ? t.leftOut[leftOut] : undefined}
            onTap={() => leave.to(routes.bill({ city, bill: bill.id }))}
          />
        ))}
      </CellGroup>
    </Screen>
  )
}

function CheckoutContent({ city, selection }: { city: CityId; selection: readonly BillSelection[] }) {
  const t = useText(checkout)
  const page = useCheckout(city, selection)
  switch (page.status) {
    case 'loading':
      return (
        <Screen>
          <Skeleton kind="card" />
          <Skeleton kind="cell" count={Math.max(3, selection.length)} />
        </Screen>
      )
    case 'failed':
      return (
        <Screen>
          <Failure error={page.error} onRetry={page.reload} />
        </Screen>
      )
    case 'settling':
      return (
        <Screen>
          <Message icon="hourglass" title={t.settlingTitle} text={t.settlingText} />
        </Screen>
      )
    case 'still-open':
      return (
        <Screen>
          <Message
            icon="hourglass"
            title={t.stillOpenTitle}
            text={t.stillOpenText}
            action={t.checkAgain}
            onAction={page.check}
          />
        </Screen>
      )
    case 'elsewhere':
      return (
        <Screen>
          <Message
            icon="hourglass"
            title={t.toPayment}
            action={t.seePayment}
            onAction={() => leave.replace(routes.payment({ city, payment: page.payment }))}
          />
        </Screen>
      )
    case 'cashier':
      return (
        <Screen>
          <Message icon="wallet" title={t.opening} text={t.openingText} />
        </Screen>
      )
    case 'closed': {
      const [only, ...others] = page.lines
      return only && others.length === 0 ? (
        <ClosedBill city={city} line={only} />
      ) : (
        <ClosedBills city={city} lines={page.lines} />
      )
    }
    case 'ready':
      return <CheckoutReady page={page} />
  }
}

function CheckoutPage() {
  const t = useText(checkout)
  usePageTitle(t.title)
  const { params } = useRouter()
  const link = useMemo(() => readCheckout(params), [params])
  return link ? <CheckoutContent city={link.city} selection={link.bills} /> : <BadLink />
}

export default guarded(CheckoutPage)
