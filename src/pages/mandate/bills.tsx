import { Cell, CellGroup } from '@/components/cell'
import { KeyValue } from '@/components/key-value'
import { Card } from '@/components/section'
import type { CityId } from '@/domain/ids'
import { leadsTo, type Mandate, type MandateBill, nextCollection } from '@/domain/mandate'
import { formatFen } from '@/domain/money'
import { formatDate, formatMoment } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { todayIn } from '@/lifecycle/use-server-now'
import { routes } from '@/routes'
import { useJoin, useLanguage, useText } from '@/text'
import { mandate as texts } from '@/text/mandate'

interface Props {
  city: CityId
  mandate: Mandate
}

/** The next bill that will be collected, with its notice. */
export function NextCollection({ city, mandate }: Props) {
  const t = useText(texts)
  const language = useLanguage()
  const today = todayIn(city)
  const next = nextCollection(mandate)
  return (
    <Card icon="calendar" title={t.next}>
      {next ? (
        <KeyValue
          rows={[
            { label: t.nextBill, value: next.title },
            { label: t.nextAmount, value: formatFen(next.amountFen, { symbol: true }), strong: true },
            { label: t.nextOn, value: formatMoment(next.collectAt ?? '', language, today) },
            {
              label: t.noticed,
              value: next.noticedAt ? formatMoment(next.noticedAt, language, today) : t.notNoticed,
            },
          ]}
        />
      ) : (
        t.noNext
      )}
    </Card>
  )
}

/** What became of each bill; a line leads to its payment once there is one. */
export function MandateBills({ city, mandate }: Props) {
  const t = useText(texts)
  const language = useLanguage()
  const join = useJoin()
  const today = todayIn(city)
  const stateOf = ({ state, collectAt, reason }: MandateBill): string => {
    if (state === 'announced') return t.state.announced(formatDate((collectAt ?? '').slice(0, 10), language, today))
    return state === 'yours' && reason ? join([t.state.yours, t.reason[reason]], 'comma') : t.state[state]
  }
  const open = (bill: MandateBill) => {
    const to = leadsTo(bill)
    return go(to.kind === 'payment' ? routes.payment({ city, payment: to.id }) : routes.bill({ city, bill: to.id }))
  }
  return (
    <CellGroup title={t.bills} note={mandate.bills.length === 0 ? t.noBillsText : undefined}>
      {mandate.bills.length === 0 && <Cell icon="receipt" title={t.noBills} />}
      {mandate.bills.map((bill) => (
        <Cell
          key={bill.billId}
          icon="receipt"
          title={bill.title}
          note={stateOf(bill)}
          value={formatFen(bill.amountFen, { symbol: true })}
          onTap={() => open(bill)}
        />
      ))}
    </CellGroup>
  )
}
