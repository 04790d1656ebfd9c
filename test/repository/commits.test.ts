import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { faultsOfMessage } from '../../scripts/commits.mjs'

const script = path.resolve(__dirname, '../../scripts/commits.mjs')

test('messages of one topic, in the usual shape, are accepted', () => {
  const body = 'The city answers late, so the page asks once more.\n\nSee https://example.org/a/very/long/address'
  for (const message of [
    'fix(pages): show the age of a bill once',
    `refactor(domain)!: rename known to valueOf\n\n${body}`,
    'test: S1 to S9 through the real client',
    'build: upgrade Taro\n',
  ])
    expect(faultsOfMessage(message)).toEqual([])
})

test.each([
  ['Merge the journeys', 'does not begin like'],
  ['improve: the home', 'does not begin like'],
  ['fix(pages):no space', 'does not begin like'],
  [`fix(sandbox): ${'x'.repeat(59)}`, 'has a subject of 73 characters'],
  ['fix(pages): show the age of a bill once.', 'ends with a full stop'],
  ['fix(pages): Show the age of a bill once', 'capital letter'],
  ['fix(components): wrap a reference; test(journeys): switch faults off', 'more than one topic'],
  ['feat(pages): add a receipt & rename bills', 'more than one topic'],
  ['feat(pages): wip', 'is not finished'],
  ['fixup! feat(pages): add a receipt', 'is not finished'],
  ['fix(pages): show the age once\nwithout an empty line', 'no empty line'],
  [`fix(pages): show the age once\n\n${'many words '.repeat(12)}`, 'more than 100 characters'],
])('%s: it %s', (message, fault) => {
  expect(faultsOfMessage(message).join('\n')).toContain(fault)
})

test('the commits of a branch are read, merges are not', () => {
  const cwd = mkdtempSync(path.join(os.tmpdir(), 'commits-'))
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], { cwd, stdio: 'ignore' })
  const commit = (message: string) => git('commit', '--allow-empty', '-m', message)
  git('init', '-b', 'main')
  commit('whatever was before')
  git('checkout', '-b', 'branch')
  commit('fix(pages): show the age of a bill once')
  git('checkout', '-b', 'side', 'main')
  commit('test: add a journey')
  git('merge', '--no-ff', 'branch', '-m', 'Merge the branch')
  const check = (range: string) => spawnSync(process.execPath, [script, range], { cwd, encoding: 'utf8' })
  expect(check('main..side')).toMatchObject({ status: 0, stderr: '' })
  commit('more changes; and others')
  const refused = check('main..side')
  expect(refused.status).toBe(1)
  expect(refused.stderr).toMatch(/^✗ [0-9a-f]{7,} "more changes; and others" does not begin like/)
})
