import { sql } from 'kysely'
import type { Database } from '../../city/database/database'
import { doWhatIsDue } from '../../city/due'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { citizenOf } from '../support/booking'
import { keptLog } from '../support/logs'
import { testDatabase } from '../support/sandbox'

let sandbox: Sandbox
let release: () => Promise<void>
beforeAll(async () => {
  const { release: free, ...database } = await testDatabase()
  release = free
  sandbox = await startSandbox({ port: 0, ...database, demo: true, quiet: true, sweepMs: null })
}, 100_000)
afterAll(async () => {
  await sandbox.close()
  await release()
})

/** Takes as many connections as there are until `work` is done: what comes after waits. */
async function whileFull(busy: Pick<Database, 'db' | 'transaction'>, work: () => Promise<void>): Promise<void> {
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  let begun = 0
  const all = Array.from({ length: 60 }, () =>
    busy
      .transaction(async (trx) => {
        await sql`select 1`.execute(trx)
        begun += 1
        await ended
      })
      .catch(() => undefined),
  )
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(begun).toBeGreaterThan(0)
  expect(begun).toBeLessThan(60)
  try {
    await work()
  } finally {
    end()
    await Promise.all(all)
  }
}

test('C3: what is due does not keep people from the database', async () => {
  const citizen = await citizenOf(`${sandbox.address}/330100`, 'patient')
  await whileFull(sandbox.world.database.due, async () => {
    expect(await citizen.get('/accounts')).toMatchObject({ status: 200 })
  })
})

test('C3: people do not keep what is due from the database', async () => {
  const { log, lines } = keptLog()
  // The statements of yesterday: the sandbox's vendors have their books in the same database, over the connections of people.
  await doWhatIsDue(sandbox.world)
  await whileFull(sandbox.world.database, () => doWhatIsDue({ ...sandbox.world, log }))
  expect(lines).toEqual([])
})
