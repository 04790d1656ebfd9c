import { readFileSync } from 'node:fs'
import path from 'node:path'
import { alwaysMusts } from '../../conformance/always'
import { checks } from '../../conformance/checks'
import { musts } from '../../conformance/musts'
import { exitCodeOf, run } from '../../conformance/run'
import { openTarget } from '../../conformance/target'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startTestSandbox({ startAt: '2026-11-23T10:00:00+08:00' })
}, 60_000)
afterAll(() => sandbox.close())

test('each must is a sentence of the contract, and has a check; no check is about anything else', () => {
  const plain = (text: string) => text.replace(/\s+/g, ' ')
  const contract = plain(readFileSync(path.join(__dirname, '../../contract/openapi.yaml'), 'utf8'))
  expect(musts.filter(({ says }) => !contract.includes(plain(says)))).toEqual([])
  const ids = musts.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set([...alwaysMusts, ...checks.flatMap((check) => check.musts)])).toEqual(new Set(ids))
})

test('the reference city keeps every must', async () => {
  const target = await openTarget({
    base: sandbox.city('330100'),
    stage: { address: `${sandbox.address}/control`, token: sandbox.token },
  })
  const result = await run(target)
  const kept = result.musts.map(({ must, verdict, why, findings }) => ({ must: must.id, verdict, why, findings }))
  expect(kept.filter(({ verdict }) => verdict !== 'pass')).toEqual([])
  expect(result.ownFaults).toEqual([])
  expect(exitCodeOf(result)).toBe(0)
  process.stdout.write(`${result.calls} calls in ${result.seconds} s\n`)
}, 120_000)
