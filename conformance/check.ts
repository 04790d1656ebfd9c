import type { Ask, Exchange } from './call'
import type { Citizen, Target } from './target'

export type Profile = 'core' | 'bills' | 'payments' | 'booking'
/** `skip`: could not be tested, which counts as failed. `omit`: the manifest says that it is not offered. */
export type Verdict = 'pass' | 'fail' | 'skip' | 'omit'

/** A sentence of the contract that a city must keep, or should. */
export interface Must {
  readonly id: string
  readonly profile: Profile
  readonly level: 'must' | 'should'
  readonly says: string
}

export interface Finding {
  readonly must: string
  readonly expected: string
  readonly got: string
  /** The call that showed it; null when it is about several. */
  readonly exchange: Exchange | null
}

/** What a check has: the city, and how it says what it saw. */
export interface Look {
  readonly target: Target
  /** A call without a session. What holds of each answer is checked for it, too. */
  ask<Body>(ask: Ask): Promise<Exchange<Body>>
  /** Whether a must was kept in one case; with the call that shows it. */
  see(must: string, isKept: boolean, expected: string, exchange: Exchange | null, got?: string): void
  /** A citizen with a session; the same for the same name within a run. */
  citizen(who: string): Promise<Citizen>
  /** A citizen whom no check has used before. */
  stranger(): Promise<Citizen>
}

export interface Check {
  readonly title: string
  readonly profile: Profile
  /** The musts that it looks at; it says something of each, or is skipped. */
  readonly musts: readonly string[]
  run(look: Look): Promise<void>
}
