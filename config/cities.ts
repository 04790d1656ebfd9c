import path from 'node:path'
import { type OpenCity, readCities } from './read-cities.cjs'

/** By adcode. */
type OpenCities = Readonly<Record<string, OpenCity>>

const production = path.join(__dirname, 'cities.production.json')

/** Where the sandbox listens unless SANDBOX_ADDRESS says otherwise. */
export const defaultSandboxAddress = 'http://127.0.0.1:4180'

/**
 * The cities a build can talk to. Hosts accept registered domains only, so this is release-time data: a production build
 * knows the file named by CITY_ADDRESSES_FILE or config/cities.production.json; a development build knows the same cities
 * in the sandbox. A production build for the preview asks for the sandbox with CITY_ADDRESSES=sandbox.
 */
export function openCities(environment: NodeJS.ProcessEnv): OpenCities {
  if (environment.NODE_ENV === 'production' && environment.CITY_ADDRESSES !== 'sandbox')
    return readCities(environment.CITY_ADDRESSES_FILE || production)
  const base = (environment.SANDBOX_ADDRESS || defaultSandboxAddress).replace(/\/$/, '')
  const cities = Object.entries(readCities(production))
  return Object.fromEntries(cities.map(([id, city]) => [id, { ...city, address: `${base}/${id}` }]))
}

/** One member of each city, by adcode. */
export const each = <K extends keyof OpenCity>(cities: OpenCities, member: K): Record<string, OpenCity[K]> =>
  Object.fromEntries(Object.entries(cities).map(([id, city]) => [id, city[member]]))
