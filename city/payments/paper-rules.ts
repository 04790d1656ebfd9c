import type { BillKind, Paper, PaperKind, PaperReason, PaymentBill } from '../../contract/wire/types.gen'

/** The paper that the law gives for each kind of bill; only an invoice is made out to a title that is given. */
export const paperKindOf: Readonly<Record<BillKind, PaperKind>> = {
  electricity: 'e-invoice',
  water: 'e-invoice',
  gas: 'e-invoice',
  heating: 'e-invoice',
  tax: 'tax',
  fine: 'fiscal',
}
export const needsTitle: Readonly<Record<PaperKind, boolean>> = { 'e-invoice': true, fiscal: false, tax: false }

/** A paper as the city keeps it, once somebody asked. `withdrawing`: its money went back, and its issuer has not confirmed that it is void. */
export type KeptState = 'issuing' | 'issued' | 'failed' | 'withdrawing' | 'withdrawn'

/** What of a payment is one biller's. */
export type PaperFacts = {
  /** Whether its issuer issues any for this biller here. */
  isOffered: boolean
  bills: readonly Pick<PaymentBill, 'outcome'>[]
  kept: { state: KeptState; because: PaperReason | null } | null
}

/** How a paper stands: the first rule that fits. */
export function paperStanding({ isOffered, bills, kept }: PaperFacts): Pick<Paper, 'state' | 'because'> {
  const held = bills.filter(({ outcome }) => outcome === 'open' || outcome === 'credited')
  const wasIssued = kept?.state === 'withdrawing' || kept?.state === 'withdrawn'
  if (held.length === 0) return { state: 'not-offered', because: wasIssued ? 'withdrawn' : 'money-back' }
  // Two papers for one amount are never out at the same time.
  if (kept?.state === 'withdrawing') return { state: 'not-offered', because: 'withdrawn' }
  if (kept?.state === 'issuing' || kept?.state === 'issued') return { state: kept.state }
  if (!isOffered) return { state: 'not-offered', because: 'not-issued-here' }
  if (held.some(({ outcome }) => outcome === 'open')) return { state: 'not-offered', because: 'not-credited' }
  if (kept?.state === 'failed') return { state: 'failed', because: kept.because ?? 'not-issued' }
  return { state: 'available' }
}

/**
 * What becomes of asking for one:
 * - `issue`: a new paper with the title that was given
 * - `again`: the same paper as before, with its title, which may exist
 * - `known`: it is being issued or there; the answer is how it stands
 * - `refuse`: there is none to ask for
 */
export function paperStep({
  state,
  because,
}: Pick<Paper, 'state' | 'because'>): 'issue' | 'again' | 'known' | 'refuse' {
  if (state === 'issuing' || state === 'issued') return 'known'
  if (state === 'not-offered') return 'refuse'
  return because === 'no-answer' ? 'again' : 'issue'
}
