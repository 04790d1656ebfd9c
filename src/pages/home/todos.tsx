import { Cell, CellGroup } from '@/components/cell'
import { Empty } from '@/components/empty'
import { Notice } from '@/components/notice'
import { Skeleton } from '@/components/skeleton'
import type { Bill } from '@/domain/bill'
import { type AppointmentId, asId, type BillId, type CityId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import { dayOf, formatDate, formatDayAndRange } from '@/domain/time'
import { billIcon } from '@/pages/bill-kinds'
import { routes, tabs } from '@/pages/routes'
import type { Load } from '@/pages/use-load'
import { platform } from '@/platform'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { common } from '@/text/common'
import { home } from '@/text/home'
import type { Todo } from './use-home'

const mostBills = 3

interface Props {
  city: CityId
  load: Load<Todo>
  onRetry: () => Promise<void>
}

/** Bills due and the next visit. A part that could not be read says so; it is never shown as "nothing to do". */
export function Todos({ city, load, onRetry }: Props) {
  const words = useText(home)
  const { retry } = useText(common)
  if (load.status === 'loading') return <Skeleton kind="cell" count={2} />
  const failed = load.status === 'failed' || 'error' in load.value.bills || 'error' in load.value.visit
  const bills = load.status === 'ready' && 'value' in load.value.bills ? load.value.bills.value : []
  const visit = load.status === 'ready' && 'value' in load.value.visit ? load.value.visit.value : null
  if (!failed && bills.length === 0 && visit === null)
    return (
      <Empty
        icon="check-circle"
        title={words.todoNone}
        text={words.todoNoneText}
        action={words.addAccount}
        onAction={() => platform.navigation.to(routes.bind({ city }))}
      />
    )
  return (
    <>
      {failed && <Notice tone="warn" title={words.todoFailed} action={retry} onAction={onRetry} />}
      {(bills.length > 0 || visit) && (
        <CellGroup>
          {bills.slice(0, mostBills).map((bill) => (
            <BillCell key={bill.id} bill={bill} />
          ))}
          {bills.length > mostBills && (
            <Cell title={words.billsMore(bills.length - mostBills)} onTap={() => platform.navigation.tab(tabs.bills)} />
          )}
          {visit && <VisitCell visit={visit} city={city} />}
        </CellGroup>
      )}
    </>
  )
}

function BillCell({ bill }: { bill: Bill }) {
  const words = useText(home)
  const language = useLanguage()
  const date = bill.dueOn ? formatDate(bill.dueOn, language, dayOf(services.serverNow(bill.cityId))) : ''
  const isLate = bill.status === 'overdue'
  return (
    <Cell
      icon={billIcon[bill.kind]}
      title={bill.title}
      note={date && (isLate ? words.overdue(date) : words.due(date))}
      value={formatFen(bill.amountFen, { symbol: true })}
      valueTone={isLate ? 'bad' : 'ink'}
      id={bill.id}
      onTap={(id) => platform.navigation.to(routes.bill({ city: bill.cityId, bill: asId<BillId>(id) }))}
    />
  )
}

function VisitCell({
  visit,
  city,
}: {
  visit: NonNullable<Extract<Todo['visit'], { value: unknown }>['value']>
  city: CityId
}) {
  const words = useText(home)
  const language = useLanguage()
  const { slot, hall } = visit
  return (
    <Cell
      icon="calendar-check"
      title={`${words.visit} · ${visit.itemName}`}
      note={`${formatDayAndRange(slot.startsAt, slot.endsAt, language, dayOf(services.serverNow(city)))} ${hall.name}`}
      id={visit.id}
      onTap={(id) => platform.navigation.to(routes.appointment({ city, appointment: asId<AppointmentId>(id) }))}
    />
  )
}
