import type { Manifest } from '../contract/wire/types.gen'
import { alwaysMusts, seeAlways } from './always'
import type { Ask, Exchange } from './call'
import type { Check, Finding, Look, Must, Profile, Verdict } from './check'
import { checks } from './checks'
import { musts } from './musts'
import { Skipped } from './skipped'
import type { Citizen, Target } from './target'
import { newKey } from './target'

/** How one must was kept. */
export interface MustResult {
  readonly must: Must
  readonly verdict: Verdict
  /** Why it was skipped or omitted. */
  readonly why: string | null
  /** How many cases were looked at. */
  readonly cases: number
  readonly findings: readonly Finding[]
}

export interface Result {
  readonly city: { readonly id: string; readonly name: string; readonly base: string }
  readonly began: string
  readonly seconds: number
  readonly calls: number
  readonly musts: readonly MustResult[]
  /** What went wrong in the kit itself: no fault of the city's. */
  readonly ownFaults: readonly string[]
}

/** Findings of one must beyond these say the same. */
const MOST_FINDINGS = 3

/** A token opens a citizen's data: none stands in a report. */
const plain = (text: string) => text.replace(/"token":\s*"[^"]*"/g, '"token":"…"').slice(0, 600)

/** What a profile asks of a city's manifest. */
const featureOf: Record<Profile, Manifest['features'][number] | null> = {
  core: null,
  bills: 'accounts',
  payments: 'payments',
  booking: 'appointments',
}
const isOffered = (profile: Profile, { manifest }: Target) => {
  const feature = featureOf[profile]
  return feature === null || manifest.features.includes(feature)
}

export interface RunOptions {
  readonly profiles?: readonly Profile[]
  /** Runs these checks alone, by title. */
  readonly only?: (check: Check) => boolean
  readonly onCheck?: (check: Check, at: number, of: number) => void
}

/** Makes every check in a fixed order. A fault of the kit ends one check, not the run. */
export async function run(target: Target, options: RunOptions = {}): Promise<Result> {
  const began = Date.now()
  const wanted = (profile: Profile) => !options.profiles || profile === 'core' || options.profiles.includes(profile)
  const seen = new Map<string, { cases: number; findings: Finding[] }>()
  const why = new Map<string, { verdict: 'skip' | 'omit'; reason: string }>()
  const ownFaults: string[] = []
  let calls = 0

  const see: Look['see'] = (must, isKept, expected, exchange, got) => {
    const all = seen.get(must) ?? { cases: 0, findings: [] }
    seen.set(must, all)
    all.cases += 1
    if (isKept || all.findings.length >= MOST_FINDINGS) return
    all.findings.push({
      must,
      expected,
      got: got || (exchange ? plain(`${exchange.status} ${exchange.text}`) : ''),
      exchange,
    })
  }
  target.onExchange = (exchange) => {
    calls += 1
    seeAlways({ see }, exchange)
  }
  const look: Look = { target, ask: (ask) => target.ask(ask), see, ...citizensOf(target) }

  const selected = checks.filter((check) => options.only?.(check) ?? true)
  for (const [at, check] of selected.entries()) {
    const note = (verdict: 'skip' | 'omit', reason: string) => {
      for (const must of check.musts) why.set(must, { verdict, reason })
    }
    if (!wanted(check.profile)) note('omit', 'another profile was chosen')
    else if (!isOffered(check.profile, target)) note('omit', 'the manifest does not offer it')
    else {
      options.onCheck?.(check, at, selected.length)
      await check.run(look).catch((error: unknown) => {
        if (error instanceof Skipped) note('skip', error.message)
        else {
          note('skip', 'the kit itself failed: see its own faults')
          ownFaults.push(`${check.title}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
        }
      })
    }
  }
  target.onExchange = null

  const isLookedAt = (must: Must) => selected.some((check) => check.musts.includes(must.id)) || always.has(must.id)
  const { cityId: id, name } = target.manifest
  return {
    city: { id, name, base: target.base },
    began: new Date(began).toISOString(),
    seconds: Math.round((Date.now() - began) / 100) / 10,
    calls,
    ownFaults,
    musts: musts.filter(isLookedAt).map((must) => {
      const { cases, findings } = seen.get(must.id) ?? { cases: 0, findings: [] }
      const without = why.get(must.id)
      const verdict: Verdict = findings.length > 0 ? 'fail' : cases > 0 ? 'pass' : (without?.verdict ?? 'skip')
      const reason = without?.reason ?? 'no check came to it'
      return { must, verdict, cases, findings, why: verdict === 'skip' || verdict === 'omit' ? reason : null }
    }),
  }
}
const always = new Set<string>(alwaysMusts)

/** 0 when all musts are kept; 1 when one is not, or could not be tested; 2 when the kit failed. */
export const exitCodeOf = ({ musts: all, ownFaults }: Result): number => {
  if (ownFaults.length > 0) return 2
  return all.some(({ must, verdict }) => must.level === 'must' && (verdict === 'fail' || verdict === 'skip')) ? 1 : 0
}

function citizensOf(target: Target): Pick<Look, 'citizen' | 'stranger'> {
  const known = new Map<string, Promise<Citizen>>()
  const mark = Date.now().toString(36)
  let strangers = 0
  async function signIn(who: string): Promise<Citizen> {
    const { status, body: session, text } = await target.signIn(who)
    if (status !== 201) throw new Skipped(`no test citizen could sign in: ${status} ${text.slice(0, 200)}`)
    const as = <Body>(ask: Ask): Promise<Exchange<Body>> => target.ask<Body>({ ...ask, token: session.token })
    return {
      session,
      get: (path, language) => as({ path, ...(language !== undefined && { language }) }),
      send: (path, body, key = newKey(), method = 'POST') =>
        as({ method, path, key, ...(body !== undefined && { body }) }),
    }
  }
  const citizen = (who: string) => {
    const found = known.get(who) ?? signIn(`kit-${mark}-${who}`)
    known.set(who, found)
    return found
  }
  return {
    citizen,
    stranger() {
      strangers += 1
      return citizen(`stranger-${strangers}`)
    },
  }
}
