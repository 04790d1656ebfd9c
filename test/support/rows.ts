import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Tables } from '../../city/database/tables'
import { type TestSandbox, testDatabase } from './sandbox'

/** The rows of a sandbox that runs in another process. */
export async function openRows(sandbox: TestSandbox): Promise<{ db: Kysely<Tables>; close(): Promise<void> }> {
  const { databaseUrl, release } = await testDatabase()
  const pool = new pg.Pool({ connectionString: databaseUrl, options: `-c search_path=${sandbox.schema}`, max: 4 })
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    close: async () => {
      await db.destroy()
      await release()
    },
  }
}
