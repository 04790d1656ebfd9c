import { BigChoice } from '@/components/big-choice'
import { type Bill, isPayable } from '@/domain/bill'
import type { CityId } from '@/domain/ids'
import { hasFeature, type Manifest, takesActions } from '@/domain/manifest'
import { formatFen, sumFen } from '@/domain/money'
import { formatDayAndRange } from '@/domain/time'
import { go } from '@/lifecycle/go'
import { todayIn } from '@/lifecycle/use-server-now'
import { Offers } from '@/parts/offers'
import { platform } from '@/platform'
import type { Load } from '@/queries/use-load'
import { routes, tabs } from '@/routes'
import type { Page } from '@/services'
import { useLanguage, useText } from '@/text'
import { elder } from '@/text/elder'
import { home } from '@/text/home'
import type { Todo } from './use-home'

interface Props {
  city: CityId
  manifest: Manifest
  todo: Todo
  /** The bills in `todo` without a payment under way. */
  unpaid: readonly Bill[]
}

/** What is due, as far as it is known; that nothing is due only after a fresh response. */
function useDue({ due }: Todo, unpaid: readonly Bill[]): { note?: string; isLate: boolean } {
  const t = useText(elder)
  if (due === null || due.status === 'loading') return { isLate: false }
  if (due.status === 'failed') return { note: t.dueUnknown, isLate: false }
  const bills = unpaid.filter(isPayable)
  if (bills.length > 0 && isCut(due.value)) return { note: t.dueMore(bills.length), isLate: false }
  if (bills.length === 0) return { isLate: false, ...noneNote(due, t.dueNone, t.dueUnknown) }
  const sum = formatFen(sumFen(bills.map(({ amountFen }) => amountFen)), { symbol: true })
  return { note: t.dueSum(bills.length, sum), isLate: bills.some(({ status }) => status === 'overdue') }
}

/** The list is not complete. */
const isCut = ({ leftOut, next }: Page<unknown>) => leftOut > 0 || next !== null

/** The note of a list without items; none while it loads. */
const noneNote = (load: Extract<Load<Page<unknown>>, { status: 'ready' }>, none: string, unknown: string) => {
  if (load.refreshError || isCut(load.value)) return { note: unknown }
  return load.answered ? { note: none } : {}
}

/** The next visit and the page that shows it; the list of visits when there is none. */
function useVisit(city: CityId, { visits }: Todo): { note?: string; go: () => unknown } {
  const t = useText(elder)
  const language = useLanguage()
  const list = () => go.tab(tabs.appointments)
  if (visits === null || visits.status === 'loading') return { go: list }
  if (visits.status === 'failed') return { note: t.visitUnknown, go: list }
  const visit = visits.value.items[0]
  if (visit === undefined) return { go: list, ...noneNote(visits, t.visitNone, t.visitUnknown) }
  const today = todayIn(city)
  return {
    note: `${formatDayAndRange(visit.slot.startsAt, visit.slot.endsAt, language, today)} ${visit.hall.name}`,
    go: () => go(routes.appointment({ city, appointment: visit.id })),
  }
}

/** Home of elder mode: pay, book, my visit, call the city. All else is behind one button beneath. */
export function SimpleHome({ city, manifest, todo, unpaid }: Props) {
  const t = useText(elder)
  const { paused } = useText(home)
  const due = useDue(todo, unpaid)
  const visit = useVisit(city, todo)
  const { waits } = todo
  return (
    <>
      {waits?.status === 'ready' && <Offers city={city} entries={waits.value} isPaused={!takesActions(manifest)} />}
      {hasFeature(manifest, 'accounts') && (
        <BigChoice
          icon="wallet"
          title={t.pay}
          note={due.note}
          tone={due.isLate ? 'bad' : 'quiet'}
          id={tabs.bills}
          onTap={go.tab}
        />
      )}
      {hasFeature(manifest, 'appointments') && (
        <>
          <BigChoice
            icon="building"
            title={t.book}
            note={takesActions(manifest) ? t.bookNote : paused}
            id={routes.find({ city })}
            onTap={go}
          />
          <BigChoice icon="calendar-check" title={t.myVisit} note={visit.note} id="" onTap={visit.go} />
        </>
      )}
      <BigChoice
        icon="phone"
        title={t.call}
        note={t.callNote(manifest.phone)}
        id={manifest.phone}
        onTap={platform.call}
      />
    </>
  )
}
