// Read by the build (compiled) and by the commands (as they are), so it is plain.
const { readFileSync } = require('node:fs')

const path = require('node:path')

const isAddress = (value) =>
  typeof value === 'string' && /^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?(\/[\w.~-]+)*$/i.test(value)

/** A point in China; two numbers in the wrong order are none. */
const isCentre = (value) =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every((degrees) => typeof degrees === 'number') &&
  value[0] > 3 &&
  value[0] < 54 &&
  value[1] > 73 &&
  value[1] < 136

/** The adcodes of the app's directory. */
function knownAdcodes() {
  const [, table = ''] = readFileSync(path.join(__dirname, '../src/services/cities.gen.ts'), 'utf8').split(
    'cityTable = `',
  )
  return new Set(table.split('\n').map((line) => /^\d+/.exec(line)?.[0].padEnd(6, '0')))
}

/** What is wrong with one city of the file; null when nothing is. */
function faultOf(id, city, known) {
  if (!/^\d{6}$/.test(id)) return 'is no six-digit adcode'
  if (!known.has(id)) {
    const around = [`${id.slice(0, 4)}00`, `${id.slice(0, 2)}0000`].find((other) => known.has(other))
    return `is no city of the directory${around ? `; it lies in ${around}` : ''}`
  }
  if (!isAddress(city?.address)) return 'needs an https "address" that ends without a slash, a query or a space'
  if (!isCentre(city?.centre)) return 'needs a "centre" of latitude and longitude in China'
  return null
}

/** The cities in a file, by adcode. Throws an Error of one line that names the file and what is wrong. */
exports.readCities = function readCities(file) {
  let text
  let cities
  try {
    text = readFileSync(file, 'utf8')
    cities = JSON.parse(text)
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error.code ?? 'it is not JSON'}`)
  }
  if (typeof cities !== 'object' || cities === null || Object.keys(cities).length === 0)
    throw new Error(`${file} names no city`)
  const known = knownAdcodes()
  const owners = new Map()
  for (const [id, city] of Object.entries(cities)) {
    const fault = faultOf(id, city, known)
    if (fault) throw new Error(`${file}: "${id}" ${fault}`)
    // JSON keeps the last of two members with one name.
    if (text.split(`"${id}"`).length > 2) throw new Error(`${file}: "${id}" stands twice`)
    const owner = owners.get(city.address)
    if (owner) throw new Error(`${file}: "${id}" has the address of "${owner}"`)
    owners.set(city.address, id)
  }
  return cities
}

/** The line about CITY_ADDRESSES_FILE, or null when it is not set or in order. */
exports.faultOfCities = function faultOfCities(env) {
  try {
    if (env.CITY_ADDRESSES_FILE) exports.readCities(env.CITY_ADDRESSES_FILE)
    return null
  } catch (error) {
    return `CITY_ADDRESSES_FILE: ${error.message}`
  }
}
