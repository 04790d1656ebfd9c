import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import type { PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { type Database, databaseOver } from '../../city/database/database'

/** PostgreSQL inside this thread, and what a history must know of it. */
export type Store = {
  readonly database: Database
  readonly pglite: PGlite
  /** Grows with everything that is done here. */
  activity(): number
  isBusy(): boolean
  /** From now on whoever waits for the connection gets it in an order of this history's own, and each statement is told. */
  follow(history: Following | null): void
}
export type Following = { random(below: number): number; note(line: string): void }

export const schema = 'city'

/** One connection: transactions of different calls come one after the other, in any order. Within one nobody interferes. */
export async function openStore(): Promise<Store> {
  const pglite = await PGlite.create({ relaxedDurability: true })
  await pglite.exec(
    `create schema ${schema}; set search_path = ${schema}; set default_transaction_isolation = 'read committed';
     set plan_cache_mode = force_generic_plan`,
  )
  // The usual driver in front of it; statements have names, so that each is planned once.
  const driver = new pg.Client(createPgConfig(pglite) as unknown as pg.ClientConfig)
  await driver.connect()
  const names = new Map<string, string>()
  const nameOf = (sql: string): string => {
    const name = names.get(sql) ?? `s${names.size}`
    names.set(sql, name)
    return name
  }
  let activity = 0
  let isBusy = false
  let following: Following | null = null
  const waiting: (() => void)[] = []

  function next(): void {
    if (isBusy || waiting.length === 0) return
    const [first] = waiting.splice(following?.random(waiting.length) ?? 0, 1)
    isBusy = true
    first?.()
  }

  const client = {
    async query(text: unknown, values?: unknown) {
      activity += 1
      const sql = String(text)
      const parameters = Array.isArray(values) ? values : []
      following?.note(`${sql} ${JSON.stringify(parameters)}`)
      const named = parameters.length > 0 ? { name: nameOf(sql), text: sql, values: parameters } : sql
      const result = await driver.query(named)
      activity += 1
      return result
    },
    release() {
      activity += 1
      isBusy = false
      // Whoever asks at the same moment has the same chance.
      setImmediate(next)
    },
  }
  const pool = {
    connect: () =>
      new Promise<PostgresPoolClient>((resolve) => {
        activity += 1
        waiting.push(() => resolve(client as unknown as PostgresPoolClient))
        setImmediate(next)
      }),
    end: async () => undefined,
    totalCount: 1,
    idleCount: 0,
    waitingCount: 0,
  }
  return {
    database: databaseOver({ people: pool, due: pool }, schema),
    pglite,
    activity: () => activity,
    isBusy: () => isBusy || waiting.length > 0,
    follow(history) {
      following = history
    },
  }
}
