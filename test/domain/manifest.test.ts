import { asId, type BillerId, type CityId, type NoticeId } from '@/domain/ids'
import {
  type Biller,
  billerOf,
  currentNotices,
  hasFeature,
  isAsleep,
  type Manifest,
  type Notice,
  opensAt,
  takesActions,
  takesPayments,
} from '@/domain/manifest'
import { msOf } from '@/domain/time'

const biller: Biller = {
  id: asId<BillerId>('hz-water'),
  kind: 'water',
  name: '杭州水务',
  phone: '96390',
  account: { label: '用户号', minLength: 8, maxLength: 10, charset: 'digits', checkDigit: 'none' },
  creditedWithinMinutes: 120,
  asleep: { from: '23:30', to: '06:00' },
}

const manifest = (change: Partial<Manifest> = {}): Manifest => ({
  cityId: asId<CityId>('330100'),
  name: '杭州',
  mode: 'open',
  phone: '12345',
  notices: [],
  billers: [biller],
  features: ['accounts', 'payments'],
  promises: { refundWithinDays: 5, answerWithinDays: 3 },
  ...change,
})

const notice = (id: string, level: Notice['level'], until?: string): Notice => ({
  id: asId<NoticeId>(id),
  level,
  title: id,
  until,
})

const at = (time: string) => msOf(`2026-11-23T${time}:00+08:00`)

test('a city can do what its manifest lists', () => {
  expect(hasFeature(manifest(), 'payments')).toBe(true)
  expect(hasFeature(manifest(), 'waitlist')).toBe(false)
  expect(takesActions(manifest())).toBe(true)
  expect(takesActions(manifest({ mode: 'read-only' }))).toBe(false)
  expect(billerOf(manifest(), biller.id)).toBe(biller)
  expect(billerOf(manifest(), asId<BillerId>('hz-gas'))).toBeNull()
})

test('the gravest notice stands first and past ones are gone', () => {
  const notices = [
    notice('news-1', 'news'),
    notice('over', 'outage', '2026-11-23T10:00:00+08:00'),
    notice('news-2', 'news', '2026-12-31T23:59:59+08:00'),
    notice('warning', 'warning'),
    notice('outage', 'outage', '2026-11-23T10:00:01+08:00'),
  ]
  const shown = currentNotices(manifest({ notices }), at('10:00'))
  expect(shown.map(({ id }) => id)).toEqual(['outage', 'warning', 'news-1', 'news-2'])
})

test('a biller sleeps over midnight', () => {
  const asleep = ['23:29', '23:30', '00:00', '05:59', '06:00', '12:00'].map((time) => isAsleep(biller, at(time)))
  expect(asleep).toEqual([false, true, true, true, false, false])
})

test('a biller may also sleep at noon, or never', () => {
  const noon = { ...biller, asleep: { from: '12:00', to: '13:00' } }
  expect(['11:59', '12:00', '12:59', '13:00'].map((time) => isAsleep(noon, at(time)))).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(isAsleep({ ...biller, asleep: { from: '12:00', to: '12:00' } }, at('12:00'))).toBe(false)
  expect(isAsleep({ ...biller, asleep: undefined }, at('00:00'))).toBe(false)
})

test('payments are taken in an open city that has them', () => {
  expect(takesPayments(manifest())).toBe(true)
  expect(takesPayments(manifest({ mode: 'read-only' }))).toBe(false)
  expect(takesPayments(manifest({ features: ['accounts'] }))).toBe(false)
})

test('a biller that sleeps says when it opens, one that is awake or never sleeps says nothing', () => {
  const night = msOf('2026-11-23T23:45:00+08:00')
  expect(opensAt(biller, night)).toBe('06:00')
  expect(opensAt(biller, msOf('2026-11-23T12:00:00+08:00'))).toBeNull()
  expect(opensAt({ ...biller, asleep: undefined }, night)).toBeNull()
})

test('notices of one level stay in the order of the city', () => {
  const notices = [notice('1', 'news'), notice('2', 'warning'), notice('3', 'warning'), notice('4', 'outage')]
  expect(currentNotices(manifest({ notices }), 0).map(({ id }) => id)).toEqual(['4', '2', '3', '1'])
})
