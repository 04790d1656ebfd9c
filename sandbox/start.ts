import { createClock } from './clock'
import { openDatabase } from './database'
import { startEmbeddedPostgres } from './embedded'
import { createFaults } from './faults'
import { cities, seed } from './seed'
import { createServer } from './server'
import { StartError } from './start-error'
import { sweep } from './sweep'
import { createVendors } from './vendors'
import type { World } from './world'

export type SandboxOptions = {
  /** 0 takes a free one. */
  port: number
  host?: string
  /** Any PostgreSQL; without it the embedded one starts. */
  databaseUrl?: string | undefined
  /** Its tables live in a schema of their own, made anew at every start. */
  schema?: string
  /** Where the embedded PostgreSQL keeps its files; the system's temporary folder without it. */
  dataDir?: string
  /** What the city's clock shows at the start. */
  startAt?: Date
  /** New citizens find two accounts bound and a visit booked. */
  demo?: boolean
  /** Errors of ours are answered, not printed. */
  quiet?: boolean
  /** Serves the API documentation at /docs. */
  docs?: boolean
  /** How often what is due happens by itself; null: only when somebody has it happen. */
  sweepMs?: number | null
}

export type Sandbox = {
  /** `http://127.0.0.1:4180`; a city is at `<address>/<adcode>`. */
  address: string
  port: number
  world: World
  close(): Promise<void>
}

const SWEEP_MS = 500

/** A city backend for previews and tests. Fails with a `StartError`, whose message is for a person. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const host = options.host ?? '127.0.0.1'
  const embedded = options.databaseUrl === undefined ? await startEmbeddedPostgres(options.dataDir) : null
  const databaseUrl = options.databaseUrl ?? embedded?.databaseUrl ?? ''
  const database = await openDatabase(databaseUrl, options.schema ?? 'city_sandbox').catch(async (error: Error) => {
    await embedded?.stop()
    throw error
  })
  const clock = createClock(options.startAt)
  const faults = createFaults()
  const vendors = createVendors(
    database,
    clock,
    faults,
    (cityId, vendor) => `${world.address}/${cityId}/notifications/${vendor}`,
  )
  const world: World = {
    database,
    clock,
    faults,
    vendors,
    cities: cities.map((city) => ({ ...city })),
    address: '',
    demo: options.demo ?? false,
  }
  const app = await createServer(world, { quiet: options.quiet ?? false, docs: options.docs ?? false })

  async function closeAll(): Promise<void> {
    await app.close()
    await database.close({ dropSchema: embedded === null })
    await embedded?.stop()
  }

  try {
    await database.recreate()
    await database.transaction((trx) => seed(trx, clock.now()))
    world.address = await app.listen({ port: options.port, host })
  } catch (error) {
    await closeAll()
    throw startErrorOf(error, options.port)
  }

  let sweeping = Promise.resolve()
  const { sweepMs = SWEEP_MS } = options
  const timer = sweepMs === null ? undefined : setInterval(sweepNow, sweepMs)
  function sweepNow() {
    sweeping = sweeping
      .then(() => sweep(world))
      .catch((error: Error) => {
        if (!options.quiet) process.stderr.write(`sweep: ${error.message}\n`)
      })
  }

  return {
    address: world.address,
    port: Number(new URL(world.address).port),
    world,
    async close() {
      clearInterval(timer)
      await sweeping
      await closeAll()
    },
  }
}

function startErrorOf(error: unknown, port: number): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : ''
  if (code === 'EADDRINUSE') return new StartError(`Port ${port} is taken: set SANDBOX_PORT to another one`)
  if (code === 'EACCES') return new StartError(`Port ${port} may not be used by this user`)
  if (code === '53100' || code === 'ENOSPC') return new StartError('There is no space left on the disk')
  if (code === '42501') return new StartError('The user in DATABASE_URL may not create a schema')
  return error
}
