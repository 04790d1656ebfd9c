import { asId, type HallId, type HoldId, type ItemId, type WaitlistId } from '@/domain/ids'
import { msOf } from '@/domain/time'
import { openOffers, type WaitlistEntry } from '@/domain/waitlist'

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
