import { Kysely, PostgresDialect, type PostgresPool, sql, type Transaction } from 'kysely'
import type pg from 'pg'
import { StartError } from '../start-error'
import { isPooled, poolOf } from './connections'
import { codeOf } from './errors'
import { type Migrations, migrate } from './migrate'
import type { Tables } from './tables'

/**
 * A transaction that lost against another one and may be tried again: serialization failure, deadlock, and a row or a place that another
 * one took since this one looked, where an engine's locks wait for nobody.
 */
const LOST = ['40001', '40P01', '23505', '23514']
const ATTEMPTS = 6

/** Connections of an instance: `due` are those of what happens by itself, so that it cannot keep people waiting, nor they it. */
const CONNECTIONS = { people: 20, due: 5 }

type Work = {
  db: Kysely<Tables>
  /** Runs `work` in one transaction at READ COMMITTED, again when another one made it lose: `work` has no effect outside of it. */
  transaction<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T>
}

export type Database = Work & {
  /** The same for what happens by itself, over connections of its own. */
  due: Work
  /** Brings the schema up to this version, or creates it. @throws StartError when it is newer. */
  update(migrations: readonly Migrations[]): Promise<void>
  /** Drops the schema with all data. On request only: whoever works with the tables meanwhile loses them. */
  empty(): Promise<void>
  /** Empties every table and has `work` fill them, in one step for whoever works with them meanwhile. */
  refill(work: (trx: Transaction<Tables>) => Promise<void>): Promise<void>
  /** Connections that are open, those of them that nobody uses, and who waits for one. */
  connections(whose: 'people' | 'due'): { open: number; idle: number; waiting: number }
  close(): Promise<void>
}

/** The database or a transaction on it. A function that changes something takes this, so that callers choose the bounds. */
export type Db = Kysely<Tables> | Transaction<Tables>

/** Every statement names its schema, since behind a pooler no connection can be relied on to know it. */
export async function openDatabase(databaseUrl: string, schema: string): Promise<Database> {
  const pooled = await isPooled(databaseUrl).catch((error) => {
    throw new StartError(`PostgreSQL at ${withoutPassword(databaseUrl)} cannot be reached: ${reasonOf(error)}`)
  })
  const pools = {
    people: poolOf(databaseUrl, schema, pooled, CONNECTIONS.people),
    due: poolOf(databaseUrl, schema, pooled, CONNECTIONS.due),
  }
  return databaseOver(pools, schema)
}

/** Where connections come from, by what they are for. */
export type Pools = Record<keyof typeof CONNECTIONS, Pool>
type Pool = PostgresPool & Pick<pg.Pool, 'totalCount' | 'idleCount' | 'waitingCount'>

/** The database behind connections that the caller has. */
export function databaseOver(pools: Pools, schema: string): Database {
  const over = (pool: Pool): Kysely<Tables> =>
    new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema(schema)
  const [people, due] = [workOver(over(pools.people)), workOver(over(pools.due))]
  const { db, transaction } = people

  async function update(migrations: readonly Migrations[]): Promise<void> {
    await unlessCreatedMeanwhile(() => db.schema.createSchema(schema).ifNotExists().execute())
    for (const each of migrations) await unlessCreatedMeanwhile(() => migrate(db, schema, each))
  }

  async function refill(work: (trx: Transaction<Tables>) => Promise<void>): Promise<void> {
    const { rows } = await sql<{ tablename: string }>`select tablename from pg_tables
      where schemaname = ${schema} and tablename not like '%\\_migrations%' order by tablename`.execute(db)
    const tables = sql.join(rows.map(({ tablename }) => sql.id(schema, tablename)))
    await transaction(async (trx) => {
      await sql`truncate ${tables} restart identity`.execute(trx)
      await work(trx)
    })
  }

  return {
    ...people,
    due,
    update,
    empty: () => db.schema.dropSchema(schema).ifExists().cascade().execute(),
    refill,
    connections(whose) {
      const { totalCount: open, idleCount: idle, waitingCount: waiting } = pools[whose]
      return { open, idle, waiting }
    },
    async close() {
      await Promise.all([db.destroy(), due.db.destroy()])
    },
  }
}

const workOver = (db: Kysely<Tables>): Work => ({
  db,
  async transaction(work) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await db.transaction().setIsolationLevel('read committed').execute(work)
      } catch (error) {
        if (attempt === ATTEMPTS || !LOST.includes(codeOf(error))) throw error
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt))
      }
    }
  },
})

/** Two that create the same thing at once: one of them fails although it said "if not exists", and finds it the next time. */
async function unlessCreatedMeanwhile(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => {
    if (!['23505', '42P06', '42P07'].includes(codeOf(error))) throw error
    return work()
  })
}

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
