import fc from 'fast-check'
import { type Confirmation, type ConfirmationEvent, confirmationAfter, isReleasable } from '@/domain/confirmation'
import type { Hold } from '@/domain/hold'
import { type AppointmentId, asId } from '@/domain/ids'

type Refusal = { kind: string; code?: string }
type State = Confirmation<Refusal>
type Event = ConfirmationEvent<Refusal>
const appointment = asId<AppointmentId>('ap-1')
const sending: State = { status: 'sending' }
const offline = { kind: 'offline' }
const limit = { kind: 'refused', code: 'booking-limit' }
const failed = (error: Refusal, state: Hold['state'] | null): Event => ({
  kind: 'failed',
  error,
  hold: state && { state, ...(state === 'confirmed' && { appointmentId: appointment }) },
})

test('S3: when no answer came, the hold says whether there is an appointment', () => {
  expect(confirmationAfter(sending, failed(offline, 'confirmed'))).toEqual({ status: 'booked', appointment })
  expect(confirmationAfter(sending, failed(offline, 'held'))).toEqual({ status: 'not-done', error: offline })
  expect(confirmationAfter(sending, failed(offline, null))).toEqual({ status: 'unsure', error: offline })
})

test('S2: a place that is gone is no refusal: it can be held again', () => {
  const states = ['released', 'expired', 'unlisted'] as const
  for (const state of states) expect(confirmationAfter(sending, failed(offline, state))).toEqual({ status: 'open' })
  expect(confirmationAfter(sending, failed({ kind: 'refused', code: 'hold-expired' }, null))).toEqual({
    status: 'open',
  })
})

test('S6: the city’s refusal stands whether or not the hold could be read, and gives way to another choice', () => {
  for (const state of ['held', null] as const) {
    const refused = confirmationAfter(sending, failed(limit, state))
    expect(refused).toEqual({ status: 'refused', error: limit })
    expect(confirmationAfter(refused, { kind: 'visitor-changed' })).toEqual({ status: 'open' })
  }
  expect(confirmationAfter(sending, { kind: 'fields-refused' })).toEqual({ status: 'open' })
})

const events: Event[] = [
  { kind: 'sent' },
  { kind: 'hold-replaced' },
  { kind: 'visitor-changed' },
  { kind: 'fields-refused' },
  ...[offline, limit].flatMap((error) => (['held', 'expired', null] as const).map((state) => failed(error, state))),
]

test('whatever comes later, what is booked stays booked', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events)), (later) => {
      const booked = confirmationAfter<Refusal>(sending, { kind: 'booked', appointment })
      expect(later.reduce(confirmationAfter, booked)).toEqual({ status: 'booked', appointment })
    }),
  )
})

test('a request that may still arrive is not forgotten because somebody else comes, but with its hold', () => {
  for (const state of [sending, { status: 'unsure', error: offline } as const]) {
    expect(confirmationAfter<Refusal>(state, { kind: 'visitor-changed' })).toBe(state)
    expect(confirmationAfter<Refusal>(state, { kind: 'hold-replaced' })).toEqual({ status: 'open' })
  }
})

test('a place is given back on leaving only when no request for it can still arrive', () => {
  const after = (event: Event) => isReleasable(confirmationAfter(sending, event))
  expect(isReleasable({ status: 'open' })).toBe(true)
  expect(isReleasable(sending)).toBe(false)
  expect(after(failed(offline, null))).toBe(false)
  expect(after(failed(offline, 'held'))).toBe(true)
  expect(after(failed(limit, null))).toBe(true)
  expect(after({ kind: 'booked', appointment })).toBe(false)
})
