import fc from 'fast-check'
import { asId, type VerificationId } from '@/domain/ids'
import { verifiable } from '@/domain/level'
import { mostAsked, notVerified, type Verifying, type VerifyingEvent, verifyingAfter } from '@/domain/verification'

const id = asId<VerificationId>('ve-1')
const other = asId<VerificationId>('ve-2')
const after = (...events: VerifyingEvent[]): Verifying => events.reduce(verifyingAfter, notVerified)
const begun: VerifyingEvent[] = [{ kind: 'sent' }, { kind: 'begun', id }, { kind: 'closed' }]
const read = (state: 'open' | 'verified' | 'refused' | 'unlisted', of = id): VerifyingEvent => ({
  kind: 'read',
  verification: { id: of, state },
})

test('only a level that a host verifies is stepped up to', () => {
  expect(['anybody', 'account', 'real-name', 'face', 'unlisted', undefined].map(verifiable)).toEqual([
    null,
    null,
    'real-name',
    'face',
    null,
    null,
  ])
})

test('the city alone verifies: a page of the host that is closed says nothing', () => {
  expect(after(...begun)).toEqual({ status: 'checking', id, asked: 0 })
  expect(after(...begun, read('verified'))).toEqual({ status: 'verified' })
  expect(after(...begun, read('refused'))).toEqual({ status: 'form', end: 'refused' })
  expect(after(...begun, read('verified', other))).toEqual({ status: 'checking', id, asked: 0 })
})

test('while the host has not decided, or says what this version does not know, it is asked so often and no more', () => {
  for (const state of ['open', 'unlisted'] as const) {
    const asked = Array.from({ length: mostAsked }, () => read(state))
    expect(after(...begun, ...asked.slice(1))).toMatchObject({ status: 'checking', asked: mostAsked - 1 })
    expect(after(...begun, ...asked)).toEqual({ status: 'form', end: 'no-result' })
    expect(after(...begun, ...asked, { kind: 'again', id })).toEqual({ status: 'checking', id, asked: 0 })
  }
})

test('a second tap while it runs begins nothing', () => {
  expect(after(...begun, { kind: 'sent' }).status).toBe('checking')
  expect(after({ kind: 'sent' }, { kind: 'closed' })).toEqual({ status: 'beginning' })
})

test('whatever comes in whatever order: verified only by the word of the city, and then for good', () => {
  const events = fc.array(
    fc.oneof(
      fc.constantFrom<VerifyingEvent>(...begun, { kind: 'not-opened' }, { kind: 'fields-refused' }),
      fc.constantFrom<VerifyingEvent>({ kind: 'again', id }, { kind: 'failed', end: 'no-answer' }),
      fc.constantFrom(read('open'), read('refused'), read('verified'), read('verified', other)),
    ),
  )
  fc.assert(
    fc.property(events, (all) => {
      let now: Verifying = notVerified
      for (const event of all) {
        const next = verifyingAfter(now, event)
        if (next.status === 'verified' && now.status !== 'verified')
          expect([now.status, event]).toEqual(['checking', read('verified')])
        if (now.status === 'verified') expect(next).toBe(now)
        now = next
      }
    }),
  )
})
