// Read by the build (compiled) and by the commands (as they are), so it is plain.
const { readFileSync } = require('node:fs')

const isAddress = (value) => typeof value === 'string' && /^https:\/\/[^/\s]+(\/.*[^/])?$/.test(value)

const isCentre = (value) =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every((each) => typeof each === 'number') &&
  Math.abs(value[0]) <= 90 &&
  Math.abs(value[1]) <= 180

/** The cities in a file, by adcode. Throws an Error of one line that names the file and what is wrong. */
exports.readCities = function readCities(file) {
  let cities
  try {
    cities = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error.code ?? 'it is not JSON'}`)
  }
  if (typeof cities !== 'object' || cities === null || Object.keys(cities).length === 0)
    throw new Error(`${file} names no city`)
  for (const [id, city] of Object.entries(cities)) {
    if (!/^\d{6}$/.test(id) || !isAddress(city?.address) || !isCentre(city?.centre))
      throw new Error(
        `${file}: "${id}" must be a six-digit adcode with an https "address" that ends without a slash and a "centre" of latitude and longitude`,
      )
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
