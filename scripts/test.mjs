// npm test: everything that must hold, in one command. `npm test -- types jest` runs the named steps only.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ensureChromium } from '../test/support/chromium.mjs'
import { ensurePgbouncer } from '../test/support/pgbouncer.mjs'
import { setUp, step, tool } from './setup.mjs'

await setUp()

const scratch = mkdtempSync(path.join(os.tmpdir(), 'city-services-test-'))
const node = process.execPath
const counts = { passed: 0, failed: 0 }

/** Runs Jest and adds what it counted. */
function jest(label, args, env = {}) {
  return async () => {
    const report = path.join(scratch, `${label}.json`)
    const result = await step(node, ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${report}`, ...args], {
      label,
      env: { TZ: 'America/New_York', ...env },
    })
    try {
      const { numPassedTests, numFailedTests, numFailedTestSuites, numTotalTests } = JSON.parse(
        readFileSync(report, 'utf8'),
      )
      counts.passed += numPassedTests
      counts.failed += numFailedTests
      result.summary = `${numPassedTests} of ${numTotalTests} tests`
      if (numTotalTests === 0 || numFailedTestSuites > 0) result.code = 1
    } catch {
      result.code = 1
    }
    // The report goes to its file; Jest prints it to standard output as well.
    result.output = result.output.replace(/^\{"num.*$/m, '')
    return result
  }
}

const command = (label, file, args, env) => () => step(file, args, { label, env })

/** Tests of the house; the storms go through PgBouncer where it can be had. */
async function houseTests() {
  const { path, line } = ensurePgbouncer()
  if (line) console.log(`  ${line}`)
  // Most of a test is waiting for the city and its database: three at a time keep two cores busy.
  return jest('jest', ['--maxWorkers=3'], path ? { PGBOUNCER_PATH: path } : {})()
}

async function browser() {
  const chromium = ensureChromium()
  if (chromium.line) return { code: 1, output: chromium.line, ms: 0 }
  process.env.CHROMIUM_PATH = chromium.path
  return { code: 0, output: '', ms: 0, summary: chromium.path }
}

const steps = {
  format: command('format and lint', tool('biome'), ['ci', '--error-on-warnings', '.']),
  types: command('types', tool('tsc'), ['--noEmit', '-p', '.']),
  arrows: command('import arrows', node, ['scripts/arrows.mjs']),
  generated: command('generated code', node, ['scripts/generate.mjs', '--check']),
  unused: command('unused code', tool('knip'), ['--no-config-hints']),
  tested: command('code that only tests use', tool('knip'), ['--production', '--no-config-hints']),
  jest: houseTests,
  build: command('production builds', node, ['scripts/build.mjs'], { NODE_ENV: 'production' }),
  shipped: jest('shipped', ['--selectProjects', 'shipped'], { SHIPPED: '1' }),
  browser,
  journeys: jest('journeys', ['--maxWorkers=2', '--selectProjects', 'journeys'], { JOURNEYS: '1' }),
  preview: command('preview build', node, ['scripts/build.mjs', 'h5'], {
    CITY_ADDRESSES: 'sandbox',
    SANDBOX_ADDRESS: '/sandbox',
  }),
  walks: jest('walks', ['--selectProjects', 'walks', '--runInBand'], { WALKS: '1' }),
}

const names = process.argv.slice(2)
const unknown = names.filter((name) => !(name in steps))
if (unknown.length > 0) {
  console.error(`✗ No such step: ${unknown.join(', ')}. There are: ${Object.keys(steps).join(', ')}`)
  process.exit(2)
}

const failed = []
const began = Date.now()
for (const [name, run] of Object.entries(steps)) {
  if (names.length > 0 && !names.includes(name)) continue
  const start = Date.now()
  const { code, output, summary = '' } = await run()
  const seconds = ((Date.now() - start) / 1000).toFixed(1).padStart(6)
  console.log(`${code === 0 ? '✓' : '✗'} ${name.padEnd(10)} ${seconds} s  ${summary}`)
  if (code !== 0) {
    failed.push(name)
    console.log(output.trim().split('\n').slice(-150).join('\n'))
  }
}
rmSync(scratch, { recursive: true, force: true })
const steppedCount = names.length || Object.keys(steps).length
console.log(`\n${((Date.now() - began) / 1000).toFixed(0)} s; failed steps: ${failed.join(', ') || 'none'}`)
// A step that is no Jest run counts as one proof.
const plain = Object.keys(steps).filter(
  (name) => !['jest', 'shipped', 'journeys', 'walks'].includes(name) && (names.length === 0 || names.includes(name)),
)
counts.passed += plain.filter((name) => !failed.includes(name)).length
counts.failed += plain.filter((name) => failed.includes(name)).length
if (steppedCount > 0 && failed.length > 0 && counts.failed === 0) counts.failed = failed.length
console.log(`${counts.passed} passed, ${counts.failed} failed`)
process.exit(failed.length > 0 ? 1 : 0)
