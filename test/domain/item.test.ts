import { asId, type MaterialId } from '@/domain/ids'
import { type Material, materialsFor, questionsFor, totalFee, totalMinutes } from '@/domain/item'

const paper = (id: string, change: Partial<Material> = {}): Material => ({
  id: asId<MaterialId>(id),
  name: id,
  required: true,
  ...change,
})
const namesOf = (materials: readonly Material[]) => materials.map(({ id }) => id)

test('a paper is left out only when an answer rules it out', () => {
  const when = [
    { questionId: 'who', optionIds: ['proxy', 'guardian'] },
    { questionId: 'home', optionIds: ['rented'] },
  ]
  const items = [{ materials: [paper('card'), paper('authority', { when })] }]
  expect(namesOf(materialsFor(items, {}))).toEqual(['card', 'authority'])
  expect(namesOf(materialsFor(items, { who: 'guardian' }))).toEqual(['card', 'authority'])
  expect(namesOf(materialsFor(items, { who: 'self' }))).toEqual(['card'])
  expect(namesOf(materialsFor(items, { who: 'proxy', home: 'owned' }))).toEqual(['card'])
  expect(namesOf(materialsFor(items, { who: 'proxy', home: 'rented' }))).toEqual(['card', 'authority'])
})

test('several items are prepared for once: each paper and question once, required where one item demands it', () => {
  const optional = paper('photo', { required: false })
  const items = [{ materials: [paper('card'), optional] }, { materials: [paper('photo'), paper('card')] }]
  expect(materialsFor(items, {})).toEqual([paper('card'), paper('photo')])
  expect(materialsFor([...items].reverse(), {})).toEqual([paper('photo'), paper('card')])
  const who = { id: 'who', text: '谁来办', options: [] }
  expect(questionsFor([{ questions: [who] }, {}, { questions: [who] }])).toEqual([who])
  expect(totalMinutes([{ durationMinutes: 15 }, { durationMinutes: 30 }])).toBe(45)
})

test('an item without a fee costs nothing, and other questions stay', () => {
  expect(totalFee([{ feeFen: 2000 }, {}, { feeFen: 500 }])).toBe(2500)
  expect(totalFee([{}])).toBe(0)
  const question = (id: string) => ({ id, text: id, options: [] })
  const questions = questionsFor([{ questions: [question('a'), question('b')] }, { questions: [question('a')] }])
  expect(questions.map(({ id }) => id)).toEqual(['a', 'b'])
})

test('a paper that both items demand is kept as the first one names it', () => {
  const items = [{ materials: [paper('card', { name: 'first' })] }, { materials: [paper('card', { name: 'second' })] }]
  expect(materialsFor(items, {})).toMatchObject([{ name: 'first' }])
})
