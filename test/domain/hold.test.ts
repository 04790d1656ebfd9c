import { type Hold, holdStatus, isHeld } from '@/domain/hold'
import { asId, type CityId, type HallId, type HoldId, type ItemId, type SlotId } from '@/domain/ids'
import { msOf } from '@/domain/time'

const hold: Hold = {
  id: asId<HoldId>('h-1'),
  cityId: asId<CityId>('330100'),
  state: 'held',
  slot: {
    id: asId<SlotId>('s-1'),
    hallId: asId<HallId>('hall-1'),
    day: '2026-11-25',
    startsAt: '2026-11-25T09:00:00+08:00',
    endsAt: '2026-11-25T09:30:00+08:00',
    free: 2,
    capacity: 6,
  },
  hallName: '市民中心',
  itemId: asId<ItemId>('i-1'),
  itemName: '居民身份证换领',
  expiresAt: '2026-11-23T10:05:00+08:00',
}
const end = msOf(hold.expiresAt)

test('a hold ends at its deadline whatever its state says', () => {
  expect(isHeld(hold, end - 1)).toBe(true)
  expect(isHeld(hold, end)).toBe(false)
  expect(isHeld({ ...hold, state: 'released' }, end - 1)).toBe(false)
})

test('in maintenance the time of a hold stands still', () => {
  expect(isHeld(hold, end, true)).toBe(true)
  expect(isHeld({ ...hold, state: 'expired' }, end, true)).toBe(false)
})

test('S2: a hold counts down, stands still in maintenance, and says in which way it is over', () => {
  const status = (state: Hold['state'], nowMs = end - 1, isPaused = false) =>
    holdStatus({ ...hold, state }, nowMs, isPaused)
  expect(status('held')).toBe('counting')
  expect(status('held', end)).toBe('expired')
  expect(status('held', end, true)).toBe('paused')
  expect(status('expired')).toBe('expired')
  expect([status('released'), status('released', end, true)]).toEqual(['released', 'released'])
  expect(status('unlisted', end)).toBe('unlisted')
})
