import pg from 'pg'
import { codeOf } from './errors'

// Amounts and counts are far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** How long anybody waits for a connection or for somebody's lock; a phone gives up after 15 s. */
const WAIT_MS = 5000
const limits = {
  statement_timeout: 2 * WAIT_MS,
  lock_timeout: WAIT_MS,
  idle_in_transaction_session_timeout: 3 * WAIT_MS,
}

/** Statements have names, so that the database reads and plans each of them once a connection. */
class NamingClient extends pg.Client {
  override query(...given: unknown[]): never {
    const [text, values] = given
    const isNamed = typeof text === 'string' && Array.isArray(values) && values.length > 0
    const named = isNamed ? [{ name: nameOf(text), text, values }, ...given.slice(2)] : given
    return Reflect.apply(super.query, this, named) as never
  }
}
const names = new Map<string, string>()
function nameOf(text: string): string | undefined {
  const known = names.get(text)
  // Lists of different lengths are different texts: those beyond go without a name.
  if (known !== undefined || names.size >= 1000) return known
  const name = `s${names.size}`
  names.set(text, name)
  return name
}

const localLimits = Object.entries(limits).map(([name, ms]) => `; set local ${name} = ${ms}`)

/** A pooler gives each transaction another connection: nothing is named or set for longer than one. */
class PooledClient extends pg.Client {
  override query(...given: unknown[]): never {
    const [text, ...more] = given
    const isBegin = typeof text === 'string' && /^(begin|start transaction)/.test(text)
    const result: unknown = Reflect.apply(super.query, this, isBegin ? [text + localLimits.join(''), ...more] : given)
    // The answer to a statement that was given up would be taken for that of the next one.
    if (result instanceof Promise)
      result.catch((error) => (error.message === 'Query read timeout' ? this.end() : undefined))
    return result as never
  }
}

/**
 * Whether a pooler such as PgBouncer in transaction mode stands between: it refuses start parameters that it does not know, or drops them.
 * @throws the driver's error when nobody answers.
 */
export async function isPooled(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: WAIT_MS,
    options: '-c city.direct=on',
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query("select current_setting('city.direct', true) as direct")
    return rows[0].direct !== 'on'
  } catch (error) {
    if (codeOf(error) === '08P01') return true
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Up to `max` connections for one kind of work, so that another kind cannot use them up. */
export function poolOf(databaseUrl: string, schema: string, pooled: boolean, max: number): pg.Pool {
  // The schema is for statements written by hand: those of the City Service name it themselves.
  const options = `-c default_transaction_isolation=read\\ committed -c search_path=${schema}`
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max,
    connectionTimeoutMillis: WAIT_MS,
    // Cut off by this side, since a single statement has no limit of its own behind a pooler.
    ...(pooled ? { query_timeout: 3 * WAIT_MS } : { ...limits, options }),
    Client: pooled ? PooledClient : NamingClient,
  })
  // A connection that breaks is replaced, and what was done on it fails by itself; without listeners it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
