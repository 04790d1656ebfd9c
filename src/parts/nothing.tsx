import type { ComponentProps } from 'react'
import { Alert } from '@/components/alert'
import { Empty } from '@/components/empty'
import { Skeleton } from '@/components/skeleton'
import { justAnswered } from '@/domain/consistency'
import type { Load } from '@/queries/use-load'
import type { Page } from '@/services'
import type { ServiceError } from '@/services/errors'
import { useText } from '@/text'
import { terms } from '@/text/terms'
import { Failure } from './failure'

type Asked = Load<unknown>

interface Props extends Omit<ComponentProps<typeof Empty>, 'answered'> {
  /** What must have been answered: all of it. */
  loads: readonly Asked[]
  onRetry: () => unknown
  /** The place of what is being asked for. */
  skeleton?: ComponentProps<typeof Skeleton> | undefined
}

/**
 * In the place of a list without items. It says that there is nothing when the city has just answered so; else that it is
 * being asked, or could not be.
 */
export function Nothing({ loads, onRetry, skeleton = { kind: 'cell', count: 2 }, ...empty }: Props) {
  const answered = answerOf(loads)
  const cut = loads.map(pageOf).find((page) => page !== null && (page.leftOut > 0 || page.next !== null))
  if (answered && cut) return <Cut page={cut} />
  if (answered) return <Empty {...empty} answered={answered} />
  const error = errorOf(loads)
  return error ? <Failure error={error} onRetry={onRetry} /> : <Skeleton {...skeleton} />
}

/** What of a list is not shown: it goes on, or the city sent what cannot be read. Nothing for one that is complete. */
export function Cut({ page }: { page: Pick<Page<unknown>, 'next' | 'leftOut'> }) {
  const { listCut, listLeftOut } = useText(terms)
  if (page.leftOut > 0) return <Alert tone="warn">{listLeftOut(page.leftOut)}</Alert>
  return page.next === null ? null : <Alert tone="warn">{listCut}</Alert>
}

const pageOf = (load: Asked): Pick<Page<unknown>, 'next' | 'leftOut'> | null => {
  const value = load.status === 'ready' ? load.value : null
  return typeof value === 'object' && value !== null && 'leftOut' in value ? (value as Page<unknown>) : null
}

/** The proof that all of it was just answered; where nothing had to be asked, there is nothing. */
export const answerOf = (loads: readonly Asked[]) => {
  if (loads.length === 0) return justAnswered
  const answers = loads.map((load) => (load.status === 'ready' ? load.answered : null))
  return answers.every((answered) => answered !== null) ? (answers[0] ?? null) : null
}

/** What stood in the way of an answer. */
export function errorOf(loads: readonly Asked[]): ServiceError | null {
  for (const load of loads) {
    const error = load.status === 'failed' ? load.error : load.status === 'ready' ? load.refreshError : undefined
    if (error) return error
  }
  return null
}
