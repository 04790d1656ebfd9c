import { alwaysMusts } from '../../conformance/always'
import { musts } from '../../conformance/musts'
import { exitCodeOf, run } from '../../conformance/run'
import { openTarget } from '../../conformance/target'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'
import { faultyCities } from './faults'
import { startFaultyCity } from './faulty-city'

let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startTestSandbox({ startAt: '2026-11-23T10:00:00+08:00' })
}, 60_000)
afterAll(() => sandbox.close())

const always = new Set<string>(alwaysMusts)

test('there are at least forty, and each must is broken by one of them', () => {
  expect(faultyCities.length).toBeGreaterThanOrEqual(40)
  expect(musts.map(({ id }) => id).filter((id) => !faultyCities.some(({ must }) => must === id))).toEqual([])
})

test.each(faultyCities)(
  '$must: $title',
  async ({ must, fault }) => {
    const profile = musts.find(({ id }) => id === must)?.profile
    // Bills that were paid stay so.
    if (profile === 'payments') await sandbox.control('POST', '/reset')
    const city = await startFaultyCity(sandbox.city('330100'), fault())
    try {
      const target = await openTarget({
        base: city.base,
        stage: { address: `${sandbox.address}/control`, token: sandbox.token },
      })
      const only = always.has(must) ? 'bills' : null
      const result = await run(target, {
        only: (check) => (only ? check.profile === only : check.musts.includes(must)),
      })
      const found = result.musts.filter(({ verdict }) => verdict === 'fail').map((one) => one.must.id)
      expect(result.ownFaults).toEqual([])
      expect(found).toContain(must)
      const isShould = musts.find(({ id }) => id === must)?.level === 'should'
      if (!isShould) expect(exitCodeOf(result)).toBe(1)
    } finally {
      await city.close()
    }
  },
  30_000,
)
