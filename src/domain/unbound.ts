import type { Account } from './account'
import type { Bill, FineTerms } from './bill'
import { type Biller, hasFeature, type Manifest, type ProofRule } from './manifest'
import type { PaymentBill } from './payment'
import { type Day, daysBetween, type Instant } from './time'
import { normalise } from './typed'
import type { Unlisted } from './unlisted'

/** What finding by a number may end in. A number that does not exist and a proof that is not right are one, so that nobody can guess. */
export type Finding =
  | { outcome: 'found'; account: Account; bills: readonly Bill[]; expiresAt: Instant }
  | { outcome: 'not-found' | 'nothing-due' | 'not-answering' }
  | { outcome: 'settled'; settledAt?: Instant | undefined }
  | { outcome: 'biller-closed'; closedUntil: Instant }
  | { outcome: Unlisted }

/** What is found by what: a fine by its decision, a tax by its voucher, somebody else's bill by their account. In the order of the page. */
export const findingKinds = ['decision', 'voucher', 'account'] as const
export type FindingKind = (typeof findingKinds)[number]

/** A biller that this version can ask: with a proof that it does not know it could not. */
const canAsk = ({ finding }: Biller): boolean => finding !== undefined && finding.proof?.kind !== 'unlisted'

/** The billers of each kind; kinds without any are left out. None where the city finds nothing. */
export const findersOf = (manifest: Manifest): { by: FindingKind; billers: readonly Biller[] }[] =>
  !hasFeature(manifest, 'findings')
    ? []
    : findingKinds
        .map((by) => ({
          by,
          billers: manifest.billers.filter((biller) => biller.finding?.by === by && canAsk(biller)),
        }))
        .filter(({ billers }) => billers.length > 0)

/** What was typed beside the number, as it is sent. */
export const plainProof = ({ kind }: ProofRule, text: string): string =>
  normalise(kind === 'ending' ? 'account-number' : 'name', text)

/** What is wrong with it; null when the biller may be asked. `length`: how many characters it has to have. */
export const proofProblem = (
  rule: ProofRule,
  text: string,
): { kind: 'empty' } | { kind: 'length'; length: number } | null => {
  const proof = plainProof(rule, text)
  if (proof === '') return { kind: 'empty' }
  const { kind, length } = rule
  return kind === 'ending' && length !== undefined && Array.from(proof).length !== length
    ? { kind: 'length', length }
    : null
}

/** How the surcharge of a fine stands: not yet, growing since so many days, or as high as the fine. */
export const surchargeStanding = (
  { dailyFen, capFen, soFarFen }: NonNullable<FineTerms['surcharge']>,
  dueOn: Day | undefined,
  today: Day,
): { kind: 'none-yet' | 'growing' | 'capped'; days: number } => {
  const days = dueOn === undefined ? 0 : Math.max(0, daysBetween(dueOn, today))
  if (soFarFen >= capFen || dailyFen === 0) return { kind: 'capped', days }
  return { kind: days === 0 && soFarFen === 0 ? 'none-yet' : 'growing', days }
}

/** The bill of a payment whose account may be kept now. */
export const keepable = (bills: readonly PaymentBill[]): PaymentBill | null =>
  bills.find(({ keep }) => keep !== undefined) ?? null
