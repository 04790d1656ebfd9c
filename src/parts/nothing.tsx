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

interface Props extends Omit<ComponentProps<typeof Empty>, 'answered'> {
  /** All of these must be fresh. */
  loads: readonly Load<unknown>[]
  onRetry: () => unknown
  /** Shown while it loads. */
  skeleton?: ComponentProps<typeof Skeleton> | undefined
}

/**
 * Instead of a list without items. It shows that there is nothing only after a fresh response; else that it is loading, or
 * failed.
 */
export function Nothing({ loads, onRetry, skeleton = { kind: 'cell', count: 2 }, ...empty }: Props) {
  const answered = answerOf(loads)
  const cut = loads.map(pageOf).find((page) => page !== null && (page.leftOut > 0 || page.next !== null))
  if (answered && cut) return <Cut page={cut} />
  if (answered) return <Empty {...empty} answered={answered} />
  const error = errorOf(loads)
  return error ? <Failure error={error} onRetry={onRetry} /> : <Skeleton {...skeleton} />
}

/** That a list goes on, or that some of it could not be read; nothing for a complete one. */
export function Cut({ page }: { page: Pick<Page<unknown>, 'next' | 'leftOut'> }) {
  const { listCut, listLeftOut } = useText(terms)
  if (page.leftOut > 0) return <Alert tone="warn">{listLeftOut(page.leftOut)}</Alert>
  return page.next === null ? null : <Alert tone="warn">{listCut}</Alert>
}

const pageOf = (load: Load<unknown>): Pick<Page<unknown>, 'next' | 'leftOut'> | null => {
  const value = load.status === 'ready' ? load.value : null
  return typeof value === 'object' && value !== null && 'leftOut' in value ? (value as Page<unknown>) : null
}

/** The proof that all loads are fresh; no loads need none. */
export const answerOf = (loads: readonly Load<unknown>[]) => {
  if (loads.length === 0) return justAnswered
  const answers = loads.map((load) => (load.status === 'ready' ? load.answered : null))
  return answers.every((answered) => answered !== null) ? (answers[0] ?? null) : null
}

/** The first error among the loads. */
export function errorOf(loads: readonly Load<unknown>[]): ServiceError | null {
  for (const load of loads) {
    const error = load.status === 'failed' ? load.error : load.status === 'ready' ? load.refreshError : undefined
    if (error) return error
  }
  return null
}
