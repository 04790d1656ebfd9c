// node scripts/mutation.mjs [files…]: changes each decision about money and slots in many small ways (Stryker), and says how many
// of the changes its own unit tests notice. Ends with 1 below 90 %.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root, setUp, step, tool } from './setup.mjs'

await setUp()

const LEAST = 90
/** Where a file's tests are not test/domain/<its name>.test.ts. */
const testsOf = {
  'src/services/retry.ts': 'test/services/retry.test.ts',
  'src/platform/cashier-results.ts': 'test/platform/cashier-results.test.ts',
}
const domain = readdirSync(path.join(root, 'src/domain')).map((name) => `src/domain/${name}`)
const named = process.argv.slice(2)
const files = named.length > 0 ? named : [...domain, ...Object.keys(testsOf)]

const noticed = ['Killed', 'Timeout']
const missed = ['Survived', 'NoCoverage']
const total = { noticed: 0, all: 0 }
for (const file of files) {
  const own = testsOf[file] ?? `test/domain/${path.parse(file).name}.test.ts`
  const tests = existsSync(path.join(root, own)) ? own : 'test/domain/*.test.ts'
  const { code, output } = await step(tool('stryker'), ['run', 'config/mutation.mjs', '--mutate', file], {
    label: file,
    env: { MUTATION_TESTS: tests },
  })
  if (code !== 0) {
    console.error(output.trim().split('\n').slice(-20).join('\n'))
    process.exit(1)
  }
  const report = JSON.parse(readFileSync(path.join(root, 'node_modules/.cache/mutation.json'), 'utf8'))
  const mutants = report.files[file]?.mutants ?? []
  const survivors = mutants.filter(({ status }) => missed.includes(status))
  const caught = mutants.filter(({ status }) => noticed.includes(status)).length
  const all = caught + survivors.length
  if (all === 0) continue
  total.noticed += caught
  total.all += all
  console.log(`${((100 * caught) / all).toFixed(1).padStart(5)} %  ${caught} of ${all}  ${file}`)
  for (const { location, replacement, status } of survivors)
    console.log(`         ${file}:${location.start.line} ${status}: ${replacement?.replace(/\s+/g, ' ').slice(0, 100)}`)
}
const score = (100 * total.noticed) / total.all
console.log(`${score.toFixed(1)} % of ${total.all} changes are noticed`)
process.exit(score < LEAST ? 1 : 0)
