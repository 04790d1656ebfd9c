import { asId, type CityId, type HallId, type TicketId } from '@/domain/ids'
import { isTicketEnd, newerTicket, type Ticket, type TicketState, ticketPlace, ticketRule } from '@/domain/ticket'

const nowMs = Date.parse('2026-11-23T10:00:00+08:00')
const ticket = (more: Partial<Ticket> = {}): Ticket => ({
  id: asId<TicketId>('tk-1'),
  cityId: asId<CityId>('330100'),
  hall: { id: asId<HallId>('h-1'), name: '大厅', address: '路', phone: '12345', latitude: 30, longitude: 120 },
  state: 'waiting',
  version: 1,
  number: 'A024',
  day: '2026-11-23',
  ahead: 5,
  wait: { fromMinutes: 10, toMinutes: 25 },
  takenAt: '2026-11-23T09:50:00+08:00',
  countedAt: '2026-11-23T09:59:00+08:00',
  ...more,
})
const old = { countedAt: '2026-11-23T09:50:00+08:00' }

test('who is before somebody is known while the count is fresh, and never said by an old one', () => {
  expect(ticketPlace(ticket(), nowMs)).toEqual({
    kind: 'waiting',
    ahead: 5,
    isNear: false,
    wait: { fromMinutes: 10, toMinutes: 25 },
  })
  expect(ticketPlace(ticket({ ahead: 3 }), nowMs)).toMatchObject({ ahead: 3, isNear: true })
  expect(ticketPlace(ticket(old), nowMs)).toEqual({ kind: 'unknown' })
  expect(ticketPlace(ticket({ ahead: undefined }), nowMs)).toEqual({ kind: 'unknown' })
  expect(ticketPlace(ticket({ state: 'passed', ahead: 2 }), nowMs)).toEqual({ kind: 'passed', ahead: 2 })
  expect(ticketPlace(ticket({ state: 'passed', ahead: 2, ...old }), nowMs)).toEqual({ kind: 'unknown' })
})

test('a call is now while it is fresh, and was before when the count is old', () => {
  const called = { state: 'called' as const, counter: '2 号窗口' }
  expect(ticketPlace(ticket(called), nowMs)).toEqual({ kind: 'called', counter: '2 号窗口' })
  expect(ticketPlace(ticket({ ...called, ...old }), nowMs)).toEqual({ kind: 'called-before', counter: '2 号窗口' })
})

test('an open ticket can be given back, an end cannot, and a word that is not known claims neither', () => {
  for (const state of Object.keys(ticketRule) as TicketState[]) {
    const { isOpen, canReturn, canTakeAgain } = ticketRule[state]
    expect([state, isTicketEnd(state)]).toEqual([state, !isOpen])
    expect([state, canReturn]).toEqual([state, isOpen && state !== 'unlisted'])
    if (isOpen) expect([state, canTakeAgain]).toEqual([state, false])
  }
})

test('a read that was on its way does not bring back what was given back meanwhile', () => {
  const returned = ticket({ state: 'returned', version: 2 })
  expect(newerTicket(returned, ticket())).toBe(returned)
  expect(newerTicket(ticket(), returned)).toBe(returned)
  const later = ticket({ ahead: 4 })
  expect(newerTicket(ticket(), later)).toBe(later)
})
