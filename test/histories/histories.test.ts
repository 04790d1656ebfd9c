import { spawn } from 'node:child_process'
import path from 'node:path'
import type { Told } from './history'

/**
 * The app's real client and the city's real rules in one thread, on one seeded scheduler, clock, network and store: two such threads, for
 * two cores. HISTORIES sets how many; SEED with HISTORIES=1 repeats a failure.
 */
const count = Number(process.env.HISTORIES ?? 40)
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
/** So many are told by both. */
const shared = Math.min(3, count)

jest.setTimeout(24 * 3_600_000)

type Line = Told & { seed: number; ms: number; cpuMs: number }

/** Jest's own environment has neither dynamic imports nor a clock that one can take away. */
function tell(first: number, many: number): Promise<Line[]> {
  const program = path.join(__dirname, 'tell.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', program, String(first), String(many)], {
    cwd: path.join(__dirname, '..', '..'),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [text, errors] = ['', '']
  child.stdout.on('data', (data) => {
    text += data
  })
  child.stderr.on('data', (data) => {
    errors += data
  })
  return new Promise((resolve, reject) =>
    child.once('close', (code) => {
      if (code !== 0) return reject(new Error(errors || `ended with ${code}`))
      resolve(
        text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      )
    }),
  )
}

test(`money and places are right in ${count} histories, and the same seed gives the same trace`, async () => {
  const half = Math.ceil(count / 2)
  const began = performance.now()
  const [one, other] = await Promise.all([tell(seed, half), tell(seed + half - shared, count - half + shared)])
  const all = [...one, ...other]
  for (const line of all)
    if (line.broken.length > 0) throw new Error([`SEED=${line.seed} HISTORIES=1`, ...line.broken].join('\n'))
  expect(all).toHaveLength(count + shared)
  const traces = (lines: Line[]) => lines.map((line) => `${line.seed} ${line.trace}`)
  expect(traces(one).slice(-shared)).toEqual(traces(other).slice(0, shared))
  expect(new Set(all.map(({ trace }) => trace)).size).toBe(count)

  const seen: Record<string, number> = {}
  for (const line of all) for (const [what, n] of Object.entries(line.seen)) seen[what] = (seen[what] ?? 0) + n
  const sum = (what: 'ms' | 'cpuMs') => all.reduce((total, line) => total + line[what], 0)
  const anHour = (ms: number) => Math.round((all.length * 3_600_000) / ms)
  process.stdout.write(
    [
      `SEED=${seed} HISTORIES=${count}: ${((performance.now() - began) / 1000).toFixed(1)} s with the starts`,
      `${anHour(sum('ms') / 2)} an hour in two processes, ${2 * anHour(sum('cpuMs'))} on two cores that do nothing else`,
      `${JSON.stringify(seen)}\n`,
    ].join('; '),
  )
})
