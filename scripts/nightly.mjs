// npm run nightly: what takes too long for every change. Random sequences by the thousand (SEQUENCES, SEED), planted mistakes,
// broken bundles, and the journeys without config/taro/lean.
import { setUp, step } from './setup.mjs'

await setUp()

const { SEQUENCES = '10000', SEED = String(Date.now() % 2 ** 31) } = process.env
const node = process.execPath
const jest = (...args) => [
  node,
  ['node_modules/jest/bin/jest.js', '--selectProjects', 'unit', '--runTestsByPath', ...args],
]

/** Budgets are of what the lean build sends to pages. */
const journeys = [
  node,
  [
    'node_modules/jest/bin/jest.js',
    ...[
      '--selectProjects',
      'journeys',
      '--maxWorkers=2',
      '--testPathIgnorePatterns',
      'journeys/budgets',
      'node_modules',
    ],
  ],
]

const steps = [
  ...['payments', 'booking', 'recalls'].map((name) => [
    `model ${name}`,
    jest(`test/model/${name}.test.ts`),
    { SEQUENCES, SEED, DEPTH: '16' },
  ]),
  ['model mandates', jest('test/model/mandates.test.ts'), { SEQUENCES, SEED }],
  [
    'storms',
    jest('--runInBand', 'test/storms/storm.test.ts', 'test/storms/lies.test.ts'),
    { SEED, STORM_PEOPLE: '40', STORM_STEPS: '60', STORM_CALM_MS: '10000' },
  ],
  ['storm without PgBouncer', jest('test/storms/storm.test.ts'), { SEED, STORM_PEOPLE: '40', STORM_POOLER: 'none' }],
  ['histories', jest('test/histories/histories.test.ts'), { SEED, HISTORIES: '20000' }],
  ['planted mistakes', [node, ['test/planted/plant.mjs']], {}],
  ['small changes to decisions', [node, ['scripts/mutation.mjs']], {}],
  ['build without config/taro/lean', [node, ['scripts/build.mjs']], { NODE_ENV: 'production', LEAN: '0' }],
  ['journeys without config/taro/lean', journeys, { JOURNEYS: '1' }],
  ['build', [node, ['scripts/build.mjs']], { NODE_ENV: 'production' }],
  ['broken bundles', [node, ['test/engine/break.mjs']], {}],
]

const failed = []
for (const [label, [command, args], env] of steps) {
  const began = Date.now()
  const { code, output } = await step(command, args, { label, env: { TZ: 'America/New_York', ...env } })
  console.log(`${code === 0 ? '✓' : '✗'} ${label}, ${((Date.now() - began) / 60_000).toFixed(1)} min`)
  // Seeds, counts and what survived are worth reading also when all is well.
  console.log(output.trim().split('\n').slice(-60).join('\n'))
  if (code !== 0) failed.push(label)
}
console.log(`\nSEED=${SEED} SEQUENCES=${SEQUENCES}; failed: ${failed.join(', ') || 'none'}`)
process.exit(failed.length > 0 ? 1 : 0)
