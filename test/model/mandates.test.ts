import fc from 'fast-check'
import { openStage, type Stage } from './mandates/stage'
import { streets, tell } from './mandates/steps'

/**
 * Whatever citizens, hosts, billers, vendors, instances and clocks do, in any order: nothing is collected above the ceiling, after cancelling,
 * without a notice of three days, or twice. SEQUENCES sets how many; SEED and PATH_OF_FAILURE repeat a failure.
 */
const count = Number(process.env.SEQUENCES ?? 150)
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const depth = Number(process.env.DEPTH ?? 12)
/** So many histories share one clock and one network. */
const HOMES = 20
const path = process.env.PATH_OF_FAILURE

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
}, 100_000)
afterAll(() => stage.close(), 30_000)

test(
  `permissions are kept to in ${count} random histories`,
  async () => {
    const began = Date.now()
    const before = process.cpuUsage()
    const property = fc.asyncProperty(streets(HOMES, depth), (street) => tell(stage, street))
    await fc.assert(property, {
      seed,
      numRuns: Math.ceil(count / HOMES),
      ...(path !== undefined && { path }),
      endOnFailure: process.env.SHRINK === 'no',
      reporter(run) {
        if (!run.failed) return
        const repeat = `SEED=${seed} DEPTH=${depth} PATH_OF_FAILURE=${run.counterexamplePath}`
        throw new Error([repeat, String(run.errorInstance), fc.defaultReportMessage(run)].join('\n'))
      },
    })
    const { user, system } = process.cpuUsage(before)
    const each = ((user + system) / 1000 / count).toFixed(0)
    const seen = [...stage.seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, times]) => `${what} ${times}`)
    process.stdout.write(
      `SEED=${seed}: ${count} histories, ${((Date.now() - began) / 1000).toFixed(1)} s, ${each} ms of processor each; ${seen.join('; ')}\n`,
    )
    // A model in which nothing is ever collected would hold as well.
    if (count >= 100 && path === undefined) expect(stage.seen.get('collected') ?? 0).toBeGreaterThan(count / 20)
  },
  24 * 3_600_000,
)
