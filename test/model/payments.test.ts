import fc from 'fast-check'
import { type ModelCity, mostLanes, openCity } from './payments/city'
import { opening, sequences } from './payments/commands'
import type { Seen } from './payments/seen'
import { begin, heal } from './payments/sequence'

/**
 * Whatever citizens, cashiers, vendors, networks and clocks do, in any order: the promises about money
 * hold after each step and in the end. SEQUENCES sets how many; SEED, DEPTH, LANE and PATH_OF_FAILURE (and REPLAY_PATH)
 * repeat a failure, and SHRINK=no shows the first one as it was found.
 */
const count = Number(process.env.SEQUENCES ?? 500)
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const path = process.env.PATH_OF_FAILURE
const replayPath = process.env.REPLAY_PATH
/** How many steps a sequence has at most. */
const depth = Number(process.env.DEPTH ?? 8)
const lanes = process.env.LANE === undefined ? [...Array(mostLanes).keys()] : [Number(process.env.LANE)]

let cities: ModelCity[] = []

beforeAll(async () => {
  cities = await Promise.all(lanes.map(openCity))
}, 100_000)
afterAll(() => Promise.all(cities.map((city) => city.close())), 30_000)

test(
  `money is where the screens say, in ${count} random sequences`,
  async () => {
    process.stdout.write(`SEED=${seed} SEQUENCES=${count}\n`)
    const began = Date.now()
    let ran = 0
    const seen: Seen = new Map()
    await Promise.all(
      cities.map(async (city, at) => {
        const property = fc.asyncProperty(
          fc.constantFrom('wechat' as const, 'alipay' as const),
          opening,
          sequences({ maxCommands: depth, ...(replayPath !== undefined && { replayPath }) }),
          async (host, first, commands) => {
            const real = await begin(city, host, seen)
            await first.run(real, real)
            await fc.asyncModelRun(() => ({ model: real, real }), commands)
            await heal(real)
            ran += 1
          },
        )
        const numRuns = Math.ceil(count / cities.length)
        await fc.assert(property, {
          seed: seed + (lanes[at] ?? 0),
          numRuns,
          ...(path !== undefined && { path }),
          endOnFailure: process.env.SHRINK === 'no',
          reporter(run) {
            if (!run.failed) return
            // The last word in it is REPLAY_PATH.
            throw new Error(
              [
                `SEED=${seed} DEPTH=${depth} LANE=${lanes[at]} PATH_OF_FAILURE=${run.counterexamplePath}`,
                String(run.errorInstance),
                fc.defaultReportMessage(run),
              ].join('\n'),
            )
          },
        })
      }),
    )
    process.stdout.write(`${ran} sequences, ${((Date.now() - began) / 1000).toFixed(1)} s\n`)
    const counts = [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, times]) => `${what} ${times}`)
    process.stdout.write(`${counts.join('; ')}\n`)
  },
  24 * 3_600_000,
)
