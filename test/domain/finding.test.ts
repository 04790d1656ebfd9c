import { eventsOf, mostUsedFirst, readLifeEvent } from '@/domain/life-event'
import { isKeepable, mostSearches, withSearch } from '@/domain/searches'

test.each([
  '330106199001011234',
  '11010519491231002x',
  '１３８００００００００１',
  '138 0000 0001',
  '3301-0012-34565',
  'E12345678',
  '浙A12345',
  'H1234',
  'someone@example.com',
  '我的身份证号码在哪里可以换领新的呢请问一下谢谢您',
  ' ',
])('a search that may be a number of somebody, or a letter, is not kept: %s', (typed) => {
  expect(isKeepable(typed)).toBe(false)
  expect(withSearch(['电费'], typed)).toEqual(['电费'])
})

test('searches are kept newest first, each once however it was typed, ten at most', () => {
  expect(withSearch(['护照', '电费'], ' 电费 ')).toEqual(['电费', '护照'])
  expect(withSearch(['ETC', '电费'], 'ｅｔｃ')).toEqual(['ｅｔｃ', '电费'])
  const many = [...Array(mostSearches).keys()].map((n) => `事${n}`)
  expect(withSearch(many, '新')).toEqual(['新', ...many.slice(0, mostSearches - 1)])
  expect(isKeepable('12345'.slice(0, 3))).toBe(true)
})

test('events stand in the order of a life, without those that have no item or that this version does not know', () => {
  const items = [{ lifeEvents: ['bereavement', 'unlisted'] as const }, {}, { lifeEvents: ['birth'] as const }]
  expect(eventsOf(items)).toEqual(['birth', 'bereavement'])
  expect(eventsOf([])).toEqual([])
  expect(readLifeEvent('birth')).toBe('birth')
  for (const text of ['unlisted', 'moon', '', undefined, 7]) expect(readLifeEvent(text)).toBeNull()
})

test('what most come for is first; uncounted ones stay in the order of the city', () => {
  const items = [{ id: 'a' }, { id: 'b', recentVisits: 10 }, { id: 'c' }, { id: 'd', recentVisits: 500 }]
  expect(mostUsedFirst(items).map(({ id }) => id)).toEqual(['d', 'b', 'a', 'c'])
  expect(items[0]?.id).toBe('a')
})
