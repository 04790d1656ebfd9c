import type { MandateBill, ProblemCode } from '../../contract/wire/types.gen'
import { addDays, dayOf, momentOf, secondsAfter } from '../words'

export type Reason = NonNullable<MandateBill['reason']>

/** At least so many whole days lie between a notice and its collection. */
export const NOTICE_DAYS = 3
/** Money is collected in the morning of its day, and tried until the evening. */
const COLLECT_AT = '10:00'
const COLLECT_HOURS = 10

/** When a bill that is announced now is collected. It leaves the host hours to take the notice. */
export const collectAtOf = (now: Date): Date => momentOf(addDays(dayOf(now), NOTICE_DAYS + 1), COLLECT_AT)

/** A notice that has not left by then is too late for its collection. */
export const noticeBy = (collectAt: Date): Date => secondsAfter(collectAt, -NOTICE_DAYS * 86_400)

/** What decides about a bill of an auto-pay before it is announced. */
type Planned = {
  /** With the fee; null where it is above what its biller takes at once. */
  amountFen: number | null
  ceilingFen: number
  /** The host's; 0 where it collects nothing any more. */
  maxFen: number
  /** Days. */
  dueOn: string | null
  endsOn: string
  collectAt: Date
}

/** Why a bill is left to the citizen, the first that holds. */
const ownReasons: readonly { reason: Reason; holds(bill: Planned): boolean }[] = [
  { reason: 'above-host-limit', holds: ({ amountFen, maxFen }) => amountFen === null || amountFen > maxFen },
  { reason: 'above-ceiling', holds: ({ amountFen, ceilingFen }) => amountFen === null || amountFen > ceilingFen },
  // Later it would cost a late fee, or does already.
  { reason: 'too-late', holds: ({ dueOn, collectAt }) => dueOn !== null && dueOn < dayOf(collectAt) },
  { reason: 'ends-before', holds: ({ endsOn, collectAt }) => endsOn < dayOf(collectAt) },
]

/** Null: it may be announced, and collected at `collectAt`. */
export const whyOwn = (bill: Planned): Reason | null => ownReasons.find(({ holds }) => holds(bill))?.reason ?? null

/** What decides about an announced bill at the moment of its collection. */
type Announced = {
  now: Date
  collectAt: Date
  amountFen: number
  ceilingFen: number
  endsOn: string
  /** When the host took the notice; null while it has not. */
  noticedAt: Date | null
}

export type Verdict = { kind: 'collect' } | { kind: 'wait' } | { kind: 'own'; reason: Reason }

/** In this order: nothing is collected that any of them forbids. */
export function verdictOf({ now, collectAt, amountFen, ceilingFen, endsOn, noticedAt }: Announced): Verdict {
  if (amountFen > ceilingFen) return { kind: 'own', reason: 'above-ceiling' }
  if (endsOn < dayOf(now)) return { kind: 'own', reason: 'ends-before' }
  if (now < collectAt) return { kind: 'wait' }
  if (noticedAt === null || noticedAt > noticeBy(collectAt)) return { kind: 'own', reason: 'not-told' }
  if (now > secondsAfter(collectAt, COLLECT_HOURS * 3600)) return { kind: 'own', reason: 'too-late' }
  return { kind: 'collect' }
}

/** What becomes of a collection that the rules of payments refuse. */
export const refusedBy: Partial<Record<ProblemCode, 'paid-elsewhere' | 'changed'>> = {
  'bill-settled': 'paid-elsewhere',
  'recently-paid': 'paid-elsewhere',
  'bill-changed': 'changed',
  // Somebody pays it, its biller or city is closed or does not answer: later the same day.
}
