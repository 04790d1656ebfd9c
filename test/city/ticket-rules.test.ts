import {
  callingOrder,
  isOpen,
  lineStanding,
  paceAfter,
  passing,
  type TicketEvent,
  ticketStates,
  waitOf,
} from '../../city/tickets/rules'
import type { TicketSeed } from '../../city/tickets/tables'
import type { TicketState } from '../../contract/wire/types.gen'

const rules: TicketSeed = {
  dailyNumbers: 2,
  numbersPerPerson: 3,
  calledAgainAfter: 3,
  lastMinutes: 30,
  paceSeconds: 120,
}
const waiting = (number: number) => ({ id: `w${number}`, number, state: 'waiting' as const, again_at: null })
const passed = (number: number, again_at: number) => ({ id: `p${number}`, number, state: 'passed' as const, again_at })
const ids = (tickets: { id: string }[]) => tickets.map(({ id }) => id)

test('every open ticket can be given back and ends with the day, and nothing leaves an end', () => {
  for (const [state, events] of Object.entries(ticketStates) as [TicketState, Partial<Record<TicketEvent, string>>][])
    expect([state, isOpen(state), events.return, events.midnight, events.end, Object.keys(events).length > 0]).toEqual(
      isOpen(state)
        ? [state, true, 'returned', 'expired', 'ended-by-hall', true]
        : [state, false, undefined, undefined, undefined, false],
    )
})

test('one that was passed is called again after its calls, or when nobody else is left, and once only', () => {
  expect(ids(callingOrder([waiting(9), waiting(7), waiting(8), waiting(10), passed(5, 12)], 10))).toEqual([
    'w7',
    'w8',
    'p5',
    'w9',
    'w10',
  ])
  expect(ids(callingOrder([waiting(7), passed(5, 13), passed(4, 13)], 10))).toEqual(['w7', 'p4', 'p5'])
  expect([passing(rules, 0), passing(rules, 1), passing({ calledAgainAfter: 0 }, 0)]).toEqual([
    'pass',
    'pass-for-good',
    'pass-for-good',
  ])
})

test('the order that is shown is the order in which they are called, whatever the queue', () => {
  for (let seed = 1; seed < 300; seed += 1) {
    const random = (most: number, salt: number) => (seed * 7919 + salt * 104729) % most
    const calls = random(40, 1)
    let queue = [
      ...Array.from({ length: random(8, 2) }, (_, i) => waiting(20 + i)),
      ...Array.from({ length: random(4, 3) }, (_, i) => passed(10 + i, calls + random(6, 4 + i))),
    ]
    const shown = ids(callingOrder(queue, calls))
    const called: string[] = []
    for (let now = calls; queue.length > 0; now += 1) {
      const [next] = callingOrder(queue, now)
      called.push(next?.id ?? '')
      queue = queue.filter(({ id }) => id !== next?.id)
    }
    expect(called).toEqual(shown)
  }
})

test('a wait is a range in steps of five minutes, none across the next closing', () => {
  expect(waitOf(0, 120, 60)).toEqual({ fromMinutes: 0, toMinutes: 5 })
  expect(waitOf(5, 120, 60)).toEqual({ fromMinutes: 5, toMinutes: 20 })
  expect(waitOf(5, 120, 19)).toBeUndefined()
  expect([paceAfter(100, null), paceAfter(100, 200), paceAfter(100, 3600), paceAfter(5, 0)]).toEqual([100, 120, 100, 5])
})

test('numbers are given while the hall is open, until shortly before it closes, and only as many as the day has', () => {
  const day = '2026-11-23'
  const hours = {
    closed: null,
    hours: [
      { from: '13:30', to: '17:00' },
      { from: '09:00', to: '12:00' },
    ],
    reason: null,
  }
  const line = { from_home: 0, stopped_at: null, ended_at: null, reason: null }
  const at = (time: string, more: Partial<typeof line> | { stopped_at: Date } | { ended_at: Date } = {}) => {
    const now = new Date(`${day}T${time}:00+08:00`)
    return lineStanding(day, hours, { ...line, ...more }, rules, now)
  }
  expect(
    ['08:59', '09:00', '11:59', '12:00', '13:30', '16:29', '16:30', '17:00'].map((time) => at(time).status),
  ).toEqual(['not-yet', 'open', 'open', 'pause', 'open', 'open', 'over', 'over'])
  expect(at('08:00').opensAt).toEqual(new Date(`${day}T09:00:00+08:00`))
  expect(at('12:30').opensAt).toEqual(new Date(`${day}T13:30:00+08:00`))
  expect([at('10:00').until, at('14:00').until].map((until) => until?.toISOString())).toEqual([
    '2026-11-23T04:00:00.000Z',
    '2026-11-23T08:30:00.000Z',
  ])
  expect(at('10:00', { from_home: 2 }).status).toBe('used-up')
  expect(at('10:00', { stopped_at: new Date() }).status).toBe('stopped')
  expect(at('10:00', { ended_at: new Date() }).status).toBe('over')
  const closed = { closed: { zh: '元旦', en: 'New Year' }, isWeekly: false }
  const newYear = lineStanding(day, closed, undefined, rules, new Date(`${day}T10:00:00+08:00`))
  expect([newYear.status, newYear.reason?.zh]).toEqual(['closed', '元旦'])
})
