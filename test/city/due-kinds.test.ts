import { type DueKind, doWhatIsDue, startDue } from '../../city/due'
import { createMetrics } from '../../city/metrics'
import type { Service } from '../../city/service'
import { keptLog } from '../support/logs'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** The runner asks a service for its log and its figures alone. */
function instance() {
  const { log, lines } = keptLog()
  const metrics = createMetrics()
  return { service: { log, metrics, database: { due: {} } } as unknown as Service, lines, metrics }
}

const counting = (name: string, act: (signal?: AbortSignal) => Promise<unknown>) => {
  const kind = {
    name,
    runs: 0,
    run(_service: Service, signal?: AbortSignal) {
      kind.runs += 1
      return act(signal)
    },
  }
  return kind
}

test('M19: a kind that hangs delays no other, and does not begin twice', async () => {
  const { service } = instance()
  let release = () => {}
  const hanging = counting('hanging', () => new Promise<void>((resolve) => (release = resolve)))
  const quick = counting('quick', async () => undefined)
  const due = startDue(service, [hanging, quick], 10)
  await pause(200)
  expect(hanging.runs).toBe(1)
  expect(quick.runs).toBeGreaterThan(5)
  const [running] = due.running()
  expect(running?.name).toBe('hanging')
  expect(running?.seconds).toBeGreaterThan(0.1)
  release()
  await due.stop()
  expect(due.running()).toEqual([])
})

test('M19: a kind that fails is noted and counted, tries again after growing pauses, and delays no other', async () => {
  const { service, lines, metrics } = instance()
  const failing = counting('failing', async () => {
    throw new Error('no vendor for 13912345678')
  })
  const quick = counting('quick', async () => undefined)
  const due = startDue(service, [failing, quick], 10)
  await pause(400)
  await due.stop()
  // After 10, 20, 40, 80, 160 and 320 ms.
  expect(failing.runs).toBeGreaterThan(2)
  expect(failing.runs).toBeLessThan(7)
  expect(quick.runs).toBeGreaterThan(failing.runs)
  expect(metrics.text([])).toContain(`city_due_failures_total{kind="failing"} ${failing.runs}\n`)
  expect(lines).toHaveLength(failing.runs)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'error',
    due: 'failing',
    err: { message: 'no vendor for *' },
  })
})

test('who is asked to stop ends what runs, and begins no more', async () => {
  const { service } = instance()
  let isStopped = false
  const long = counting('long', async (signal) => {
    while (!signal?.aborted) await pause(5)
    await pause(50)
    isStopped = true
  })
  const due = startDue(service, [long], 10)
  await pause(50)
  await due.stop()
  expect([isStopped, long.runs]).toEqual([true, 1])
  await pause(50)
  expect(long.runs).toBe(1)
})

test('on request all kinds happen once, in their order, whichever fails', async () => {
  const { service, lines } = instance()
  const order: string[] = []
  const kinds: DueKind[] = ['first', 'second', 'third'].map((name) => ({
    name,
    run: async () => {
      order.push(name)
      if (name === 'second') throw new Error('no')
    },
  }))
  await doWhatIsDue(service, kinds)
  expect([order, lines.length]).toEqual([['first', 'second', 'third'], 1])
})
