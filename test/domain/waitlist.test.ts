import { asId, type HallId, type HoldId, type ItemId, type WaitlistId } from '@/domain/ids'
import { msOf } from '@/domain/time'
import {
  canWaitFor,
  entriesToShow,
  isWaiting,
  leaveResult,
  offerOutcome,
  openOffers,
  type WaitlistEntry,
} from '@/domain/waitlist'

const entry = (id: string, change: Partial<WaitlistEntry> = {}): WaitlistEntry => ({
  id: asId<WaitlistId>(id),
  hallId: asId<HallId>('hall-1'),
  itemId: asId<ItemId>('i-1'),
  day: '2026-11-25',
  part: 'any',
  state: 'offered',
  holdId: asId<HoldId>(`h-${id}`),
  noticesSent: 1,
  createdAt: '2026-11-23T10:00:00+08:00',
  ...change,
})
const at = '2026-11-24T09:00:00+08:00'

test('an offer can be taken until its deadline, the most urgent first', () => {
  const entries = [
    entry('open-ended'),
    entry('later', { offerUntil: '2026-11-24T09:30:00+08:00' }),
    entry('soon', { offerUntil: '2026-11-24T09:00:01+08:00' }),
    entry('over', { offerUntil: at }),
    entry('waiting', { state: 'waiting' }),
    entry('without-hold', { holdId: undefined }),
  ]
  const ids = (isPaused?: boolean) => openOffers(entries, msOf(at), isPaused).map(({ id }) => id)
  expect(ids()).toEqual(['soon', 'later', 'open-ended'])
  expect(ids(true)).toEqual(['over', 'soon', 'later', 'open-ended'])
})

test('places found stand first, what has passed of late after what one waits for, older ends not at all', () => {
  const states = ['left', 'unlisted', 'waiting', 'taken', 'offered', 'passed'] as const
  const entries = states.map((state) => entry(state, { state }))
  const shown = (today: string) => entriesToShow(entries, today).map(({ state }) => state)
  expect(shown('2026-12-02')).toEqual(['offered', 'waiting', 'passed', 'unlisted'])
  expect(shown('2026-12-03')).toEqual(['offered', 'waiting', 'unlisted'])
  expect(entries.filter(isWaiting).map(({ state }) => state)).toEqual(['waiting', 'offered'])
})

test('an offer that was let go says what became of it and what follows', () => {
  const lastOffer = { startsAt: '2026-11-25T10:00:00+08:00', heldUntil: at, end: 'unanswered' as const }
  const waiting = entry('w', { state: 'waiting', holdId: undefined, noticesSent: 0 })
  const kindOf = (change: Partial<WaitlistEntry>, isPaused?: boolean) =>
    offerOutcome({ ...waiting, ...change }, msOf(at), isPaused)
  expect(kindOf({})).toBeNull()
  expect(kindOf({ lastOffer, noticesSent: 1 })).toEqual({ kind: 'waits-on', offer: lastOffer, noticesLeft: 2 })
  expect(kindOf({ state: 'passed', lastOffer, noticesSent: 3 })).toEqual({
    kind: 'ended',
    because: 'notices',
    offer: lastOffer,
  })
  expect(kindOf({ state: 'passed', noticesSent: 0 })).toEqual({ kind: 'ended', because: 'day', offer: null })
  expect(kindOf({ state: 'offered', offerUntil: '2026-11-24T09:00:01+08:00', lastOffer })).toBeNull()
  expect(kindOf({ state: 'offered', offerUntil: at })).toEqual({ kind: 'over', heldUntil: at })
  expect(kindOf({ state: 'offered', offerUntil: at }, true)).toBeNull()
  for (const state of ['taken', 'left', 'unlisted'] as const) expect(kindOf({ state, lastOffer })).toBeNull()
})

test('one waits for a full day, with one item and not to move an appointment', () => {
  const items = [asId<ItemId>('i-1')]
  const full = { kind: 'full', nextFree: null } as const
  expect(canWaitFor(full, { items, isMove: false })).toBe(true)
  expect(canWaitFor(full, { items, isMove: true })).toBe(false)
  expect(canWaitFor(full, { items: [...items, asId<ItemId>('i-2')], isMove: false })).toBe(false)
  expect(canWaitFor({ kind: 'free', free: 1 }, { items, isMove: false })).toBe(false)
  expect(canWaitFor(null, { items, isMove: false })).toBe(false)
})

test('when no answer came on leaving, the list says whether one still waits', () => {
  const id = asId<WaitlistId>('w-1')
  expect(leaveResult(null, id)).toBe('unsure')
  expect(leaveResult([], id)).toBe('left')
  expect(leaveResult([entry('w-1', { state: 'left' }), entry('w-2')], id)).toBe('left')
  expect(leaveResult([entry('w-1', { state: 'waiting' })], id)).toBe('waiting')
})
