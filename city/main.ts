import { attemptsIn } from './billing/legacy/attempts'
import { legacyBiller } from './billing/legacy/biller'
import { severalBillers } from './billing/several-billers'
import { createCashiers } from './cashiers/cashiers'
import type { City } from './catalogue'
import { createCatalogue } from './catalogue/cache'
import { type Database, openDatabase } from './database/database'
import { codeOf } from './database/errors'
import { cityMigrations } from './database/migrate'
import { usualLimits } from './http/call-limits'
import { createLimits } from './http/limits'
import { createIdentity } from './identity/identity'
import { createLog, type Log } from './log'
import { createMetrics } from './metrics'
import { takenNotifications } from './payments/notifications'
import type { Billers, Clock, Messages, Queues } from './ports'
import type { Service } from './service'
import { readSettings, type Settings } from './settings'
import { endOnSignals, startCity } from './start'
import { StartError } from './start-error'

/** `tsx city/main.ts`: a city's own, from its environment (`settings.ts`) and the rows of its catalogue. Nothing here is simulated. */
async function main(log: Log): Promise<void> {
  let stop = async (): Promise<void> => process.exit(143)
  endOnSignals(() => stop())

  const settings = readSettings(process.env)
  const database = await openDatabase(settings.databaseUrl, settings.schema)
  try {
    await database.update([cityMigrations])
    const service = await serviceOf(settings, database, log)
    const { host, port, watch, trustProxy, origins } = settings
    const city = await startCity(service, { host, port, watch, origins, ...(trustProxy && { trustProxy }) })
    stop = async () => {
      await city.stop()
      await database.close()
    }
    const { address, watchAddress } = city
    log.info({ address, watchAddress, cities: service.cities.map(({ id }) => id) }, 'the cities are served')
  } catch (error) {
    await database.close()
    throw codeOf(error) === 'EADDRINUSE' ? new StartError('PORT or WATCH_PORT is taken') : error
  }
}

async function serviceOf(settings: Settings, database: Database, log: Log): Promise<Service> {
  const clock = { now: () => new Date() }
  const metrics = createMetrics()
  const catalogue = createCatalogue(database, log)
  await catalogue.refresh()
  const unset = catalogue.cities.flatMap(({ id }) => (settings.cities.has(id) ? [] : `CITY_KEY_${id}`))
  if (unset.length > 0) throw new StartError(`Not set for cities of the catalogue: ${unset.join(', ')}`)
  // Its rows may come later; they are served without a new start.
  for (const id of settings.cities.keys())
    if (!catalogue.cities.some((city) => city.id === id)) log.warn({ city: id }, 'a city has no rows in the catalogue')
  return {
    ...{ database, clock, metrics, catalogue, log, keys: settings.keys, messages: noMessages, queues: noQueues },
    get cities() {
      return catalogue.cities
    },
    limits: createLimits(database, metrics, usualLimits),
    identity: createIdentity((cityId) => settings.cities.get(cityId)?.hosts ?? {}),
    cashiers: createCashiers({
      merchantsOf: (cityId) => settings.cities.get(cityId)?.merchants ?? {},
      notifyUrl: (cityId, kind) => `${settings.publicAddress}/${cityId}/notifications/${kind}`,
      taken: (cityId, kind) => takenNotifications(database, cityId, kind),
      now: clock.now,
    }),
    billers: billersOf(settings, catalogue.cities, database, clock),
  }
}

/** The old systems that the settings name; every other biller is not connected, which reads as not responding. */
function billersOf(settings: Settings, cities: readonly City[], database: Database, clock: Clock): Billers {
  const others = new Map<string, Billers>()
  const attempts = attemptsIn(database)
  for (const [cityId, { billers }] of settings.cities)
    for (const [billerId, url] of billers) {
      const biller = cities.find(({ id }) => id === cityId)?.billers.find(({ id }) => id === billerId)
      if (!biller) throw new StartError(`BILLERS_${cityId} names ${billerId}, which the catalogue does not have`)
      const { kind, name } = biller
      const title = (month: string) => ({ zh: `${name.zh} ${month}`, en: `${name.en}, ${month}` })
      others.set(`${cityId}/${billerId}`, legacyBiller({ url, billerId, kind, title, clock, attempts, closed: never }))
    }
  return severalBillers(notConnected, others)
}

/** The hours of a biller are in the catalogue. */
const never = { from: '24:00', to: '00:00' }

const missing = (what: string) => async (): Promise<never> => {
  throw new Error(`no ${what} is connected`)
}

const notConnected: Billers = {
  closedUntil: async () => null,
  lookUp: missing('biller'),
  credit: missing('biller'),
}

/** A city that sends messages puts its hosts' interface here; until then one is given up once it is of no more use, never called sent. */
const noMessages: Messages = { send: missing('sender of messages') }

/** No queueing machine counts, so nobody is told a figure. */
const noQueues: Queues = { waiting: () => null, join: () => 0, position: () => null }

const log = createLog('json')
main(log).catch((error: unknown) => {
  if (error instanceof StartError) process.stderr.write(`${error.message}\n`)
  // Anything else might quote a setting; the log masks it.
  else log.fatal({ err: error }, 'the cities do not start')
  process.exit(1)
})
