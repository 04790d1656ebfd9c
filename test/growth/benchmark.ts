// npm run growth: what main calls cost in a city of 1,000 citizens and in one of 100,000, each with ten bills, nine payments and a visit.
import pg from 'pg'
import { startEmbeddedPostgres } from '../../sandbox/embedded'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { sweep } from '../../sandbox/sweep'
import { signIn, type TestCitizen } from '../support/citizen'
import { grow, makeDays } from './grow'
import { type Step, walkMainCalls } from './walk'

const CITY = '330100'
const START = new Date('2026-11-23T10:00:00+08:00')
const ROUNDS = 30
const WARM = 16
const TESTERS = 8

type City = { sandbox: Sandbox; testers: TestCitizen[]; times: Map<string, number[]> }

async function cityOf(databaseUrl: string, people: number): Promise<City> {
  const schema = `growth_${people}`
  const sandbox = await startSandbox({
    port: 0,
    databaseUrl,
    schema,
    startAt: START,
    quiet: true,
    sweepMs: null,
    anybodyHolds: true,
  })
  const base = `${sandbox.address}/${CITY}`
  const testers = await Promise.all(Array.from({ length: TESTERS }, (_, at) => signIn(base, `tester-${at}`)))
  await makeDays(base)
  const client = new pg.Client({ connectionString: databaseUrl, options: `-c search_path=${schema}` })
  await client.connect()
  const begun = Date.now()
  const citizens = testers.map(({ citizenId }) => citizenId)
  await grow(client, { cityId: CITY, citizens, people, now: sandbox.world.clock.now() })
  process.stdout.write(`${people} citizens made in ${((Date.now() - begun) / 1000).toFixed(1)} s\n`)
  await client.end()
  return { sandbox, testers, times: new Map() }
}

/** One citizen's day, and what is due afterwards. */
async function round({ sandbox, testers, times }: City, at: number): Promise<void> {
  const timed: Step = async (name, work) => {
    const from = performance.now()
    const result = await work()
    // The first rounds warm up.
    if (at >= WARM) times.set(name, [...(times.get(name) ?? []), performance.now() - from])
    return result
  }
  await walkMainCalls(testers[at % TESTERS] as TestCitizen, timed)
  await timed('tick', () => sweep(sandbox.world))
}

const median = (all: number[]): number => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0

async function main(): Promise<void> {
  const embedded = process.env.DATABASE_URL ? null : await startEmbeddedPostgres()
  const databaseUrl = process.env.DATABASE_URL ?? embedded?.databaseUrl ?? ''
  const small = await cityOf(databaseUrl, Number(process.env.SMALL ?? 1000))
  const large = await cityOf(databaseUrl, Number(process.env.LARGE ?? 100_000))
  // In turn, so that whatever else this machine does slows both.
  for (let at = 0; at < WARM + ROUNDS; at += 1) for (const city of [small, large]) await round(city, at)
  for (const [name, all] of small.times) {
    const [before, after] = [median(all), median(large.times.get(name) ?? [])]
    const cells = [`${before.toFixed(1)} ms`, `${after.toFixed(1)} ms`, `x ${(after / before).toFixed(2)}`]
    process.stdout.write(`${name.padEnd(20)}${cells.map((cell) => cell.padStart(11)).join('')}\n`)
  }
  for (const { sandbox } of [small, large]) await sandbox.close()
  await embedded?.stop()
}

void main()
