import { readFileSync } from 'node:fs'
import path from 'node:path'
import { mistakes } from './mistakes.mjs'

/** The mistakes themselves are planted by `node test/planted/plant.mjs`, which takes its time. */

const root = path.join(__dirname, '..', '..')
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')

test.each(mistakes)('this mistake can still be planted, and its test is there: $name', ({ edits, killer }) => {
  for (const [file, find, put] of edits) {
    expect({ file, find, times: read(file).split(find).length - 1 }).toEqual({ file, find, times: 1 })
    expect(put).not.toBe(find)
  }
  if (typeof killer === 'string') return expect(killer).toBe('types')
  for (const file of killer.files) expect(read(file)).toContain('test(')
})

test('no mistake is listed twice', () => {
  expect(new Set(mistakes.map(({ name }) => name)).size).toBe(mistakes.length)
})
