import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Base address of each open city's backend, by adcode. The client appends the contract's paths to it. */
type CityAddresses = Record<string, string>

const sandboxCities = ['330100', '510100', '230100', '460200']

/** Where the sandbox listens unless SANDBOX_ADDRESS says otherwise. */
const defaultSandboxAddress = 'http://127.0.0.1:4180'

/**
 * The cities a build can talk to. Hosts accept registered domains only, so this is release-time data: a development build
 * knows the sandbox, a production build the file named by CITY_ADDRESSES_FILE or config/cities.production.json.
 * A production build for the preview (`npm run build:h5` in tests) asks for the sandbox with CITY_ADDRESSES=sandbox.
 */
export function cityAddresses(environment: NodeJS.ProcessEnv): CityAddresses {
  if (environment.NODE_ENV !== 'production' || environment.CITY_ADDRESSES === 'sandbox') {
    const base = (environment.SANDBOX_ADDRESS || defaultSandboxAddress).replace(/\/$/, '')
    return Object.fromEntries(sandboxCities.map((city) => [city, `${base}/${city}`]))
  }
  return readAddresses(environment.CITY_ADDRESSES_FILE || path.join(__dirname, 'cities.production.json'))
}

function readAddresses(file: string): CityAddresses {
  const addresses: CityAddresses = {}
  for (const [city, address] of Object.entries(JSON.parse(readFileSync(file, 'utf8')))) {
    if (!/^\d{6}$/.test(city) || typeof address !== 'string' || !/^https:\/\/[^/]+(\/.*[^/])?$/.test(address)) {
      throw new Error(`${file}: "${city}" must be a six-digit adcode with an https address that ends without a slash`)
    }
    addresses[city] = address
  }
  return addresses
}
