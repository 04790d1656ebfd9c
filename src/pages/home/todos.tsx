import { Alert } from '@/components/alert'
import { Cell, CellGroup } from '@/components/cell'
import { Skeleton } from '@/components/skeleton'
import type { Appointment } from '@/domain/appointment'
import { type Bill, isPayable, sortBills } from '@/domain/bill'
import { type AppointmentId, asId, type BillId, type CityId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import { formatDate, formatDayAndRange } from '@/domain/time'
import { openOffers } from '@/domain/waitlist'
import { go } from '@/lifecycle/go'
import { todayIn } from '@/lifecycle/use-server-now'
import { billIcon } from '@/parts/bill-kinds'
import { Nothing } from '@/parts/nothing'
import { Offers } from '@/parts/offers'
import { valueOf } from '@/queries/use-load'
import { useUnpaid } from '@/queries/use-unpaid'
import { routes, tabs } from '@/routes'
import { services } from '@/services'
import { useLanguage, useText } from '@/text'
import { home } from '@/text/home'
import { terms } from '@/text/terms'
import type { Todo } from './use-home'

const mostBills = 3

const noBills: readonly Bill[] = []

interface Props {
  city: CityId
  todo: Todo
  isPaused: boolean
  onRetry: () => Promise<void>
}

/** Offers of the waitlist, bills due and the next visit. A part that failed is never shown as "nothing to do". */
export function Todos({ city, todo, isPaused, onRetry }: Props) {
  const t = useText(home)
  const { retry, seeAll } = useText(terms)
  const { due, visits, waits } = todo
  const loads = [due, visits, waits].filter((load): load is NonNullable<typeof load> => load !== null)
  const isReading = loads.some(({ status }) => status === 'loading')
  const hasFailed = loads.some(({ status }) => status === 'failed')
  const unpaid = useUnpaid((due && valueOf(due)?.items) ?? noBills)
  const bills = sortBills(unpaid.filter(isPayable))
  const visit = (visits && valueOf(visits)?.items[0]) ?? null
  const isCut = due?.status === 'ready' && due.value.next !== null
  const entries = (waits && valueOf(waits)) ?? []
  const hasOffers = openOffers(entries, services.serverNow(city), isPaused).length > 0
  const isNothing = bills.length === 0 && visit === null
  if (isNothing && !hasOffers && !isReading && !hasFailed)
    return (
      <Nothing
        loads={loads}
        onRetry={onRetry}
        icon="check-circle"
        title={t.todoNone}
        text={t.todoNoneText}
        action={t.addAccount}
        onAction={() => go(routes.bind({ city }))}
      />
    )
  return (
    <>
      <Offers city={city} entries={entries} isPaused={isPaused} onOver={onRetry} />
      {hasFailed && <Alert tone="warn" title={t.todoFailed} action={retry} onAction={onRetry} />}
      {!isNothing && (
        <CellGroup>
          {bills.slice(0, mostBills).map((bill) => (
            <BillCell key={bill.id} bill={bill} />
          ))}
          {(bills.length > mostBills || isCut) && (
            <Cell title={isCut ? seeAll : t.billsMore(bills.length - mostBills)} onTap={() => go.tab(tabs.bills)} />
          )}
          {visit && <VisitCell visit={visit} city={city} />}
        </CellGroup>
      )}
      {isReading && <Skeleton kind="cell" count={isNothing ? 2 : 1} />}
    </>
  )
}

function BillCell({ bill }: { bill: Bill }) {
  const t = useText(home)
  const language = useLanguage()
  const date = bill.dueOn ? formatDate(bill.dueOn, language, todayIn(bill.cityId)) : ''
  const isLate = bill.status === 'overdue'
  return (
    <Cell
      icon={billIcon[bill.kind]}
      title={bill.title}
      note={[date && (isLate ? t.overdue(date) : t.due(date)), bill.accountLabel].filter(Boolean).join('\n')}
      value={formatFen(bill.amountFen, { symbol: true })}
      valueTone={isLate ? 'bad' : 'ink'}
      id={bill.id}
      onTap={(id) => go(routes.bill({ city: bill.cityId, bill: asId<BillId>(id) }))}
    />
  )
}

function VisitCell({ visit, city }: { visit: Appointment; city: CityId }) {
  const t = useText(home)
  const language = useLanguage()
  const { slot, hall } = visit
  return (
    <Cell
      icon="calendar-check"
      title={`${t.visit} · ${visit.itemName}`}
      note={`${formatDayAndRange(slot.startsAt, slot.endsAt, language, todayIn(city))} ${hall.name}`}
      id={visit.id}
      onTap={(id) => go(routes.appointment({ city, appointment: asId<AppointmentId>(id) }))}
    />
  )
}
