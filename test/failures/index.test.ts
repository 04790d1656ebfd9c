import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { walkthrough } from '../../sandbox/walkthrough'
import { rows } from '.'

const tests = path.resolve(__dirname, '..')
const fileOf = (home: string) => ['.test.ts', '.test.tsx'].map((end) => path.join(tests, home + end)).find(existsSync)
const upTo = (letter: string, last: number) => Array.from({ length: last }, (_, at) => `${letter}${at + 1}`)

/** Rows that tests of a file begin with: `M1: …`, `N19, N8: …`. */
const rowsIn = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/\(\s*['"`]((?:[MSNC]\d+, )*[MSNC]\d+): /g)].flatMap(
    (match) => match[1]?.split(', ') ?? [],
  )

test('no row is missing', () => {
  expect(Object.keys(rows)).toEqual([...upTo('M', 19), ...upTo('S', 15), ...upTo('N', 20), ...upTo('C', 6)])
})

test.each(
  Object.entries(rows).flatMap(([row, { what, ...where }]) => ('home' in where ? [[row, where.home, what]] : [])),
)('%s is at home in %s: %s', (row = '', home = '') => {
  const file = fileOf(home)
  expect(file).toBeDefined()
  expect(rowsIn(file ?? '')).toContain(row)
})

const files = readdirSync(tests, { recursive: true, encoding: 'utf8' })
const named = new Set(
  files.filter((file) => /\.test\.tsx?$/.test(file)).flatMap((file) => rowsIn(path.join(tests, file))),
)

test('a row that is marked as later has no test yet, and no test names a row that is not here', () => {
  const later = Object.entries(rows).flatMap(([row, where]) => ('later' in where ? [row] : []))
  expect(later.filter((row) => named.has(row))).toEqual([])
  expect([...named].filter((row) => !(row in rows))).toEqual([])
})

test('every row that can be tried by hand is here', () => {
  expect(walkthrough.map(({ row }) => row).filter((row) => /\d/.test(row) && !(row in rows))).toEqual([])
})
