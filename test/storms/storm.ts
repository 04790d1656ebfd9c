import type { Problem } from '../../contract/wire/types.gen'

/** A storm over real HTTP: random by a seed, every answer counted, and what nobody may be answered noted. */
export type Storm = {
  readonly random: (below: number) => number
  /** Addresses of the instances, each without a city. */
  readonly addresses: readonly string[]
  /** Answers by call and status or code. */
  readonly counts: Map<string, number>
  /** What must not be: a 500, a 503 without a time, a call without an end. */
  readonly wrong: string[]
  slowestMs: number
  calls: number
  /** While something is being broken: calls may end without an answer. */
  mayBreak: boolean
}

/** Past it a call counts as hanging; a phone gives up before. */
const LIMIT_MS = 20_000
const ATTEMPTS = 6

export function createStorm(seed: number, addresses: readonly string[]): Storm {
  const counts = new Map<string, number>()
  return { random: randomOf(seed), addresses, counts, wrong: [], slowestMs: 0, calls: 0, mayBreak: false }
}

/** Mulberry32: the same numbers for the same seed. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

export const pick = <T>({ random }: Storm, all: readonly T[]): T | undefined => all[random(all.length)]
export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export type Answer<Body> = { status: number; body: Body; problem: Problem | null }
type Call = { name: string; method?: string; path: string; body?: unknown; key?: string; token?: string }

/** A call of any instance, repeated as the app does it while the city says "later" or nothing; null when it never answered. */
export async function call<Body>(storm: Storm, request: Call): Promise<Answer<Body> | null> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await once<Body>(storm, request)
    const isFinal = answer !== null && answer.status !== 503 && answer.status !== 429
    if (isFinal || attempt === ATTEMPTS) return answer
    await pause(30 + storm.random(Math.min(60 * 2 ** attempt, 500)))
  }
}

async function once<Body>(storm: Storm, { name, method = 'GET', path, body, key, token }: Call) {
  const note = (what: string) => storm.counts.set(what, (storm.counts.get(what) ?? 0) + 1)
  const began = performance.now()
  storm.calls += 1
  try {
    const answer = await fetch(`${pick(storm, storm.addresses)}${path}`, {
      method,
      signal: AbortSignal.timeout(LIMIT_MS),
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(key !== undefined && { 'Idempotency-Key': key }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const content = text === '' ? null : JSON.parse(text)
    const problem: Problem | null = answer.ok ? null : content
    note(`${name} ${problem?.code ?? answer.status}`)
    if (answer.status >= 500 && (answer.status !== 503 || !((problem?.retryAfterSeconds ?? 0) > 0)))
      storm.wrong.push(`${method} ${path}: ${answer.status} ${text}`)
    if (problem !== null && !problem.code) storm.wrong.push(`${method} ${path}: ${answer.status} without a code`)
    return { status: answer.status, body: content as Body, problem }
  } catch (error) {
    note(`${name} no answer`)
    const isHanging = error instanceof Error && error.name === 'TimeoutError'
    if (isHanging || !storm.mayBreak) storm.wrong.push(`${method} ${path}: ${String(error)}`)
    return null
  } finally {
    storm.slowestMs = Math.max(storm.slowestMs, performance.now() - began)
  }
}

/** `1234 calls, slowest 120 ms; hold 201: 12, …`, and by status. */
export function figuresOf(storm: Storm): string {
  const sorted = [...storm.counts].sort(([a], [b]) => (a < b ? -1 : 1))
  return `${storm.calls} calls, slowest ${Math.round(storm.slowestMs)} ms; ${sorted.map(([what, n]) => `${what}: ${n}`).join(', ')}`
}
