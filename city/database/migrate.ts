import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Kysely, sql } from 'kysely'
import { StartError } from '../start-error'
import type { Tables } from './tables'

/** Files of SQL, run once each in the order of their names; a released file never changes. */
export type Migrations = {
  /** Where it is noted which have run. */
  table: string
  folder: string
}

/** The City Service's own. */
export const cityMigrations: Migrations = { table: 'city_migrations', folder: path.join(__dirname, 'migrations') }

/**
 * Brings the schema up to this version in one transaction; instances that start at once wait for each other. Not kysely's Migrator: it
 * reads the tables of all schemas first, and fails when another one is dropped meanwhile.
 * @throws StartError when the schema is of a newer version: its data is left alone.
 */
export async function migrate(db: Kysely<Tables>, schema: string, { table, folder }: Migrations): Promise<void> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  const known = files.map((file) => path.parse(file).name).sort()
  const done = sql.id(schema, table)
  await sql`create table if not exists ${done} (name text primary key, done_at timestamptz not null default now())`.execute(
    db,
  )
  // The row that instances wait at.
  await sql`insert into ${done} (name) values ('') on conflict do nothing`.execute(db)
  await db.transaction().execute(async (trx) => {
    await sql`select name from ${done} where name = '' for update`.execute(trx)
    const { rows } = await sql<{ name: string }>`select name from ${done} where name <> ''`.execute(trx)
    const names = rows.map(({ name }) => name)
    const newer = names.filter((name) => !known.includes(name))
    if (newer.length > 0) {
      const what = `The database is of a newer version (${newer.join(', ')})`
      throw new StartError(`${what}: update this program. Nothing was changed`)
    }
    // Files name their tables alone.
    await sql`set local search_path = ${sql.id(schema)}`.execute(trx)
    for (const name of known.filter((each) => !names.includes(each))) {
      await sql.raw(readFileSync(path.join(folder, `${name}.sql`), 'utf8')).execute(trx)
      await sql`insert into ${done} (name) values (${name})`.execute(trx)
    }
  })
}
