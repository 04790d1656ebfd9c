import { asId, type VisitorId } from '@/domain/ids'
import { fieldsToFill, type SavedVisitor } from '@/domain/visitor'

const mother: SavedVisitor = {
  id: asId<VisitorId>('sv-1'),
  maskedName: '王*英',
  maskedPhone: '139****0002',
  documentKind: 'id-card',
  maskedDocument: '1****************X',
  savedAt: '2026-11-23T10:00:00+08:00',
}
const all = ['name', 'phone', 'id-number'] as const

test('of somebody who is saved only what the city does not know is asked for', () => {
  expect(fieldsToFill(all, null, ['id-card'])).toEqual(all)
  expect(fieldsToFill(all, mother, ['id-card', 'passport'])).toEqual([])
  expect(fieldsToFill(all, { ...mother, maskedPhone: undefined }, ['id-card'])).toEqual(['phone'])
  expect(fieldsToFill(['name'], { ...mother, maskedPhone: undefined }, [])).toEqual([])
})

test('a document that is not taken for this, or that this version does not know, is asked for anew', () => {
  expect(fieldsToFill(all, mother, ['passport'])).toEqual(['id-number'])
  expect(fieldsToFill(all, { ...mother, documentKind: 'unlisted' }, ['id-card'])).toEqual(['id-number'])
  expect(fieldsToFill(all, { ...mother, documentKind: undefined }, ['id-card'])).toEqual(['id-number'])
})
