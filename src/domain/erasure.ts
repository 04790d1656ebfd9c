/** How an attempt to erase what a city keeps about a citizen ended. */
export type ErasureOutcome = 'erased' | 'refused' | 'not-offered' | 'unsure' | 'failed'

/** What of a failed attempt decides. */
type Failed = {
  readonly code?: string | undefined
  readonly status?: number | undefined
  /** The city may have done it although no response came. */
  readonly mayBeDone: boolean
  /** Whoever is signed in now is not who asked: a city knows nobody again whom it has erased. */
  readonly isSomebodyElse: boolean
}

/** A lost response is not "failed": asking again finds out, and erases nothing more. */
export function erasureOutcome({ code, status, mayBeDone, isSomebodyElse }: Failed): ErasureOutcome {
  if (isSomebodyElse) return 'erased'
  if (code === 'erasure-refused') return 'refused'
  if (status === 404 || status === 501) return 'not-offered'
  return mayBeDone ? 'unsure' : 'failed'
}
