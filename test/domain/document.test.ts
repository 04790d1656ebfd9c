import { type DocumentKind, documentKindsFor, documentProblem, type KnownDocument } from '@/domain/document'
import { normalise } from '@/domain/typed'
import { documentProblem as cityProblem, maskDocument, takesDocument } from '../../city/booking/documents'
import examples from '../../contract/document-examples.json'

const { today } = examples
const kinds = Object.entries(examples.documents) as [KnownDocument, { good: string[]; bad: string[] }][]
const good = kinds.flatMap(([kind, { good }]) => good.map((number) => [kind, number] as const))
const bad = kinds.flatMap(([kind, { bad }]) => bad.map((number) => [kind, number] as const))

test.each(good)('N14: %s %s is taken by the phone and by the city', (kind, number) => {
  expect(documentProblem(kind, number, today)).toBeNull()
  expect(cityProblem(kind, number, today)).toBeNull()
})

test.each(bad)('N14: %s %s is refused by the phone and by the city', (kind, number) => {
  expect(documentProblem(kind, normalise('document-number', number), today)).toEqual(expect.any(String))
  expect(cityProblem(kind, normalise('document-number', number), today)).not.toBeNull()
})

test('N14: what is wrong with an identity number is named', () => {
  expect(documentProblem('id-card', '', today)).toBe('empty')
  expect(documentProblem('id-card', '110105491231002', today)).toBe('first-cards')
  expect(documentProblem('id-card', '11010519491231', today)).toBe('shape')
  expect(documentProblem('id-card', '330102199002291234', today)).toBe('birthday')
  expect(documentProblem('id-card', '110105194912310021', today)).toBe('check-character')
  // Born today in Shanghai, and not before.
  expect(documentProblem('id-card', '650100202611230011', '2026-11-22')).toBe('birthday')
})

test('N14: a number is refused as another kind of document', () => {
  for (const [kind, number] of good.filter(([kind]) => kind !== 'foreign-passport'))
    for (const [other] of kinds.filter(([other]) => other !== kind && other !== 'foreign-passport'))
      expect([other, number, documentProblem(other, number, today)]).not.toEqual([other, number, null])
})

test('N14: the kinds to choose from are the city’s, less what an item does not take', () => {
  const city = { documentKinds: ['id-card', 'passport', 'unlisted'] as DocumentKind[] }
  expect(documentKindsFor({}, [])).toEqual(['id-card'])
  expect(documentKindsFor(city, [{}])).toEqual(['id-card', 'passport'])
  expect(documentKindsFor(city, [{ documentKinds: ['passport'] }, {}])).toEqual(['passport'])
  expect(documentKindsFor(city, [{ documentKinds: ['passport'] }, { documentKinds: ['id-card'] }])).toEqual(['id-card'])
  expect(documentKindsFor({ documentKinds: ['unlisted'] }, [])).toEqual(['id-card'])
  expect(takesDocument('passport', {}, [])).toBe(false)
  expect(takesDocument('passport', { documentKinds: ['passport'] }, [{ documentKinds: ['id-card'] }])).toBe(false)
  expect(takesDocument('passport', { documentKinds: ['passport'] }, [{ documentKinds: null }])).toBe(true)
})

test('N14: of a number only its ends are kept', () => {
  expect(maskDocument('id-card', '11010519491231002X')).toBe('1****************X')
  expect(maskDocument('passport', 'E12345678')).toBe('E******78')
  expect(maskDocument('hk-macao-permit', 'H12345678')).toBe('H******78')
  expect(maskDocument('taiwan-permit', '01234567')).toBe('0*****67')
  expect(maskDocument('foreign-passport', '12345')).toBe('1****45')
})
