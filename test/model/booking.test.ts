import fc from 'fast-check'
import { begin, type City, openCity } from './booking/city'
import { sequences } from './booking/sequences'
import { settle } from './booking/settle'

/**
 * Citizens, halls, networks and clocks act in any order: no place is sold twice, no appointment is lost, counters are
 * what history says. SEQUENCES sets how many; SEED and PATH_OF_FAILURE (and REPLAY_PATH) repeat a failure.
 */
const count = Number(process.env.SEQUENCES ?? 300)
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const path = process.env.PATH_OF_FAILURE
const replayPath = process.env.REPLAY_PATH

let city: City
beforeAll(async () => {
  city = await openCity()
}, 100_000)
afterAll(() => city.close(), 30_000)

test(
  `a slot is sure in ${count} random sequences`,
  async () => {
    process.stdout.write(`SEED=${seed} SEQUENCES=${count}\n`)
    const began = Date.now()
    let ran = 0
    const seen = new Map<string, number>()
    const property = fc.asyncProperty(
      sequences({ maxCommands: 16, size: '+1', ...(replayPath !== undefined && { replayPath }) }),
      async (commands) => {
        const real = await begin(city, seen)
        await fc.asyncModelRun(() => ({ model: {}, real }), commands)
        await settle(real)
        ran += 1
      },
    )
    await fc.assert(property, {
      seed,
      numRuns: count,
      ...(path !== undefined && { path }),
      reporter(run) {
        if (!run.failed) return
        const where = `SEED=${seed} PATH_OF_FAILURE=${run.counterexamplePath}`
        throw new Error([where, String(run.errorInstance), fc.defaultReportMessage(run)].join('\n'))
      },
    })
    process.stdout.write(`${ran} sequences, ${((Date.now() - began) / 1000).toFixed(1)} s\n`)
    const counts = [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, times]) => `${what} ${times}`)
    process.stdout.write(`${counts.join('; ')}\n`)
  },
  24 * 3_600_000,
)
