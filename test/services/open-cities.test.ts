import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readCities } from '../../config/read-cities.cjs'

const file = path.join(mkdtempSync(path.join(tmpdir(), 'cities-')), 'cities.json')
const read = (text: string) => {
  writeFileSync(file, text)
  return readCities(file)
}
const one = (id: string, more: object = {}) =>
  JSON.stringify({ [id]: { address: 'https://city.example', centre: [30.27, 120.15], ...more } })
const both = (a: string, b: string) => `${a.slice(0, -1)},${b.slice(1)}`

test.each(['330100', '110000', '429004', '419001', '659001', '469001', '659012', '810000'])(
  'the directory knows %s, so it may be open',
  (id) => {
    expect(Object.keys(read(one(id)))).toEqual([id])
  },
)

test.each([
  ['an adcode that is none', one('33010'), '"33010" is no six-digit adcode'],
  ['a district', one('330106'), '"330106" is no city of the directory; it lies in 330100'],
  ['the districts of a municipality', one('110100'), '"110100" is no city of the directory; it lies in 110000'],
  ['a county-level unit that is none', one('429099'), '"429099" is no city of the directory'],
  ['a province', one('330000'), '"330000" is no city of the directory'],
  ['http', one('330100', { address: 'http://city.example' }), '"330100" needs an https "address"'],
  ['a slash at the end', one('330100', { address: 'https://city.example/' }), '"330100" needs an https "address"'],
  ['a query', one('330100', { address: 'https://city.example?a=1' }), '"330100" needs an https "address"'],
  ['a space', one('330100', { address: 'https://city.example ' }), '"330100" needs an https "address"'],
  ['no address', one('330100', { address: undefined }), '"330100" needs an https "address"'],
  ['no centre', one('330100', { centre: undefined }), '"330100" needs a "centre"'],
  ['a centre the wrong way round', one('330100', { centre: [120.15, 30.27] }), '"330100" needs a "centre"'],
  ['a centre of texts', one('330100', { centre: ['30', '120'] }), '"330100" needs a "centre"'],
  ['a centre of three', one('330100', { centre: [30, 120, 1] }), '"330100" needs a "centre"'],
  ['a city that is null', '{"330100":null}', '"330100" needs an https "address"'],
  ['one adcode twice', both(one('330100'), one('330100')), '"330100" stands twice'],
  ['two cities with one address', both(one('330100'), one('330200')), '"330200" has the address of "330100"'],
  ['no cities', '{}', 'names no city'],
  ['a list', '[]', 'names no city'],
  ['no JSON', '{', 'it is not JSON'],
])('the build refuses %s by name, in one line', (_, text, why) => {
  expect(() => read(text)).toThrow(why)
  expect(() => read(text)).toThrow(/^[^\n]+$/)
})
