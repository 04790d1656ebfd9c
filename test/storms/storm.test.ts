import pg from 'pg'
import { brokenNow } from './check'
import { type Instance, startInstance, startPooler, startPostgres, until } from './machines'
import { Person, prepareTown, type Town } from './people'
import { call, createStorm, figuresOf, pause, type Storm } from './storm'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
/** Nightly: more people for longer. */
const crowd = Number(process.env.STORM_PEOPLE ?? 12)
const calmMs = Number(process.env.STORM_CALM_MS ?? 1500)
const schema = 'city_sandbox'

jest.setTimeout(600_000)

let postgres: Awaited<ReturnType<typeof startPostgres>>
let pooler: Awaited<ReturnType<typeof startPooler>>
let instances: Instance[] = []
let storm: Storm
let town: Town
let control: (path: string, body: object) => Promise<unknown>

/** Straight at PostgreSQL, with patience: it may be down just now. */
async function rows<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: postgres.databaseUrl, options: `-c search_path=${schema}` })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

beforeAll(async () => {
  postgres = await startPostgres()
  pooler = await startPooler(postgres.databaseUrl)
  const databaseUrl = pooler?.databaseUrl ?? postgres.databaseUrl
  const first = await startInstance(databaseUrl)
  instances = [first, ...(await Promise.all([startInstance(databaseUrl), startInstance(databaseUrl)]))]
  storm = createStorm(
    seed,
    instances.map(({ address }) => address),
  )
  await rows(async (client) => {
    const { rows: found } = await client.query(`select value from sandbox_state where name = 'control-token'`)
    const token: string = found[0].value
    control = async (path, body) =>
      (await call(storm, { name: 'control', method: 'POST', path: `/control${path}`, body, token }))?.body
    const pays = (paymentId: string, act: string) => control('/pay', { paymentId, act })
    town = { ...(await prepareTown(client, storm, 4 * crowd)), pays }
    await client.query(fillableDisk)
  })
}, 120_000)
afterAll(async () => {
  for (const instance of instances) instance.kill()
  pooler?.stop()
  await postgres?.stop()
}, 60_000)

/** A disk that can be full: then every write fails as PostgreSQL says it. */
const fillableDisk = `
  create table storm_disk (is_full boolean not null);
  insert into storm_disk values (false);
  create function ${schema}.refuse_when_full() returns trigger language plpgsql as $$ begin
    if (select is_full from ${schema}.storm_disk) then
      raise exception 'could not extend file "base/5/16384": No space left on device' using errcode = 'disk_full';
    end if;
    return null;
  end $$;
  ${[
    'payments',
    'payment_bills',
    'ledger',
    'vendor_orders',
    'idempotency_keys',
    'slots',
    'holds',
    'appointments',
    'sessions',
  ]
    .map(
      (table) =>
        `create trigger full_disk before insert or update on ${table} execute function ${schema}.refuse_when_full();`,
    )
    .join('\n')}`

/** Holds a place and a bill that everybody wants, for longer than anybody waits. */
async function lockRows(ms: number): Promise<void> {
  await rows(async (client) => {
    await client.query('begin')
    await client.query('select 1 from slots where id = $1 for update', [town.slotIds[0]])
    await client.query(`select 1 from bills where id like 'storm-%-1' for update`)
    await pause(ms)
  }).catch(() => undefined)
}

const cutConnections = () =>
  rows((client) =>
    client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
    ),
  )

const fillDisk = (isFull: boolean) => rows((client) => client.query('update storm_disk set is_full = $1', [isFull]))

const answered = () => [...storm.counts].reduce((sum, [what, n]) => sum + (/ 20\d$/.test(what) ? n : 0), 0)

/** Others go on meanwhile, or all do soon afterwards. */
async function phase(name: string, work: () => Promise<unknown>): Promise<void> {
  const [before, calls, began] = [answered(), storm.calls, Date.now()]
  await work()
  const during = answered() - before
  const worked = Date.now() - began
  await until(() => answered() > before + during + 5, 15_000, `answers after ${name}`)
  const after = Date.now() - began - worked
  process.stdout.write(
    `${name}: ${worked} ms, ${storm.calls - calls} calls, ${during} done; five more after ${after} ms\n`,
  )
}

async function disturb(): Promise<void> {
  await phase('calm', () => pause(calmMs))
  const locked = lockRows(6000)
  await phase('a locked place and bill', () => pause(calmMs))
  storm.mayBreak = true
  let restarted = Promise.resolve()
  await phase('kill -9 of an instance', async () => {
    instances[0]?.kill()
    await pause(calmMs)
    restarted = instances[0]?.start() ?? restarted
  })
  await locked
  await phase('lost connections', async () => {
    for (let times = 0; times < 4; times += 1) {
      await cutConnections()
      await pause(calmMs / 4)
    }
  })
  await phase('a full disk', async () => {
    await fillDisk(true)
    await pause(calmMs)
    await fillDisk(false)
  })
  await restarted
  await phase('kill -9 of PostgreSQL', async () => {
    postgres.kill()
    await until(() => rows(async () => true).catch(() => false), 30_000, 'PostgreSQL')
  })
  await control('/clock', { advanceSeconds: 400 })
  await phase('a moved clock', () => pause(calmMs))
}

test('C2: three instances on one database are killed, cut off, locked out and moved in time: nothing is half done', async () => {
  let isOver = false
  const people = Array.from({ length: crowd }, (_, at) => new Person(town, `person-${Math.floor(at / 2)}`))
  const raging = Promise.all(
    people.map(async (person) => {
      await person.begin()
      while (!isOver) await person.act()
    }),
  )
  try {
    await disturb()
  } finally {
    isOver = true
    await raging
    process.stdout.write(`SEED=${seed}, ${pooler ? 'PgBouncer' : 'no PgBouncer'}: ${figuresOf(storm)}\n`)
  }
  expect(storm.wrong).toEqual([])
  expect(await rows((client) => brokenNow(client))).toEqual([])

  // What was on its way ends by itself, by whichever instance.
  for (const seconds of [61, 601, 8000, 700, 700, 90_000, 700]) {
    await control('/clock', { advanceSeconds: seconds })
    await pause(700)
  }
  const moved = (await control('/clock', { advanceSeconds: 0 })) as { now: string }
  await until(
    async () => (await rows((client) => brokenNow(client, new Date(moved.now)))).length === 0,
    15_000,
    'an end of everything',
  ).catch(() => undefined)
  expect(await rows((client) => brokenNow(client, new Date(moved.now)))).toEqual([])
  for (const { printed } of instances) expect(printed()).not.toMatch(/TypeError|ReferenceError/)
})
