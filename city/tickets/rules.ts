import type { TicketLine, TicketRules, TicketState, TicketWait } from '../../contract/wire/types.gen'
import type { HallDay } from '../booking/slot-plan'
import { momentOf, secondsAfter, type Words } from '../words'
import type { LineRow, TicketRow, TicketSeed } from './tables'

/** Every decision about a queue of numbers (取号、叫号、过号), as tables and pure functions. */

export type TicketEvent = 'call' | 'serve' | 'pass' | 'pass-for-good' | 'return' | 'end' | 'midnight'

const endings = { return: 'returned', end: 'ended-by-hall', midnight: 'expired' } as const

/** What each event makes of a ticket; nothing leaves a state without events. */
export const ticketStates: Record<TicketState, Partial<Record<TicketEvent, TicketState>>> = {
  waiting: { call: 'called', ...endings },
  called: { serve: 'served', pass: 'passed', 'pass-for-good': 'void', ...endings },
  passed: { call: 'called', ...endings },
  served: {},
  returned: {},
  void: {},
  'ended-by-hall': {},
  expired: {},
}

export const openStates = ['waiting', 'called', 'passed'] as const satisfies readonly TicketState[]

export const isOpen = (state: TicketState): boolean => openStates.some((open) => open === state)

/** Who was not there is called once more, where the hall's rule has it; a second time the number is void. */
export const passing = (rules: Pick<TicketSeed, 'calledAgainAfter'>, timesPassed: number): TicketEvent =>
  rules.calledAgainAfter > 0 && timesPassed === 0 ? 'pass' : 'pass-for-good'

type Queued = Pick<TicketRow, 'id' | 'number' | 'state' | 'again_at'>

/**
 * Those who are still to be called, in the order in which they will be if nobody leaves. One that was passed comes when its calls are over, or
 * when nobody else is left; the others come by their numbers.
 */
export function callingOrder<Ticket extends Queued>(tickets: readonly Ticket[], calls: number): Ticket[] {
  const waiting = tickets.filter(({ state }) => state === 'waiting').sort((a, b) => a.number - b.number)
  const passed = tickets
    .filter(({ state }) => state === 'passed')
    .sort((a, b) => (a.again_at ?? 0) - (b.again_at ?? 0) || a.number - b.number)
  const order: Ticket[] = []
  for (let w = 0, p = 0; w < waiting.length || p < passed.length; ) {
    const again = passed[p]
    const isDue = again !== undefined && (again.again_at ?? 0) <= calls + order.length
    const next = again !== undefined && (isDue || w === waiting.length) ? again : waiting[w]
    if (next === undefined) break
    if (next === again) p += 1
    else w += 1
    order.push(next)
  }
  return order
}

const noCallsSeconds = 15 * 60

/** How long a call takes, after one more: the last five or so weigh most. A pause at noon says nothing. */
export const paceAfter = (paceSeconds: number, sinceLastCall: number | null): number =>
  sinceLastCall === null || sinceLastCall > noCallsSeconds
    ? paceSeconds
    : Math.max(5, Math.round(paceSeconds * 0.8 + sinceLastCall * 0.2))

const roundDown = (minutes: number) => Math.floor(minutes / 5) * 5
const roundUp = (minutes: number) => Math.max(5, Math.ceil(minutes / 5) * 5)

/** An honest range; none when it does not end before the hall next closes its counters. */
export function waitOf(ahead: number, paceSeconds: number, minutesLeft: number): TicketWait | undefined {
  const fromMinutes = roundDown((ahead * paceSeconds * 0.7) / 60)
  const toMinutes = roundUp(((ahead + 1) * paceSeconds * 1.4) / 60)
  return toMinutes <= Math.min(minutesLeft, 1440) ? { fromMinutes, toMinutes } : undefined
}

type Standing = Pick<TicketLine, 'status'> & { reason?: Words; opensAt?: Date; until?: Date; minutesLeft: number }

/** Whether a number is given from home now, by the hall's hours of the day, its rules and what it has given. */
export function lineStanding(
  day: string,
  hallDay: HallDay,
  line: Pick<LineRow, 'from_home' | 'stopped_at' | 'ended_at' | 'reason'> | undefined,
  rules: TicketSeed,
  now: Date,
): Standing {
  const reason = line?.reason ? { reason: line.reason } : {}
  if (hallDay.closed !== null) return { status: 'closed', reason: hallDay.closed, minutesLeft: 0 }
  if (line?.ended_at) return { status: 'over', ...reason, minutesLeft: 0 }
  const windows = hallDay.hours
    .map(({ from, to }) => ({ from: momentOf(day, from), to: momentOf(day, to) }))
    .sort((a, b) => a.from.getTime() - b.from.getTime())
  const last = windows.at(-1)
  const until = last && secondsAfter(last.to, -rules.lastMinutes * 60)
  if (!until || now >= until) return { status: 'over', minutesLeft: minutesTo(windows.find(holds(now))?.to, now) }
  const open = windows.find(holds(now))
  if (open === undefined) {
    const next = windows.find(({ from }) => now < from)
    const status = next === windows[0] ? 'not-yet' : 'pause'
    return { status, ...(next && { opensAt: next.from }), minutesLeft: 0 }
  }
  const minutesLeft = minutesTo(open.to, now)
  if (line?.stopped_at) return { status: 'stopped', ...reason, minutesLeft }
  if ((line?.from_home ?? 0) >= rules.dailyNumbers) return { status: 'used-up', minutesLeft }
  return { status: 'open', until: open === last ? until : open.to, minutesLeft }
}

const holds =
  (now: Date) =>
  ({ from, to }: { from: Date; to: Date }): boolean =>
    from <= now && now < to
const minutesTo = (to: Date | undefined, now: Date): number => (to ? (to.getTime() - now.getTime()) / 60_000 : 0)

/** What the app need not know stays here. */
export const ticketRulesBody = ({ lastMinutes: _, paceSeconds: __, ...rules }: TicketSeed): TicketRules => rules

/** How it is called out: A024. */
export const numberText = (number: number): string => `A${String(number).padStart(3, '0')}`
