import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { Screen } from '@/components/screen'
import type { BillSelection, CheckoutLine } from '@/domain/checkout'
import type { CityId } from '@/domain/ids'
import { go } from '@/lifecycle/go'
import { billIcon } from '@/parts/bill-kinds'
import { PageState, page } from '@/parts/page'
import { readCheckout, routes, tabs } from '@/routes'
import { useText } from '@/text'
import { checkout } from '@/text/paying/checkout'
import { CheckoutReady } from './ready'
import { type Checkout, useCheckout } from './use-checkout'
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
        <Button
          block
          onTap={() => go.replace((bill.unbound ? routes.foundBill : routes.bill)({ city, bill: bill.id }))}
        >
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
        <Button block onTap={() => go.back(tabs.bills)}>
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
            onTap={() => go((bill.unbound ? routes.foundBill : routes.bill)({ city, bill: bill.id }))}
          />
        ))}
      </CellGroup>
    </Screen>
  )
}

function CheckoutPageView({ city, bills }: { city: CityId; bills: readonly BillSelection[] }) {
  const state = useCheckout(city, bills)
  return (
    <PageState state={state} skeleton={[{ kind: 'card' }, { kind: 'cell', count: Math.max(3, bills.length) }]}>
      {(page) => <CheckoutContent city={city} page={page} />}
    </PageState>
  )
}

function CheckoutContent({ city, page }: { city: CityId; page: Exclude<Checkout, { status: 'loading' | 'failed' }> }) {
  const t = useText(checkout)
  switch (page.status) {
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
            onAction={() => go.replace(routes.payment({ city, payment: page.payment }))}
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

export default page({
  link: readCheckout,
  title: (language) => checkout[language].title,
  view: CheckoutPageView,
})
