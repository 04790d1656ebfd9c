import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { StartError } from '../start-error'
import { type Migrations, migrate } from './migrate'
import type { Tables } from './tables'

// Amounts and counts are far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** A transaction that lost against another one and may be tried again: serialization failure, deadlock. */
const LOST = ['40001', '40P01']
const ATTEMPTS = 6
const POOL = 20
/** How long anybody waits for a connection or for somebody's lock; a phone gives up after 15 s. */
const WAIT_MS = 5000

export type Database = {
  db: Kysely<Tables>
  /** Runs `work` in one transaction at READ COMMITTED, again when another one made it lose: `work` has no effect outside of it. */
  transaction<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T>
  /** Brings the schema up to this version, or creates it. @throws StartError when it is newer. */
  update(migrations: readonly Migrations[]): Promise<void>
  /** Drops the schema with all data. On request only: whoever works with the tables meanwhile loses them. */
  empty(): Promise<void>
  /** Empties every table and has `work` fill them, in one step for whoever works with them meanwhile. */
  refill(work: (trx: Transaction<Tables>) => Promise<void>): Promise<void>
  close(): Promise<void>
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

export async function openDatabase(databaseUrl: string, schema: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    options: `-c search_path=${schema}`,
    max: POOL,
    connectionTimeoutMillis: WAIT_MS,
    statement_timeout: 2 * WAIT_MS,
    lock_timeout: WAIT_MS,
    idle_in_transaction_session_timeout: 3 * WAIT_MS,
    Client: NamingClient,
  })
  // A connection that breaks is replaced, and what was done on it fails by itself; without listeners it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end()
    throw new StartError(`PostgreSQL at ${withoutPassword(databaseUrl)} cannot be reached: ${reasonOf(error)}`)
  }
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })

  async function transaction<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await db.transaction().setIsolationLevel('read committed').execute(work)
      } catch (error) {
        if (attempt === ATTEMPTS || !LOST.includes(codeOf(error))) throw error
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt))
      }
    }
  }

  async function empty(): Promise<void> {
    await pool.query(`drop schema if exists ${schema} cascade`)
  }

  async function update(migrations: readonly Migrations[]): Promise<void> {
    await unlessCreatedMeanwhile(() => pool.query(`create schema if not exists ${schema}`))
    for (const each of migrations) await unlessCreatedMeanwhile(() => migrate(db, each))
  }

  async function refill(work: (trx: Transaction<Tables>) => Promise<void>): Promise<void> {
    const { rows } = await pool.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables
       where schemaname = $1 and tablename not like '%\\_migrations%' order by tablename`,
      [schema],
    )
    const tables = rows.map(({ name }) => name).join(', ')
    await transaction(async (trx) => {
      await sql.raw(`truncate ${tables} restart identity`).execute(trx)
      await work(trx)
    })
  }

  return {
    db,
    transaction,
    update,
    empty,
    refill,
    async close() {
      await db.destroy()
    },
  }
}

/** Two that create the same thing at once: one of them fails although it said "if not exists", and finds it the next time. */
async function unlessCreatedMeanwhile(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => {
    if (!['23505', '42P06', '42P07'].includes(codeOf(error))) throw error
    return work()
  })
}

/** PostgreSQL's five-character code of an error, or the system's (ECONNREFUSED); empty when it has none. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}

function withoutPassword(address: string): string {
  try {
    const url = new URL(address)
    return `${url.hostname}:${url.port || '5432'}${url.pathname}`
  } catch {
    return 'DATABASE_URL'
  }
}

/** The database or a transaction on it. A function that changes something takes this, so that callers choose the bounds. */
export type Db = Kysely<Tables> | Transaction<Tables>
