import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createCatalogue } from '../city/catalogue/cache'
import { openDatabase } from '../city/database/database'
import { cityMigrations } from '../city/database/migrate'
import { createLimits, type Figures } from '../city/http/limits'
import { createLog, type Log } from '../city/log'
import { createMetrics } from '../city/metrics'
import { type RunningCity, startCity } from '../city/start'
import { StartError } from '../city/start-error'
import { createBillers } from './billers'
import { createCityKeys } from './city-keys'
import { createClock } from './clock'
import { addControl, tokenOf } from './control'
import { startEmbeddedPostgres } from './embedded'
import { createFaults } from './faults'
import { addFaults } from './faulty-network'
import { createIdentity } from './identity'
import { createMessages } from './messages'
import { addPapers, createPapers } from './papers'
import { createQueues } from './queues'
import { createShared } from './shared'
import { seedOnce } from './state'
import { sandboxDue } from './sweep'
import { addTill } from './till'
import { createVendors } from './vendors'
import { addVerifier, createVerifier } from './verifier'
import type { World } from './world'

export type SandboxOptions = {
  /** 0 takes a free one. */
  port: number
  host?: string
  /** Any PostgreSQL; without it the embedded one starts. */
  databaseUrl?: string | undefined
  /** The schema of all its tables. */
  schema?: string
  /** Goes on with the data that is there. Without it the schema is emptied first, and dropped at the end. */
  keep?: boolean
  /** With `keep`: what is there is emptied first. */
  fresh?: boolean
  /** Where the embedded PostgreSQL keeps its files; a temporary folder without it. */
  dataDir?: string | undefined
  /** What the city's clock shows at the start. */
  startAt?: Date
  /** New citizens find two accounts bound and a visit booked. */
  demo?: boolean
  /** Billers know everybody as the holder of any account; otherwise the demo's citizens only, of the accounts that they find bound. */
  anybodyHolds?: boolean
  /** Errors of ours are answered, not printed. */
  quiet?: boolean
  /** Where else than on the terminal, or as what else than errors that a person reads. */
  log?: Log
  /** How often whom may call; without it as often as they like: tests are many people of one address. */
  limits?: Figures
  /** The port of liveness, readiness and metrics; none without it. */
  watchPort?: number
  /** Serves the API documentation at /docs. */
  docs?: boolean
  /** WeChat Pay and Alipay: `protocol` speaks with the city as the real ones do, `simulated` (the default) is called directly. */
  vendors?: 'simulated' | 'protocol'
  /** How often what is due happens by itself; null: only when somebody has it happen. */
  sweepMs?: number | null
}

export type Sandbox = {
  /** `http://127.0.0.1:4180`; a city is at `<address>/<adcode>`. */
  address: string
  port: number
  /** What the control API wants as `Authorization: Bearer …`; the control page takes it as `?token=`. */
  token: string
  /** Where liveness, readiness and metrics are; empty without `watchPort`. */
  watchAddress: string
  world: World
  close(): Promise<void>
}

const SWEEP_MS = 500
/** `npm start` waits a little longer before it ends the process. */
const STOP_MS = 5000
/** A city's instances may know of a change seconds later; a person at the control page expects it at once. */
const CATALOGUE_MS = 200

/** A city backend for previews and tests. Fails with a `StartError`, whose message is for a person. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const host = options.host ?? '127.0.0.1'
  const embedded =
    options.databaseUrl === undefined
      ? await startEmbeddedPostgres({ folder: options.dataDir, keep: options.keep ?? false })
      : null
  const databaseUrl = options.databaseUrl ?? embedded?.databaseUrl ?? ''
  const database = await openDatabase(databaseUrl, options.schema ?? 'city_sandbox').catch(async (error: Error) => {
    await embedded?.stop()
    throw error
  })
  const shared = createShared(database)
  const clock = createClock(shared)
  const faults = createFaults(shared)
  const notifyUrl = (cityId: string, vendor: string) => `${world.address}/${cityId}/notifications/${vendor}`
  const vendors = createVendors({ database, clock, faults, shared, notifyUrl }, options.vendors ?? 'simulated')
  const log = options.log ?? createLog(options.quiet ? 'none' : 'readable')
  const catalogue = createCatalogue(database, log)
  const metrics = createMetrics()
  const world: World = {
    database,
    clock,
    faults,
    shared,
    vendors,
    cashiers: vendors.cashiers,
    billers: createBillers(database, clock, faults, shared, options.anybodyHolds ?? false),
    papers: createPapers({ database, clock, faults, address: () => world.address }),
    identity: createIdentity({
      ...{ database, clock, demo: options.demo ?? false },
      verifier: createVerifier({ database, clock, faults, address: () => world.address }),
    }),
    messages: createMessages(database, clock, faults),
    queues: createQueues(clock, faults),
    keys: createCityKeys(shared),
    catalogue,
    get cities() {
      return catalogue.cities
    },
    log,
    metrics,
    limits: createLimits(database, metrics, options.limits ?? null),
    address: '',
  }
  let city: RunningCity | null = null

  async function closeAll(): Promise<void> {
    await city?.stop()
    faults.end()
    await vendors.close()
    await shared.flush().catch(() => undefined)
    if (embedded === null && !options.keep) await database.empty()
    await database.close()
    await embedded?.stop()
  }

  try {
    if (!options.keep || options.fresh) await database.empty()
    await database.update([cityMigrations, { table: 'sandbox_migrations', folder: path.join(__dirname, 'migrations') }])
    await shared.refresh(0)
    if (options.startAt && shared.get('seeded-at') === undefined) clock.set(options.startAt)
    await seedOnce(database, clock.now())
    await shared.flush()
    await shared.refresh(0)
    await catalogue.refresh()
    await vendors.start()
    const { sweepMs = SWEEP_MS, watchPort } = options
    city = await startCity(world, {
      port: options.port,
      host,
      docs: options.docs ?? false,
      watch: watchPort === undefined ? undefined : { port: watchPort, host },
      due: sandboxDue(world),
      dueMs: sweepMs,
      stopMs: STOP_MS,
      // The preview is served from another port.
      origins: ['http://127.0.0.1:*', 'http://localhost:*', 'http://localhost'],
      extend: (app) => simulate(app, world),
    })
    world.address = city.address
  } catch (error) {
    await closeAll()
    throw startErrorOf(error, options.port)
  }

  return {
    address: world.address,
    port: Number(new URL(world.address).port),
    token: tokenOf(world),
    watchAddress: city.watchAddress,
    world,
    close: closeAll,
  }
}

/** What a city does not have: faults, a till and a control page. */
function simulate(app: FastifyInstance, world: World): void {
  app.addHook('onRequest', async (_request, reply) => {
    await world.shared.refresh()
    await world.catalogue.refresh(CATALOGUE_MS)
    world.clock.tick()
    reply.header('Date', world.clock.now().toUTCString())
  })
  addFaults(app, world)
  addTill(app, world)
  addVerifier(app, world)
  addPapers(app, world)
  addControl(app, world)
}

function startErrorOf(error: unknown, port: number): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : ''
  if (code === 'EADDRINUSE') return new StartError(`Port ${port} is taken: set SANDBOX_PORT to another one`)
  if (code === 'EACCES') return new StartError(`Port ${port} may not be used by this user`)
  if (code === '53100' || code === 'ENOSPC') return new StartError('There is no space left on the disk')
  if (code === '42501') return new StartError('The user in DATABASE_URL may not create a schema')
  return error
}
