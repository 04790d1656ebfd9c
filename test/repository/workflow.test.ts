import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { engines } from '../../package.json'

const root = path.resolve(__dirname, '../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

test('the hosted check runs npm test on the oldest Node that is supported, and on the next', () => {
  const { jobs } = parse(read('.github/workflows/ci.yml'))
  expect(jobs.test.steps.map((step: { run?: string }) => step.run)).toContain('npm test')
  expect(jobs.test.strategy.matrix.node).toEqual([20, 22])
  expect(engines.node).toBe('>=20.19')
  expect(read('.nvmrc').trim()).toBe('20')
})

test('the hosted check reads the commits of a pull request', () => {
  const { jobs } = parse(read('.github/workflows/ci.yml'))
  const runs = jobs.commits.steps.map((step: { run?: string }) => step.run ?? '')
  expect(runs.some((run: string) => run.startsWith('node scripts/commits.mjs '))).toBe(true)
})

test.each(['dependabot.yml', 'ISSUE_TEMPLATE/config.yml', 'ISSUE_TEMPLATE/fault.yml', 'ISSUE_TEMPLATE/feature.yml'])(
  '%s can be read',
  (file) => {
    expect(Object.keys(parse(read(`.github/${file}`))).length).toBeGreaterThan(0)
  },
)
