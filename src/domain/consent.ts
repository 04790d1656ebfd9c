import type { Instant } from './time'
import type { Unlisted } from './unlisted'

/** One purpose each; the sensitive ones (document, face) are asked for separately. */
export type ConsentKind =
  | 'real-name'
  | 'location'
  | 'messages'
  | 'document-number'
  | 'face'
  | 'identity'
  | 'saved-visitors'
  | Unlisted

/** What a city asks its citizens to agree to, in a version of its text. */
export type ConsentText = {
  consent: ConsentKind
  version: number
  title: string
  /** What it is used for, in one line. */
  purpose: string
  /** What is used, by whom, for how long it is kept. */
  text: string
  /** The way for who does not agree. */
  without: string
  sensitive: boolean
}

/** What a citizen agreed to or withdrew. */
export type ConsentRecord = {
  consent: ConsentKind
  title: string
  given: boolean
  changedAt: Instant
  /** The text that was agreed to; absent when there was none yet. */
  agreed?: ConsentText | undefined
  /** The text as it is now; absent where the city has none. */
  current?: ConsentText | undefined
}

/** Why a city asks: never before, after a withdrawal, or because its text is another one now. */
export type ConsentReason = 'not-given' | 'withdrawn' | 'new-text' | Unlisted

/** `outdated`: given, but the next act that needs it asks again. */
export type ConsentStanding = 'given' | 'outdated' | 'withdrawn'

/** How a consent stands. */
export function consentStanding({ given, agreed, current }: ConsentRecord): ConsentStanding {
  if (!given) return 'withdrawn'
  return agreed && current && agreed.version < current.version ? 'outdated' : 'given'
}

/** What can be agreed to now: the current text of a consent that is not given to it. */
export const textToAgree = (record: ConsentRecord): ConsentText | null =>
  record.current && (!record.given || record.agreed?.version !== record.current.version) ? record.current : null
