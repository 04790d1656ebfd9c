import { Button } from '@/components/button'
import { Cell, CellGroup } from '@/components/cell'
import { KeyValue } from '@/components/key-value'
import { Screen } from '@/components/screen'
import { Card } from '@/components/section'
import { isPayable, payableFen } from '@/domain/bill'
import { mostBills } from '@/domain/choice'
import { asId, type BillId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import { go } from '@/lifecycle/go'
import { billIcon } from '@/parts/bill-kinds'
import { routes } from '@/routes'
import { useText } from '@/text'
import { bills as billsText } from '@/text/bills'
import { kinds } from '@/text/kinds'
import { unbound } from '@/text/unbound'
import type { Find, Step } from './use-find'

/** Whose bills they are, masked, and all that are open. */
export function FoundStep({ page, step }: { page: Find; step: Extract<Step, { kind: 'found' }> }) {
  const t = useText(unbound)
  const { status } = useText(billsText)
  const { biller, finding } = step
  const own = useText(kinds)[biller.kind]
  const { account, bills } = finding
  const { city } = page
  const payable = bills.filter(isPayable).slice(0, mostBills)
  const total = formatFen(payableFen(payable), { symbol: true })
  return (
    <Screen
      title={t.foundTitle}
      lead={t.foundLead}
      footer={
        <>
          {payable.length > 0 && (
            <Button block onTap={() => go(routes.checkout({ city, bills: payable.map(({ id }) => ({ bill: id })) }))}>
              {t.payAll(total)}
            </Button>
          )}
          <Button block kind="quiet" onTap={() => page.goTo('number')}>
            {t.check}
          </Button>
        </>
      }
    >
      <Card title={biller.name}>
        <KeyValue
          rows={[
            { label: biller.account.label, value: account.maskedNumber },
            { label: own.holder, value: account.maskedHolder },
            { label: own.address, value: account.maskedAddress },
          ]}
        />
      </Card>
      <CellGroup title={t.payable}>
        {bills.map((bill) => (
          <Cell
            key={bill.id}
            id={bill.id}
            icon={billIcon[bill.kind]}
            title={bill.title}
            tag={isPayable(bill) && bill.status === 'due' ? undefined : status[bill.status]}
            tagTone={bill.status === 'overdue' ? 'bad' : 'plain'}
            value={formatFen(bill.amountFen, { symbol: true })}
            onTap={(id) => go(routes.foundBill({ city, bill: asId<BillId>(id) }))}
          />
        ))}
      </CellGroup>
    </Screen>
  )
}
