import pg from 'pg'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { sweep } from '../../sandbox/sweep'
import { playCashier } from '../../sandbox/till'
import { testDatabase } from '../support/sandbox'
import { brokenNow } from './check'
import { type Lies, lie } from './lying-driver'
import { Person, prepareTown, rage } from './people'
import { createStorm, figuresOf, randomOf } from './storm'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
/** Nightly asks for more. */
const steps = Number(process.env.STORM_STEPS ?? 8)
const crowd = Number(process.env.STORM_PEOPLE ?? 12)

test.each<[string, Omit<Lies, 'random'>]>([
  ['a driver that fails a fifth of all commits, before or after doing them', { commits: 20 }],
  ['an engine whose locks wait for nobody', { optimistic: 'read committed' }],
  [
    'a serializable engine whose locks wait for nobody, and a fifth of commits',
    { optimistic: 'serializable', commits: 20 },
  ],
])(
  'C5: no invariant breaks and nobody is answered 500 over %s',
  async (name, lies) => {
    const { databaseUrl, schema, release } = await testDatabase()
    const sandbox: Sandbox = await startSandbox({ port: 0, databaseUrl, schema, quiet: true, sweepMs: null })
    const { world, address } = sandbox
    const client = new pg.Client({ connectionString: databaseUrl, options: `-c search_path=${schema}` })
    await client.connect()
    const lied = lie({ ...lies, random: randomOf(seed) })
    try {
      const storm = createStorm(seed, [address])
      const town = {
        ...(await prepareTown(client, storm, 40)),
        pays: async (id: string, act: 'pay' | 'cancel' | 'unknown-8000') => {
          const { rows } = await client.query('select * from payments where id = $1', [id])
          return playCashier(world, rows[0], act)
        },
      }
      const people = Array.from({ length: crowd }, (_, at) => new Person(town, `person-${at}`))
      let raging = true
      const sweeps = (async () => {
        for (; raging; await new Promise((resolve) => setTimeout(resolve, 300))) {
          world.clock.advance(2)
          await sweep(world)
        }
      })()
      await rage(people, steps)
      raging = false
      await sweeps
      process.stdout.write(
        `SEED=${seed} ${name}: ${lied.before} failed before, ${lied.after} after, ${lied.locks} locks not taken\n${figuresOf(storm)}\n`,
      )
      expect(storm.wrong).toEqual([])
      expect(lied.before + lied.after > 0).toBe((lies.commits ?? 0) > 0)
      expect(lied.locks > 0).toBe(lies.optimistic !== undefined)
      expect(await brokenNow(client)).toEqual([])

      lied.stop()
      // What is under way ends by itself.
      for (const seconds of [61, 601, 8000, 90_000, 700, 700, 10]) {
        world.clock.advance(seconds)
        await sweep(world)
      }
      expect(await brokenNow(client, world.clock.now())).toEqual([])
    } finally {
      lied.stop()
      await client.end()
      await sandbox.close()
      await release()
    }
  },
  600_000,
)
