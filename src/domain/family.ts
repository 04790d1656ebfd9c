import type { GrantId } from './ids'
import { addDays, type Day, type Instant } from './time'
import type { Listed, Unlisted } from './unlisted'

/** `bills`: see accounts, bills, history; `pay`: pay bills seen so; `book`: see and book visits. */
export type GrantThing = 'bills' | 'pay' | 'book' | Unlisted
/** `giver`: lets somebody act; `actor`: acts. */
export type GrantRole = 'giver' | 'actor' | Unlisted

/** Who may act for whom, for what and until when (家人代办), as one of the two sees it. */
export type Grant = {
  id: GrantId
  /** The citizen's own part. */
  role: GrantRole
  /** `open`: an invitation that nobody has accepted. */
  state: 'open' | 'active' | 'ended' | Unlisted
  version: number
  /** The other one's; absent while open. */
  maskedName?: string | undefined
  maskedPhone?: string | undefined
  things: readonly GrantThing[]
  /** Its last day. */
  endsOn: Day
  /** Of an open invitation, for who invited. */
  code?: string | undefined
  codeUntil?: Instant | undefined
  /** A counter checked who the giver is. */
  atCounter?: boolean | undefined
  createdAt: Instant
  beganAt?: Instant | undefined
  endedAt?: Instant | undefined
  endReason?: 'giver' | 'actor' | 'counter' | 'replaced' | 'not-accepted' | 'over' | Unlisted | undefined
}

/** What a code invites to; `role` is what accepting makes the citizen. */
export type Invitation = Pick<Grant, 'role' | 'maskedPhone' | 'things' | 'endsOn'> & {
  maskedName: string
  codeUntil: Instant
}

/** Who did what for whom under a grant. */
export type FamilyAct = {
  id: string
  kind: 'begin' | 'see-bills' | 'see-history' | 'pay' | 'see-visits' | 'book' | 'end' | Unlisted
  at: Instant
  /** Masked. */
  actor: string
  giver: string
  /** In plain words. */
  text: string
}

/** All that can be allowed, in the order in which it is shown. */
export const grantThings = ['bills', 'pay', 'book'] as const satisfies readonly Listed<GrantThing>[]

/** Only bills that are seen can be paid: what goes with a thing, and what goes without it. */
export const toggleThing = (
  chosen: readonly Listed<GrantThing>[],
  thing: Listed<GrantThing>,
): readonly Listed<GrantThing>[] => {
  const isOff = chosen.includes(thing)
  const next = new Set(chosen)
  if (isOff) next.delete(thing)
  else next.add(thing)
  if (thing === 'pay' && !isOff) next.add('bills')
  if (thing === 'bills' && isOff) next.delete('pay')
  return grantThings.filter((one) => next.has(one))
}

/** The last days to choose from, at most so far ahead. Never without an end. */
export const grantEnds = (today: Day, longestDays: number): readonly Day[] =>
  [91, 182, 365, 730].filter((days) => days <= longestDays).map((days) => addDays(today, days))

/** Grants by what they mean to the citizen. */
export const groupGrants = (grants: readonly Grant[]) => {
  const isActive = ({ state }: Grant) => state === 'active'
  return {
    received: grants.filter((grant) => isActive(grant) && grant.role === 'actor'),
    given: grants.filter((grant) => isActive(grant) && grant.role === 'giver'),
    open: grants.filter(({ state }) => state === 'open'),
    ended: grants.filter(({ state }) => state === 'ended'),
  }
}

/** Whether the citizen may do this for the giver now. */
export const mayDo = ({ role, state, things }: Grant, thing: Listed<GrantThing>): boolean =>
  role === 'actor' && state === 'active' && things.includes(thing)
