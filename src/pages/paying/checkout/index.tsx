import { useRouter } from '@tarojs/taro'
import { useMemo } from 'react'
import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { Message } from '@/components/empty'
import { guarded } from '@/components/guarded'
import { Screen } from '@/components/screen'
import { Skeleton } from '@/components/skeleton'
import type { CityId } from '@/domain/ids'
import { leave } from '@/lifecycle/leave'
import { usePageTitle } from '@/lifecycle/use-page-title'
import { billIcon } from '@/parts/bill-kinds'
import { BadLink, Failure } from '@/parts/failure'
import { type BillSelection, readCheckout, routes, tabs } from '@/routes'
import { useText } from '@/text'
import { checkout } from '@/text/paying/checkout'
import type { Line } from './lines'
import { Ready } from './ready'
import { useCheckout } from './use-checkout'
import './index.scss'

/** One bill that cannot be paid, and why. */
function ClosedOne({ city, line: { bill, leftOut } }: { city: CityId; line: Line }) {
  const t = useText(checkout)
  const said = {
    settled: { icon: 'check-circle', title: t.settledTitle, text: t.settledText },
    'paying-other': { icon: 'users', title: t.payingOtherTitle, text: t.payingOtherText },
    'not-payable': { icon: 'ban', title: t.notPayableTitle, text: bill.notPayable ?? t.notPayableText },
    'no-amount': { icon: 'wallet', title: t.noAmountTitle, text: t.noAmountText },
  } as const
  const { icon, title, text } = said[leftOut ?? 'not-payable']
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
function ClosedAll({ city, lines }: { city: CityId; lines: readonly Line[] }) {
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

function Linked({ city, wanted }: { city: CityId; wanted: readonly BillSelection[] }) {
  const t = useText(checkout)
  const page = useCheckout(city, wanted)
  switch (page.status) {
    case 'loading':
      return (
        <Screen>
          <Skeleton kind="card" />
          <Skeleton kind="cell" count={Math.max(3, wanted.length)} />
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
        <ClosedOne city={city} line={only} />
      ) : (
        <ClosedAll city={city} lines={page.lines} />
      )
    }
    case 'ready':
      return <Ready page={page} />
  }
}

function CheckoutPage() {
  const t = useText(checkout)
  usePageTitle(t.title)
  const { params } = useRouter()
  const link = useMemo(() => readCheckout(params), [params])
  return link ? <Linked city={link.city} wanted={link.bills} /> : <BadLink />
}

export default guarded(CheckoutPage)
