import type { Selectable } from 'kysely'
import type { Database, Db } from '../city/database/database'
import { own, type SandboxTables } from './tables'

export type SharedFault = Selectable<SandboxTables['sandbox_faults']>

/** What an instance has not seen of the others is younger than this. */
const AGE_MS = 200
/** A database that is away delays nobody for longer: the copy goes on. */
const PATIENCE_MS = 500

/**
 * What all instances of a sandbox know alike, in its database. An instance reads its own copy, which costs nothing; what it changes it sees
 * at once and writes behind.
 */
export type Shared = {
  get(name: string): string | undefined
  /** Undefined removes the value. */
  set(name: string, value: string | undefined): void
  faults(): readonly SharedFault[]
  add(fault: SharedFault): void
  remove(ids: readonly string[]): void
  /** Uses up one of a fault's times, each of them once in all instances. False when none was left. */
  spend(id: string): Promise<boolean>
  /** Brings the copy up to date unless it is younger than `ageMs`. Never fails. */
  refresh(ageMs?: number): Promise<void>
  /** What was changed here is in the database afterwards. */
  flush(): Promise<void>
  /** Writes the whole copy into tables that have been emptied. */
  keep(trx: Db): Promise<void>
}

export function createShared(database: Database): Shared {
  let values = new Map<string, string>()
  let faults: SharedFault[] = []
  let readAt = 0
  let changes = 0
  const unwritten: ((db: Db) => Promise<unknown>)[] = []
  let writing: Promise<void> | null = null
  let reading: Promise<void> | null = null

  function change(write: (db: Db) => Promise<unknown>): void {
    changes += 1
    unwritten.push(write)
    flush().catch(() => undefined)
  }

  /** One after the other, in the order of the changes; what fails is tried again with the next one. */
  async function writeAll(): Promise<void> {
    for (let next = unwritten[0]; next !== undefined; next = unwritten[0]) {
      await next(database.db)
      unwritten.shift()
    }
  }

  function flush(): Promise<void> {
    if (unwritten.length === 0) return Promise.resolve()
    writing ??= writeAll().finally(() => {
      writing = null
    })
    return writing
  }

  async function read(): Promise<void> {
    await flush()
    const began = changes
    const rows = await own(database.db).selectFrom('sandbox_state').selectAll().execute()
    const on = await own(database.db).selectFrom('sandbox_faults').selectAll().orderBy('switched_on').execute()
    // What was changed here meanwhile is newer.
    if (changes !== began) return
    values = new Map(rows.map(({ name, value }) => [name, value]))
    faults = on
    readAt = Date.now()
  }

  const store = (db: Db, name: string, value: string) =>
    own(db)
      .insertInto('sandbox_state')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute()

  const shared: Shared = {
    get: (name) => values.get(name),
    set(name, value) {
      if (value === values.get(name)) return
      if (value === undefined) values.delete(name)
      else values.set(name, value)
      change((db) =>
        value === undefined
          ? own(db).deleteFrom('sandbox_state').where('name', '=', name).execute()
          : store(db, name, value),
      )
    },
    faults: () => faults,
    add(fault) {
      faults = [...faults, fault]
      change((db) => own(db).insertInto('sandbox_faults').values(fault).execute())
    },
    remove(ids) {
      if (ids.length === 0) return
      faults = faults.filter(({ id }) => !ids.includes(id))
      change((db) => own(db).deleteFrom('sandbox_faults').where('id', 'in', ids).execute())
    },
    async spend(id) {
      await flush()
      const used = await own(database.db)
        .updateTable('sandbox_faults')
        .set((set) => ({ times: set('times', '-', 1) }))
        .where('id', '=', id)
        .where('times', '>', 0)
        .returning('times')
        .executeTakeFirst()
      if (!used?.times) shared.remove([id])
      return used !== undefined
    },
    async refresh(ageMs = AGE_MS) {
      if (Date.now() - readAt < ageMs) return
      reading ??= read()
        .catch(() => undefined)
        .finally(() => {
          reading = null
        })
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE_MS)
      })
      await Promise.race([reading, patience])
      clearTimeout(timer)
    },
    flush,
    async keep(trx) {
      for (const [name, value] of values) await store(trx, name, value)
      if (faults.length > 0)
        await own(trx)
          .insertInto('sandbox_faults')
          .values([...faults])
          .execute()
    },
  }
  return shared
}
