import type { Booking } from '@/pages/booking/parts/create-booking'
import { isServiceError } from '@/services/errors'
import type { FaultName } from '../../../sandbox/faults'
import { type Booker, items, type Real } from './city'
import { type Reasons, strangeChanges, type Touched } from './expect'
import { asOf, type View } from './rows'

/** How well the network carries one call, and whether the phone lives through it. */
export type Network = 'good' | 'dropped' | 'lost' | 'gone' | 'killed'

const faultOf: Record<Exclude<Network, 'good'>, { name: FaultName; times: number }> = {
  // The client repeats by itself, with the same key.
  dropped: { name: 'dropped-connection', times: 2 },
  lost: { name: 'lost-answer', times: 1 },
  // Every repetition is lost too: the citizen taps again, in the same run of the app or in a new one.
  gone: { name: 'lost-answer', times: 3 },
  killed: { name: 'lost-answer', times: 3 },
}

/**
 * Acts through the app's own booking. While the app does not know what became of it the citizen taps again, after the app was
 * killed in a new run of it. `isKnown` judges what the app concludes from each response.
 */
export async function act<R>(
  real: Real,
  booker: Booker,
  operationId: string,
  network: Network,
  send: (booking: Booking) => Promise<R>,
  isKnown: (result: R) => boolean | Promise<boolean>,
): Promise<R> {
  const { faults } = real.sandbox.world
  if (network !== 'good') faults.set({ operationId, ...faultOf[network] }, true)
  try {
    const result = await send(booker.booking)
    faults.clear()
    const wasKnown = await isKnown(result)
    if (network === 'killed') booker.kill()
    if (wasKnown && network !== 'killed') return result
    const again = await send(booker.booking)
    if (!(await isKnown(again))) real.fail(`${operationId}: the app does not know what became of it on a good network`)
    return again
  } finally {
    faults.clear()
  }
}

export const codeOf = (error: unknown): string => {
  if (isServiceError(error)) return error.code ?? error.kind
  return error instanceof Error && error.name === 'ProblemError' ? error.message : String(error)
}

export type Plan<T> = {
  /** Why the city may refuse, by the rows as they were. */
  refuses(before: View): Reasons
  act(): Promise<T>
  /** What may have changed when it was done; nothing may when it was refused. */
  touches(answer: T, before: View): Touched
  /** What must be so when it was done. */
  done?(answer: T, before: View, after: View): void
}

/** Does one thing between two looks at the rows, and holds what came of it against what had to. */
export async function step<T>(real: Real, name: string, plan: Plan<T>): Promise<T | null> {
  const before = await real.current()
  const reasons = plan.refuses(before)
  const outcome = await plan.act().then(
    (answer) => ({ answer, code: 'ok' }),
    (error: unknown) => ({ answer: null, code: codeOf(error) }),
  )
  real.log.push(`${name}: ${outcome.code}`)
  real.count(`${name.split(' ')[0]} ${outcome.code}`)
  const after = await real.look()
  const expected = reasons.size > 0 ? [...reasons] : ['ok']
  if (!expected.includes(outcome.code)) real.fail(`${name} answered ${outcome.code}, not ${expected.join(' or ')}`)
  const was = asOf(before, after.now)
  const { answer } = outcome
  const touched = answer === null ? null : plan.touches(answer, was)
  const strange = strangeChanges(
    was,
    after,
    touched ?? { holds: new Set(), appointments: new Set(), missed: new Set() },
  )
  if (strange.length > 0) real.fail(`${name}: ${strange.join('\n')}`)
  if (answer !== null) plan.done?.(answer, was, after)
  return answer
}

export const pick = <T>(all: readonly T[], at: number): T => {
  const one = all[at % all.length]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}

export const itemAt = (at: number) => pick(items, at)
