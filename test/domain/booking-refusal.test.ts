import { type BookingRefusal, bookingRefusal, canRetry } from '@/domain/booking-refusal'

test('each limit has its own name, and an unknown one the city’s own text', () => {
  const kinds = [
    'active',
    'item-day',
    'item-month',
    'visit-items',
    'unused-holds',
    'per-quarter',
    undefined,
    'constructor',
  ].map((limit) => bookingRefusal({ code: 'booking-limit', limit }))
  const expected: BookingRefusal[] = [
    'active-limit',
    'item-day-limit',
    'item-month-limit',
    'visit-items-limit',
    'unused-holds-limit',
    'other-limit',
    'other-limit',
    'other-limit',
  ]
  expect(kinds).toEqual(expected)
})

test('a code is read without its limit, and an unknown one is no limit at all', () => {
  expect(bookingRefusal({ code: 'booking-blocked', limit: 'active' })).toBe('blocked')
  expect(bookingRefusal({ code: 'waitlist-limit' })).toBe('waitlist-limit')
  expect(bookingRefusal({ code: 'overlapping-visit' })).toBe('overlap')
  expect(bookingRefusal({ code: 'city-read-only' })).toBe('maintenance')
  expect(bookingRefusal({ code: 'toString' })).toBe('other')
  expect(bookingRefusal({ code: 'account-frozen' })).toBe('other')
  expect(bookingRefusal({})).toBe('other')
})

test('only what the city did not refuse is offered again', () => {
  expect(canRetry({ kind: 'offline', retry: 'safe' })).toBe(true)
  expect(canRetry({ kind: 'busy', retry: 'after' })).toBe(true)
  expect(canRetry({ kind: 'contract-broken', retry: 'never' })).toBe(false)
  expect(canRetry({ kind: 'refused', code: 'booking-limit', retry: 'safe' })).toBe(false)
  expect(canRetry({ kind: 'city-error', code: 'city-read-only', retry: 'after' })).toBe(false)
})

test('each code of the city has its own name', () => {
  const codes = ['slot-past', 'appointment-not-open', 'hold-used', 'booking-limit']
  expect(codes.map((code) => bookingRefusal({ code }))).toEqual([
    'slot-past',
    'not-movable',
    'hold-used',
    'other-limit',
  ])
})
